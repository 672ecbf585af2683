import { Injectable } from '@nestjs/common';
import { ref, type User } from '@threadline/contracts';
import { memberActor, systemActor } from '../../../platform/access';
import { Refusal } from '../../../platform/refusal';
import { type Tx, UnitOfWork } from '../../../platform/work';
import { type Entered, PasswordPolicy, Passwords, Registration, Roles } from '../../auth';
import { InvitationLinks } from './invitation-links';
import type { OpenedInvitation } from './invitations.queries';

/** What somebody who accepts has to show. */
export interface Accepting {
  token: string;
  name?: string;
  password?: string;
}

/** Makes members of those who were invited. */
@Injectable()
export class Newcomers {
  constructor(
    private readonly work: UnitOfWork,
    private readonly registration: Registration,
    private readonly roles: Roles,
    private readonly passwords: Passwords,
    private readonly policy: PasswordPolicy,
    private readonly links: InvitationLinks,
  ) {}

  /**
   * Somebody new, whose address is proved if the link is. `enter` signs them in, in the same transaction.
   * @throws Refusal `invalid_input`, `invalid_token`
   */
  async register(
    invitation: OpenedInvitation,
    { token, name, password }: Accepting,
    enter: (tx: Tx, user: User) => Promise<Entered>,
  ): Promise<Entered> {
    const missing = [...(name ? [] : ['name']), ...(password ? [] : ['password'])];
    if (!name || !password) {
      throw new Refusal('invalid_input', { errors: missing.map((path) => ({ path, message: `${path} is needed` })) });
    }
    const { email, workspaceName, workspaceId, policies, provesAddress: proved } = invitation;
    await this.policy.check(password, {
      email,
      name,
      workspaces: [workspaceName],
      secondFactor: policies.secondFactorRequired,
    });
    const passwordHash = await this.passwords.hash(password, email);
    return this.work.run(systemActor(workspaceId, 'invitations'), async (tx) => {
      const user = await this.registration.addUser(tx, { email, name, passwordHash, proved });
      const theirs = tx.at(tx.now, memberActor(workspaceId, user));
      await this.take(theirs, token, user);
      return enter(theirs, user);
    });
  }

  /**
   * Uses the invitation up and makes the person a member. Events `member.joined`, `invitation.accepted`.
   * @throws Refusal `invalid_token`, `already_member`
   */
  async take(tx: Tx, token: string, user: User): Promise<void> {
    const invitation = await this.links.use(tx, token);
    if (await this.registration.isTaken(tx, user.email, user)) throw new Refusal('already_member');
    const teams = await tx.query<{ id: string }>('SELECT id FROM teams WHERE id = ANY ($1)', [invitation.teamIds]);
    const role = await this.roles.find(tx, invitation.roleId);
    await this.registration.join(
      tx,
      user,
      role,
      teams.map(({ id }) => id),
    );
    tx.append({
      type: 'invitation.accepted',
      subject: { type: 'invitation', id: invitation.id },
      about: [ref('invitation', invitation.id), ref('user', user.id)],
      data: { invitation, userId: user.id },
    });
  }
}
