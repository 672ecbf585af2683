import { Injectable } from '@nestjs/common';
import { ref, type User, type WorkspacePolicies } from '@threadline/contracts';
import { Refusal } from '../../../platform/refusal';
import type { ReadTx, Tx } from '../../../platform/work';
import { AccountsQueries, AddressLinks, isPersonsOwn } from '../../accounts';
import { holdAddress, Registration } from '../../auth';
import { MembersService } from '../../people';
import { ScimRefusal, taken } from './scim-refusal';
import type { ScimUser, WantedUser } from './scim-user';

/**
 * The accounts behind the people of a directory. An account is a person's own: a directory makes those that are not
 * there, and changes those it made until their people make them theirs. What it says of an address is no proof
 * that it is the person's: whoever has a workspace can have a directory.
 */
@Injectable()
export class ScimAccounts {
  constructor(
    private readonly registration: Registration,
    private readonly links: AddressLinks,
    private readonly members: MembersService,
    private readonly people: AccountsQueries,
  ) {}

  /**
   * The account of somebody who is or was in the workspace by that address, or a new one without a password. Whether the
   * address has an account elsewhere plays no part; its owner is mailed a link that makes the two one. Who was there is
   * found by no address but the one they left with, and stays away when theirs is another now: that would show it.
   * @throws ScimRefusal `domain_not_allowed`
   */
  async obtain(tx: Tx, { email, shownName }: WantedUser): Promise<{ user: User; made: boolean }> {
    await this.refuseStrangeDomain(tx, email);
    await holdAddress(tx, [tx.workspaceId], email);
    const [known] = await tx.query<User>(
      `SELECT u.id, u.email, u.name FROM users u JOIN memberships m ON m.user_id = u.id
        WHERE lower(u.email) = lower($1) AND lower(coalesce(m.left_email, $1)) = lower($1)
        ORDER BY u.address_proved_at IS NULL, m.ended_at IS NOT NULL, m.joined_at DESC LIMIT 1`,
      [email],
    );
    if (known) return { user: known, made: false };
    const person = { email, name: shownName, passwordHash: null, proved: false };
    const user = await this.registration.addUser(tx, person);
    this.mailAfter(tx, user.id);
    return { user, made: true };
  }

  /**
   * The account of a former member whom the directory takes back.
   * @throws Refusal `forbidden` when it has another address than they left with: who takes them back would be shown it
   */
  async ofReturning(tx: ReadTx, { userId, email }: ScimUser): Promise<User> {
    const [user] = await tx.query<User>(
      'SELECT id, email, name FROM users WHERE id = $1 AND lower(email) = lower($2)',
      [userId, email],
    );
    if (!user)
      throw new Refusal('forbidden', { detail: 'They can only come back by an invitation, or as a new user.' });
    return user;
  }

  /**
   * Takes over a new name or address, until its person has made the account theirs. It is in no other workspace before
   * that, so nothing done or left undone here tells whether it is. Event `user.profile_changed`.
   */
  async correct(tx: Tx, user: ScimUser, { email, shownName: name }: WantedUser): Promise<void> {
    if (!user.madeHere || (user.email === email && user.name === name)) return;
    await tx.query('SELECT 1 FROM users WHERE id = $1 FOR UPDATE', [user.userId]);
    const account = await this.people.byId(user.userId);
    if (!account || isPersonsOwn(account)) return;
    const moves = user.email !== email;
    if (moves) {
      // Who reads the mail of a member's account can sign in to it.
      if (await this.isMember(tx, user.membershipId)) await this.members.mayTouch(tx, user.membershipId);
      await this.refuseStrangeDomain(tx, email);
      if (await this.registration.isTaken(tx, email, { ...user, id: user.userId }))
        throw taken('There is a user with this address.');
    }
    const changed = { userId: user.userId, name, email };
    await tx.query('UPDATE users SET name = $2, email = $3 WHERE id = $1', [changed.userId, name, changed.email]);
    await tx.query('UPDATE memberships SET left_name = $2, left_email = $3 WHERE id = $1 AND ended_at IS NOT NULL', [
      user.membershipId,
      name,
      email,
    ]);
    if (moves) this.mailAfter(tx, changed.userId);
    tx.append({
      type: 'user.profile_changed',
      subject: { type: 'user', id: changed.userId },
      about: [ref('user', changed.userId)],
      data: changed,
      before: { name: user.name, email: user.email },
    });
  }

  private async isMember(tx: ReadTx, membershipId: string): Promise<boolean> {
    const rows = await tx.query('SELECT 1 FROM memberships WHERE id = $1 AND ended_at IS NULL', [membershipId]);
    return rows.length > 0;
  }

  private mailAfter(tx: Tx, userId: string): void {
    tx.afterCommit(() => this.links.mail(userId, tx.workspaceId));
  }

  private async refuseStrangeDomain(tx: ReadTx, email: string): Promise<void> {
    const [row] = await tx.query<{ policies: Partial<WorkspacePolicies> }>('SELECT policies FROM workspaces');
    const allowed = row?.policies.allowedEmailDomains ?? [];
    const domain = email.slice(email.lastIndexOf('@') + 1).toLowerCase();
    if (allowed.length === 0 || allowed.some((each) => each.toLowerCase() === domain)) return;
    throw new ScimRefusal('domain_not_allowed', 'invalidValue', `The workspace does not take addresses of ${domain}.`);
  }
}
