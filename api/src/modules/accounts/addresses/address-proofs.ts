import { ref, type User } from '@threadline/contracts';
import type { Tx } from '../../../platform/work';

/**
 * From now on the address is this account's own: no other one counts when somebody is looked up by it. Event
 * `user.address_confirmed`. Where another account has proved it, this violates `users_proved_email`.
 */
export async function proveAddress(tx: Tx, user: User): Promise<void> {
  await tx.query('UPDATE users SET address_proved_at = $2 WHERE id = $1', [user.id, tx.now]);
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
