import { Injectable } from '@nestjs/common';
import type { InvitationPreview } from '@threadline/contracts';
import { type Actor, memberActor, systemActor } from '../../../platform/access';
import { isDuplicate } from '../../../platform/database';
import { Refusal } from '../../../platform/refusal';
import { UnitOfWork } from '../../../platform/work';
import { type Entered, type From, PasswordDoor } from '../../auth';
import { type Account, AccountsQueries } from '../accounts.queries';
import { proveAddress } from '../addresses/address-proofs';
import { Crossing } from '../workspaces/crossing.service';
import { InvitationsQueries, type OpenedInvitation } from './invitations.queries';
import { type Accepting, Newcomers } from './newcomers.service';

/** Coming into a workspace by an invitation. The role is the one in its row, whatever the request says. */
@Injectable()
export class Joining {
  constructor(
    private readonly work: UnitOfWork,
    private readonly queries: InvitationsQueries,
    private readonly accounts: AccountsQueries,
    private readonly newcomers: Newcomers,
    private readonly door: PasswordDoor,
    private readonly crossing: Crossing,
  ) {}

  /** @throws Refusal `invalid_token` */
  async preview(token: string): Promise<InvitationPreview> {
    const { workspaceName, email, role, invitedBy, expiresAt } = await this.queries.opened(token);
    const accountExists = (await this.accounts.byEmail(email)) !== undefined;
    return { workspaceName, email, role, invitedBy, expiresAt: expiresAt.toISOString(), accountExists };
  }

  /**
   * Accepts an invitation and signs in there. A new person chooses a password; somebody who has an account shows that
   * it is theirs, by its password or by being signed in. The token proves the address: it came there.
   * @throws Refusal `invalid_token`, `wrong_account`, `invalid_credentials`, `invalid_input`, `sso_required`,
   * `wrong_state` when the account has a second factor and nobody is signed in, `already_member`
   */
  async accept(accepting: Accepting, signedIn: Actor | null, from: From): Promise<Entered> {
    const invitation = await this.queries.opened(accepting.token);
    const account = await this.accounts.byEmail(invitation.email);
    if (signedIn) {
      const own = account ?? (await this.carrier(signedIn, invitation.email));
      if (!own || own.id !== signedIn.userId) throw new Refusal('wrong_account');
      return this.acceptSignedIn(signedIn, own, invitation, accepting.token, from);
    }
    if (invitation.policies.ssoOnly) throw new Refusal('sso_required');
    if (account) return this.acceptAs(account, invitation, accepting, from);
    return this.newcomers.register(invitation, accepting, (tx, user) =>
      this.crossing.enter(tx, user, { method: 'invitation', secondFactor: false, ...from }),
    );
  }

  /** The signed-in account, when it carries an address that nobody has proved yet. */
  private async carrier({ userId }: Actor, email: string): Promise<Account | undefined> {
    const own = userId === null ? undefined : await this.accounts.byId(userId);
    return own?.email.toLowerCase() === email.toLowerCase() ? own : undefined;
  }

  private async acceptSignedIn(by: Actor, own: Account, { workspaceId }: OpenedInvitation, token: string, from: From) {
    try {
      return await this.crossing.to(by, own, workspaceId, from, async (tx) => {
        await this.newcomers.take(tx, token, own);
        if (!own.addressProved) await proveAddress(tx, own);
      });
    } catch (error) {
      throw isDuplicate(error, 'users_proved_email') ? new Refusal('wrong_account') : error;
    }
  }

  private async acceptAs(account: Account, invitation: OpenedInvitation, accepting: Accepting, from: From) {
    const lock = { id: account.id, password_hash: account.passwordHash, proved: true };
    if ((await this.door.opens(account.email, accepting.password ?? '', [lock], from)).length === 0) {
      await this.keepFailure(invitation);
      throw new Refusal('invalid_credentials', { detail: 'The password of this account is not right.' });
    }
    if (account.secondFactor) {
      throw new Refusal('wrong_state', {
        detail: 'This account has a second factor. Sign in with it first, then open the invitation again.',
      });
    }
    return this.work.run(systemActor(invitation.workspaceId, 'invitations'), async (present) => {
      const tx = present.at(present.now, memberActor(invitation.workspaceId, account));
      await this.newcomers.take(tx, accepting.token, account);
      return this.crossing.enter(tx, account, { method: 'password', secondFactor: false, ...from });
    });
  }

  /** In the audit log of the workspace that invited: somebody had the link, and not the password of whom it was for. */
  private async keepFailure({ id, workspaceId }: OpenedInvitation): Promise<void> {
    await this.work.run(systemActor(workspaceId, 'invitations'), async (tx) => {
      tx.note({
        action: 'invitation.refused',
        outcome: 'failed',
        targets: [`invitation:${id}`],
        reason: 'invalid_credentials',
      });
    });
  }
}
