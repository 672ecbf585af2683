import { SSO_OUTCOMES, type SsoOutcome } from '@threadline/contracts';

/** What the sign-in page says when a visit to a provider ended without a session; null when there was none. */
export function ssoWords(outcome: string | undefined): string | null {
  if (outcome === undefined) return null;
  return WORDS[SSO_OUTCOMES.find((each) => each === outcome) ?? 'failed'];
}

const WORDS: Record<SsoOutcome, string> = {
  linked: 'The account is linked. Sign in with it.',
  denied: 'The provider was told no, so nobody was signed in.',
  expired: 'That took too long, or was begun in another browser. Start again from here.',
  failed:
    'The provider’s answer was not as it should be, so nobody was signed in. Start again; if it stays, tell whoever looks after your workspace.',
  unreachable: 'The provider could not be reached. Try again in a while.',
  provider_off: 'This provider was switched off. Ask an owner of your workspace.',
  email_unverified: 'The provider does not say that your e-mail address is verified, so it cannot let you join.',
  domain_not_allowed: 'Your address may not join this workspace by itself. Ask a member for an invitation.',
  link_required:
    'There is an account with your address already. Sign in to it first, then link this provider in Settings, Security.',
  confirm_first:
    'Your account belongs to another workspace so far. Confirm your address by the link that was mailed to you, or set a password by “Forgot your password?”, and come again.',
  not_a_member: 'You are no longer a member of this workspace. Ask an owner to invite you again.',
  already_linked: 'That account signs somebody else in here already.',
};
