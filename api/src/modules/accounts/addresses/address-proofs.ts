import { ref, type User } from '@threadline/contracts';
import { Refusal } from '../../../platform/refusal';
import type { Tx } from '../../../platform/work';

/**
 * From now on the address is this account's own: no other one counts when somebody is looked up by it. Event
 * `user.address_confirmed`. Where another account has proved it, this violates `users_proved_email`.
 * @throws Refusal `invalid_token` when the account has another address by now
 */
export async function proveAddress(tx: Tx, user: User): Promise<void> {
  const proved = await tx.query(
    `WITH proved AS (
       UPDATE users SET address_proved_at = $2 WHERE id = $1 AND lower(email) = lower($3) RETURNING 1
     ) SELECT 1 FROM proved`,
    [user.id, tx.now, user.email],
  );
  if (proved.length === 0) throw new Refusal('invalid_token');
  tellAddressProved(tx, user);
}

/** Says so in a further workspace of theirs. */
export function tellAddressProved(tx: Tx, { id, email }: User): void {
  tx.append({
    type: 'user.address_confirmed',
    subject: { type: 'user', id },
    about: [ref('user', id)],
    data: { userId: id, email },
  });
}
