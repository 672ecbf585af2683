import { Injectable } from '@nestjs/common';
import { isDuplicate } from '../../../platform/database';
import { Refusal } from '../../../platform/refusal';
import type { Tx } from '../../../platform/work';
import { Registration } from '../../auth';
import { MembersService, type Standing, Standings } from '../../people';
import { ScimAccounts } from './scim-accounts';
import { patched } from './scim-patching';
import { taken } from './scim-refusal';
import { ScimRoles } from './scim-roles';
import { readUser, type ScimUser, type WantedUser, writableUser } from './scim-user';
import { ScimUsersQueries } from './scim-users.queries';

/**
 * What a directory does with people: a user of it is a membership of the workspace. Events are those of members:
 * `member.joined`, `member.removed`, `user.profile_changed`.
 */
@Injectable()
export class ScimUsers {
  constructor(
    private readonly queries: ScimUsersQueries,
    private readonly accounts: ScimAccounts,
    private readonly roles: ScimRoles,
    private readonly registration: Registration,
    private readonly members: MembersService,
    private readonly standings: Standings,
  ) {}

  /**
   * Brings somebody into the workspace: with a new account, unless they are there or were. Who was there comes back
   * by the address they left with, as long as it is theirs.
   * @throws Refusal `duplicate` when they are in the workspace, or somebody else goes by that userName; `forbidden`
   */
  async create(tx: Tx, body: unknown): Promise<ScimUser> {
    const wanted = readUser(body);
    const standing = await this.standings.take(tx);
    if (await this.queries.isTaken(tx, wanted.userName, null)) throw taken('There is a user with this userName.');
    const { user, made } = await this.accounts.obtain(tx, wanted);
    await this.registration.join(tx, user, await this.roles.usual(tx, standing));
    await this.keep(tx, user.id, wanted, made);
    const joined = await this.queries.one(tx, user.id);
    if (!wanted.active) await this.deactivate(tx, joined);
    return this.queries.one(tx, user.id);
  }

  /** PUT. @throws Refusal `not_found`, `duplicate`, `forbidden`, `last_owner` */
  async replace(tx: Tx, id: string, body: unknown): Promise<ScimUser> {
    const standing = await this.standings.take(tx);
    return this.change(tx, standing, await this.queries.one(tx, id), readUser(body));
  }

  /** PATCH. @throws Refusal `not_found`, `duplicate`, `forbidden`, `last_owner`, and what the operations are refused with */
  async patch(tx: Tx, id: string, body: unknown): Promise<ScimUser> {
    const standing = await this.standings.take(tx);
    const user = await this.queries.one(tx, id);
    return this.change(tx, standing, user, readUser(patched(writableUser(user), body)));
  }

  /** Takes somebody out of the workspace; the directory sees them no more. @throws Refusal `not_found`, `last_owner` */
  async delete(tx: Tx, id: string): Promise<void> {
    await this.standings.take(tx);
    const user = await this.queries.one(tx, id);
    if (user.active) await this.deactivate(tx, user);
    await this.roles.forget(tx, id);
    await tx.query('UPDATE scim_users SET deleted_at = $2 WHERE user_id = $1', [id, tx.now]);
  }

  /** What the directory said of one account is said of another, which took its place and is a person's own. */
  async merge(tx: Tx, from: string, into: string): Promise<void> {
    await tx.query(
      `UPDATE scim_users SET user_id = $2, made_here = false, updated_at = $3
        WHERE user_id = $1 AND NOT EXISTS (SELECT 1 FROM scim_users o WHERE o.user_id = $2)`,
      [from, into, tx.now],
    );
    await tx.query('UPDATE scim_users SET deleted_at = $2 WHERE user_id = $1', [from, tx.now]);
  }

  private async change(tx: Tx, standing: Standing, user: ScimUser, wanted: WantedUser): Promise<ScimUser> {
    const { userId } = user;
    if (await this.queries.isTaken(tx, wanted.userName, userId)) throw taken('There is a user with this userName.');
    if (user.active && !wanted.active) await this.deactivate(tx, user);
    if (!user.active && wanted.active) {
      const account = await this.accounts.ofReturning(tx, user);
      await this.registration.join(tx, account, await this.roles.former(tx, user.roleId, standing));
    }
    await this.accounts.correct(tx, user, wanted);
    await this.keep(tx, userId, wanted, user.madeHere);
    return this.queries.one(tx, userId);
  }

  /** The membership ends with everything that hangs on it: sessions, sockets, keys. */
  private async deactivate(tx: Tx, user: ScimUser): Promise<void> {
    if (user.owner) {
      throw new Refusal('last_owner', {
        detail: 'A directory does not take owners out. Hand the ownership on first, or give them another role.',
      });
    }
    await this.members.remove(tx, user.membershipId, null);
  }

  private async keep(tx: Tx, userId: string, wanted: WantedUser, madeHere: boolean): Promise<void> {
    try {
      await tx.query(
        `INSERT INTO scim_users (workspace_id, user_id, user_name, external_id, made_here, attributes, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $7)
         ON CONFLICT (workspace_id, user_id) DO UPDATE
           SET user_name = $3, external_id = $4, attributes = $6, updated_at = $7, deleted_at = NULL`,
        [
          tx.workspaceId,
          userId,
          wanted.userName,
          wanted.externalId,
          madeHere,
          JSON.stringify(wanted.attributes),
          tx.now,
        ],
      );
    } catch (error) {
      throw isDuplicate(error, 'scim_users_name') ? taken('There is a user with this userName.') : error;
    }
  }
}
