import { Refusal } from '../../platform/refusal';
import type { Account } from './accounts.queries';

/**
 * True once its person has made an account theirs: they have a password, or have confirmed the address. Until then it
 * belongs to the workspace whose directory or provider vouches for it, which may change it, and it goes into no other.
 */
export function isPersonsOwn({
  passwordHash,
  addressProved,
}: Pick<Account, 'passwordHash' | 'addressProved'>): boolean {
  return passwordHash !== null || addressProved;
}

/** The refusal of what nothing but an identity provider's word asks for: whoever runs it shall not do it for the person. */
export function proveFirst(): Refusal {
  return new Refusal('proof_required', {
    detail:
      'An identity provider vouches for you in its workspace, and this concerns your whole account. Set a password by the ' +
      'link that “Forgot your password?” mails, if you have none, and prove who you are.',
  });
}
