import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { systemActor } from '../../../platform/access';
import { Config } from '../../../platform/config';
import { Settling, UnitOfWork } from '../../../platform/work';
import { AccountMails } from '../../account-mail';
import { AccountLinks } from '../account-links';
import { type Account, AccountsQueries } from '../accounts.queries';
import { AfterAnswers } from '../after-answers';

/** Links that are mailed to one account within an hour. */
const AN_HOUR = 3;
/** Accounts of an address that nobody has proved which are mailed a link at once, the newest. */
const UNPROVED_AT_ONCE = 5;
/** Links that are mailed to such an address within an hour, over all its accounts. */
const TO_ONE_ADDRESS = AN_HOUR * UNPROVED_AT_ONCE;
/** Accounts of an address that get a link where there is no mail server, which bothers nobody. */
const ALL = 100;

/** Mails links to a new password. Whether an address has an account is looked up after the request was answered. */
@Injectable()
export class ForgottenPasswords implements BeforeApplicationShutdown {
  private readonly errands: AfterAnswers;

  constructor(
    private readonly work: UnitOfWork,
    private readonly accounts: AccountsQueries,
    private readonly links: AccountLinks,
    private readonly mails: AccountMails,
    private readonly config: Config,
    settling: Settling,
  ) {
    this.errands = new AfterAnswers('forgotten passwords', settling);
  }

  /** Returns at once. @param answered settles when the answer has left */
  mailLinks(email: string, answered: Promise<void>): void {
    this.errands.run(answered, () => this.mail(email));
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.errands.finish();
  }

  private async mail(email: string): Promise<void> {
    const proved = await this.accounts.byEmail(email);
    if (!this.config.mailProves) return this.leaveInMailboxes(email, proved);
    if (proved) return this.mailTo(proved);
    for (const account of await this.accounts.unproved(email, UNPROVED_AT_ONCE)) {
      const lately = await this.links.madeLately('password_reset', { email: account.email });
      if (lately < TO_ONE_ADDRESS) await this.mailTo(account);
    }
  }

  /**
   * Each account of the address gets its link by way of its own workspace, whatever others there are: those who look
   * after that one read it there, and would learn of the others from a mail that does not come.
   */
  private async leaveInMailboxes(email: string, proved: Account | undefined): Promise<void> {
    const unproved = await this.accounts.unproved(email, ALL);
    for (const account of proved ? [proved, ...unproved] : unproved) await this.mailTo(account);
  }

  private async mailTo(account: Account): Promise<void> {
    const [workspace] = account.workspaces;
    if (!workspace || signsInElsewhere(account)) return;
    if ((await this.links.madeLately('password_reset', { userId: account.id })) >= AN_HOUR) return;
    await this.work.run(systemActor(workspace.id, 'auth'), async (tx) => {
      const link = await this.links.make(tx, 'password_reset', { userId: account.id, email: account.email });
      const { addressProved, createdAt } = account;
      const unproved = addressProved ? null : { workspace: workspace.name, madeAt: createdAt };
      // Whoever looks after one workspace of a person shall not get into the others by it.
      const options = { addresseeOnly: account.workspaces.length > 1 };
      await this.mails.queue(tx, account, { kind: 'password_reset', ...link, unproved }, options);
    });
  }
}

/** True for somebody who has no password, and could use none: an identity provider signs them in. */
function signsInElsewhere({ passwordHash, workspaces }: Account): boolean {
  return passwordHash === null && workspaces.every(({ policies }) => policies.ssoOnly);
}
