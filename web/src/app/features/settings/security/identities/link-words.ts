import type { SsoOutcome } from '@threadline/contracts';

/** What the page says after a visit that was to link an account; null when there was none. */
export function linkWords(outcome: SsoOutcome | undefined): { text: string; good: boolean } | null {
  switch (outcome) {
    case undefined:
      return null;
    case 'linked':
      return { text: 'Linked. You can sign in with it from now on.', good: true };
    case 'already_linked':
      return { text: 'That account signs somebody else in here already. Nothing was linked.', good: false };
    case 'denied':
      return { text: 'Nothing was linked: the provider was told no.', good: false };
    case 'expired':
      return {
        text: 'That took too long, or was begun in another browser. Nothing was linked; try again.',
        good: false,
      };
    case 'unreachable':
      return { text: 'The provider could not be reached. Nothing was linked; try again in a while.', good: false };
    default:
      return { text: 'The provider’s answer was not as it should be. Nothing was linked.', good: false };
  }
}
