import { Injectable } from '@nestjs/common';
import { ref, type User } from '@threadline/contracts';
import { type Actor, memberActor, memberBehind } from '../../../platform/access';
import { isDuplicate } from '../../../platform/database';
import { Refusal } from '../../../platform/refusal';
import { type Tx, UnitOfWork } from '../../../platform/work';
import { AccountMails } from '../../account-mail';
import { holdAddress, PresentPassword, SessionDirectory } from '../../auth';
import { AccountLinks } from '../account-links';
import { type Account, AccountsQueries } from '../accounts.queries';
import { isPersonsOwn, proveFirst } from '../own-accounts';

/** What a person is called, and by which address they sign in. Event `user.profile_changed`, in all their workspaces. */
@Injectable()
export class Profile {
  constructor(
    private readonly work: UnitOfWork,
    private readonly accounts: AccountsQueries,
    private readonly links: AccountLinks,
    private readonly mails: AccountMails,
    private readonly directory: SessionDirectory,
    private readonly present: PresentPassword,
  ) {}

  /** @throws Refusal `proof_required` where nothing but an identity provider's word would rename a person's own account */
  async rename(actor: Actor, name: string): Promise<User> {
    const account = await this.account(memberBehind(actor));
    // Whether there are further workspaces plays no part: whoever runs the provider could tell by it that there are.
    if (actor.vouchedOnly && isPersonsOwn(account)) throw proveFirst();
    const user = { id: account.id, email: account.email, name };
    if (name === account.name) return user;
    await this.work.run(actor, async (tx) => {
      await tx.query('UPDATE users SET name = $2 WHERE id = $1', [user.id, name]);
      this.changed(tx, account, user);
      return user;
    });
    await this.elsewhere(account, actor.workspaceId, user);
    return user;
  }

  /**
   * Mails a link to the new address; until it is followed, nothing changes. Whether that address has an account
   * elsewhere is not even looked up: the link of one that has does nothing, where a link proves anything. The password
   * moves along, with the salt of the new address.
   * @throws Refusal `invalid_credentials` when the account has a password and this is not it, `too_many_requests` after
   * several, `already_member` for the address of a colleague
   */
  async askForEmail(actor: Actor, email: string, password: string | undefined): Promise<void> {
    const account = await this.account(memberBehind(actor));
    const passwordHash = await this.present.moved(actor, account, password ?? '', email);
    await this.refuseColleagues(account.id, email);
    await this.work.run(actor, async (tx) => {
      const readers = { userId: account.id };
      const link = await this.links.make(tx, 'email_change', { userId: account.id, email, passwordHash });
      await this.mails.queue(tx, { email, name: account.name }, { kind: 'email_change_confirm', ...link }, readers);
    });
  }

  /**
   * The new address holds from now on, and the old one is told. It is proved only where the link came there by mail.
   * @throws Refusal `invalid_token`, `already_member`
   */
  async confirmEmail(token: string): Promise<void> {
    const link = await this.links.find('email_change', token);
    const account = await this.account(link.userId);
    const user = { id: account.id, email: link.email, name: account.name };
    try {
      await this.work.run(memberActor(link.workspaceId, account), async (tx) => {
        await this.links.spend(tx, token);
        const workspaceIds = account.workspaces.map(({ id }) => id);
        await holdAddress(tx, workspaceIds, user.email);
        await this.refuseColleagues(user.id, user.email);
        await tx.query('UPDATE users SET email = $2, address_proved_at = $3 WHERE id = $1', [
          user.id,
          user.email,
          link.provesAddress ? tx.now : null,
        ]);
        if (link.passwordHash !== null) {
          await tx.query('UPDATE users SET password_hash = $2 WHERE id = $1', [user.id, link.passwordHash]);
        }
        this.changed(tx, account, user);
        await this.mails.queue(tx, account, { kind: 'email_changed', to: user.email });
      });
    } catch (error) {
      // Somebody else has proved the address: that is not for the holder of the link to learn.
      throw isDuplicate(error, 'users_proved_email') ? new Refusal('invalid_token') : error;
    }
    await this.elsewhere(account, link.workspaceId, user);
  }

  /** No two members of a workspace have one address. @throws Refusal `already_member` */
  private async refuseColleagues(userId: string, email: string): Promise<void> {
    if (await this.accounts.isColleagues(userId, email)) throw new Refusal('already_member');
  }

  private async account(userId: string): Promise<Account> {
    const account = await this.accounts.byId(userId);
    if (!account) throw new Refusal('not_found');
    return account;
  }

  private changed(tx: Tx, before: Account, user: User): void {
    tx.append({
      type: 'user.profile_changed',
      subject: { type: 'user', id: user.id },
      about: [ref('user', user.id)],
      data: { userId: user.id, name: user.name, email: user.email },
      before: { name: before.name, email: before.email },
    });
    tx.afterCommit(() => this.directory.forgetAll());
  }

  private async elsewhere(account: Account, here: string, user: User): Promise<void> {
    for (const { id } of account.workspaces) {
      if (id === here) continue;
      await this.work.run(memberActor(id, user), (tx) => Promise.resolve(this.changed(tx, account, user)));
    }
  }
}
