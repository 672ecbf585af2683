import type { Invitation } from '@threadline/contracts';
import type { EventOfStore } from '@threadline/live';

/** Pure: the invitations after an event. */
export function reduceInvitations(
  invitations: readonly Invitation[],
  event: EventOfStore<'activity'>,
): readonly Invitation[] {
  switch (event.type) {
    case 'invitation.created':
    case 'invitation.resent':
    case 'invitation.revoked':
    case 'invitation.accepted':
      return withInvitation(invitations, event.data.invitation);
    default:
      return invitations;
  }
}

/** Pure: the invitations with one of them as it is now, newest first. */
export function withInvitation(invitations: readonly Invitation[], invitation: Invitation): readonly Invitation[] {
  const others = invitations.filter(({ id }) => id !== invitation.id);
  return [...others, invitation].sort((a, b) => b.sentAt.localeCompare(a.sentAt));
}

/** Pure: those that somebody can still accept, or could if they were sent again; one ends while a screen shows it. */
export function openInvitations(invitations: readonly Invitation[], now: number): Invitation[] {
  return invitations
    .filter(({ status }) => status === 'pending' || status === 'expired')
    .map((each) => ({ ...each, status: Date.parse(each.expiresAt) <= now ? 'expired' : 'pending' }));
}
