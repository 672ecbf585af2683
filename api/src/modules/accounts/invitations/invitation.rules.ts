import type { Invitation } from '@threadline/contracts';

/** How long an invitation can be accepted. Milliseconds. */
export const INVITATION_LASTS_MS = 7 * 86_400_000;

/** What an invitation is by now. */
export function invitationStatus(
  invitation: { acceptedAt: Date | null; revokedAt: Date | null; expiresAt: Date },
  now: Date,
): Invitation['status'] {
  if (invitation.acceptedAt) return 'accepted';
  if (invitation.revokedAt) return 'revoked';
  return invitation.expiresAt <= now ? 'expired' : 'pending';
}

/** Whether a workspace takes addresses of this domain; an empty list takes any. Subdomains have to be listed too. */
export function domainAllowed(email: string, domains: readonly string[]): boolean {
  const domain = email.slice(email.lastIndexOf('@') + 1).toLowerCase();
  return domains.length === 0 || domains.some((each) => each.toLowerCase() === domain);
}
