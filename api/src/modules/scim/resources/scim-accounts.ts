import { Injectable } from '@nestjs/common';
import { ref, type User, type WorkspacePolicies } from '@threadline/contracts';
import { isDuplicate, SystemDatabase } from '../../../platform/database';
import type { ReadTx, Tx } from '../../../platform/work';
import { Registration } from '../../auth';
import { ScimRefusal, taken } from './scim-refusal';
import type { ScimUser, WantedUser } from './scim-user';

/**
 * The accounts behind the people of a directory. An account is a person's own: a directory makes those that are not
 * there, and changes those it made as long as no other workspace relies on them.
 */
@Injectable()
export class ScimAccounts {
  constructor(
    private readonly registration: Registration,
    private readonly database: SystemDatabase,
  ) {}

  /**
   * The account with that address, or a new one without a password: the directory vouches for the address.
   * @throws ScimRefusal `domain_not_allowed`; Refusal `email_taken` when somebody registered it at this moment
   */
  async obtain(tx: Tx, { email, shownName }: WantedUser): Promise<{ user: User; made: boolean }> {
    await this.refuseStrangeDomain(tx, email);
    const [user] = await this.database.query<User>('SELECT id, email, name FROM users WHERE lower(email) = lower($1)', [
      email,
    ]);
    if (user) return { user, made: false };
    return { user: await this.registration.addUser(tx, { email, name: shownName, passwordHash: null }), made: true };
  }

  /**
   * Takes over a new name or address, where the account is the directory's to change. Event `user.profile_changed`.
   * @throws ScimRefusal `duplicate` when the address belongs to somebody else
   */
  async correct(tx: Tx, user: ScimUser, { email, shownName: name }: WantedUser): Promise<void> {
    if (!user.madeHere || (user.email === email && user.name === name)) return;
    const [elsewhere] = await this.database.query(
      'SELECT 1 FROM memberships WHERE user_id = $1 AND workspace_id <> $2 LIMIT 1',
      [user.userId, tx.workspaceId],
    );
    if (elsewhere) return;
    if (user.email !== email) await this.refuseStrangeDomain(tx, email);
    try {
      await tx.query('UPDATE users SET name = $2, email = $3 WHERE id = $1', [user.userId, name, email]);
    } catch (error) {
      throw isDuplicate(error, 'users_email') ? taken('This mail address belongs to another account.') : error;
    }
    tx.append({
      type: 'user.profile_changed',
      subject: { type: 'user', id: user.userId },
      about: [ref('user', user.userId)],
      data: { userId: user.userId, name, email },
      before: { name: user.name, email: user.email },
    });
  }

  private async refuseStrangeDomain(tx: ReadTx, email: string): Promise<void> {
    const [row] = await tx.query<{ policies: Partial<WorkspacePolicies> }>('SELECT policies FROM workspaces');
    const allowed = row?.policies.allowedEmailDomains ?? [];
    const domain = email.slice(email.lastIndexOf('@') + 1).toLowerCase();
    if (allowed.length === 0 || allowed.some((each) => each.toLowerCase() === domain)) return;
    throw new ScimRefusal('domain_not_allowed', 'invalidValue', `The workspace does not take addresses of ${domain}.`);
  }
}
