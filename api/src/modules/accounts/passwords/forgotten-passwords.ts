import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { systemActor } from '../../../platform/access';
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

/** Mails links to a new password. Whether an address has an account is looked up after the request was answered. */
@Injectable()
export class ForgottenPasswords implements BeforeApplicationShutdown {
  private readonly errands: AfterAnswers;

  constructor(
    private readonly work: UnitOfWork,
    private readonly accounts: AccountsQueries,
    private readonly links: AccountLinks,
    private readonly mails: AccountMails,
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
    if (proved) return this.mailTo(proved);
    for (const account of await this.accounts.unproved(email, UNPROVED_AT_ONCE)) {
      const lately = await this.links.madeLately('password_reset', { email: account.email });
      if (lately < TO_ONE_ADDRESS) await this.mailTo(account);
    }
  }

  private async mailTo(account: Account): Promise<void> {
    const [workspace] = account.workspaces;
    if (!workspace || signsInElsewhere(account)) return;
    if ((await this.links.madeLately('password_reset', { userId: account.id })) >= AN_HOUR) return;
    await this.work.run(systemActor(workspace.id, 'auth'), async (tx) => {
      const link = await this.links.make(tx, 'password_reset', { userId: account.id, email: account.email });
      const { addressProved, createdAt } = account;
      const unproved = addressProved ? null : { workspace: workspace.name, madeAt: createdAt };
      const options = { addresseeOnly: !addressProved };
      await this.mails.queue(tx, account, { kind: 'password_reset', ...link, unproved }, options);
    });
  }
}

/** True for somebody who has no password, and could use none: an identity provider signs them in. */
function signsInElsewhere({ passwordHash, workspaces }: Account): boolean {
  return passwordHash === null && workspaces.every(({ policies }) => policies.ssoOnly);
}
