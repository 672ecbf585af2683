import { Injectable } from '@nestjs/common';
import type { InvitationPreview } from '@threadline/contracts';
import { type Actor, memberActor, systemActor } from '../../../platform/access';
import { isDuplicate } from '../../../platform/database';
import { Refusal } from '../../../platform/refusal';
import { type Tx, UnitOfWork } from '../../../platform/work';
import { type Entered, type From, type Opened, SignIn } from '../../auth';
import { type Account, AccountsQueries } from '../accounts.queries';
import { proveAddress } from '../addresses/address-proofs';
import { proveFirst } from '../own-accounts';
import { Crossing } from '../workspaces/crossing.service';
import { InvitationLinks } from './invitation-links';
import type { OpenedInvitation } from './invitations.queries';
import { type Accepting, Newcomers } from './newcomers.service';

/** Coming into a workspace by an invitation. The role is the one in its row, whatever the request says. */
@Injectable()
export class Joining {
  constructor(
    private readonly work: UnitOfWork,
    private readonly links: InvitationLinks,
    private readonly accounts: AccountsQueries,
    private readonly newcomers: Newcomers,
    private readonly signIn: SignIn,
    private readonly crossing: Crossing,
  ) {}

  /** @throws Refusal `invalid_token` */
  async preview(token: string): Promise<InvitationPreview> {
    const { workspaceName, email, role, invitedBy, expiresAt } = await this.links.opened(token);
    return { workspaceName, email, role, invitedBy, expiresAt: expiresAt.toISOString() };
  }

  /**
   * Accepts an invitation and signs in there: as the account that is signed in, or the one of this address whose password
   * is shown, or a new one. A link that came by mail proves the address; then a new account is made only if the address
   * has none. One from the built-in mailbox may be in the inviter's hands and proves nothing: whatever accounts the
   * address has, it does the same.
   * @throws Refusal `invalid_token`, `wrong_account`, `invalid_credentials`, `invalid_input`, `sso_required`,
   * `wrong_state` when the account has a second factor and nobody is signed in, `proof_required` by a link that proves
   * nothing and an identity provider's word, `already_member`, `too_many_requests`
   */
  async accept(accepting: Accepting, signedIn: Actor | null, from: From): Promise<Entered> {
    const invitation = await this.links.opened(accepting.token);
    if (signedIn) return this.acceptSignedIn(signedIn, invitation, accepting.token, from);
    if (invitation.policies.ssoOnly) throw new Refusal('sso_required');
    const owner = invitation.provesAddress ? await this.accounts.byEmail(invitation.email) : undefined;
    const known = (await this.asksForPassword(invitation, owner))
      ? await this.signIn.opened(invitation.email, accepting.password ?? '', from)
      : null;
    if (owner && owner.id !== known?.id) {
      throw new Refusal('invalid_credentials', { detail: 'The password of this account is not right.' });
    }
    if (known) return this.acceptAs(known, invitation, accepting.token, from);
    return this.newcomers.register(invitation, accepting, (tx, user) =>
      this.crossing.enter(tx, user, { method: 'invitation', secondFactor: false, ...from }),
    );
  }

  /** Not of an address that has no account, so that newcomers count for no wrong passwords; where that may be told. */
  private async asksForPassword({ email, provesAddress }: OpenedInvitation, owner?: Account): Promise<boolean> {
    return !provesAddress || owner !== undefined || (await this.accounts.unproved(email, 1)).length > 0;
  }

  private async acceptSignedIn(by: Actor, invitation: OpenedInvitation, token: string, from: From) {
    const { email, workspaceId, provesAddress } = invitation;
    const own = by.userId === null ? undefined : await this.accounts.byId(by.userId);
    if (own?.email.toLowerCase() !== email.toLowerCase()) throw new Refusal('wrong_account');
    if (by.vouchedOnly && !provesAddress) throw proveFirst();
    return this.proving(own, provesAddress, (prove) =>
      this.crossing.to(by, own, workspaceId, from, async (tx) => {
        await this.newcomers.take(tx, token, own);
        await prove(tx);
      }),
    );
  }

  private async acceptAs(opened: Opened, { workspaceId, provesAddress }: OpenedInvitation, token: string, from: From) {
    const account = await this.accounts.byId(opened.id);
    if (!account) throw new Refusal('invalid_credentials');
    if (account.secondFactor) {
      throw new Refusal('wrong_state', {
        detail: 'This account has a second factor. Sign in with it first, then open the invitation again.',
      });
    }
    return this.proving(account, provesAddress, (prove) =>
      this.work.run(systemActor(workspaceId, 'invitations'), async (present) => {
        const tx = present.at(present.now, memberActor(workspaceId, account));
        await this.newcomers.take(tx, token, account);
        await this.signIn.refuseOld(tx, opened);
        await prove(tx);
        return this.crossing.enter(tx, account, { method: 'password', secondFactor: false, ...from });
      }),
    );
  }

  /** Proves the account's address along with what is done, where the link does. @throws Refusal `wrong_account` */
  private async proving(
    account: Account,
    provesAddress: boolean,
    done: (prove: (tx: Tx) => Promise<void>) => Promise<Entered>,
  ): Promise<Entered> {
    try {
      return await done(async (tx) => {
        if (provesAddress && !account.addressProved) await proveAddress(tx, account);
      });
    } catch (error) {
      throw isDuplicate(error, 'users_proved_email') ? new Refusal('wrong_account') : error;
    }
  }
}
