import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { Config } from '../../../platform/config';
import { Attempts } from '../../../platform/limits';
import { Settling } from '../../../platform/work';
import { AccountLinks } from '../account-links';
import { type Account, AccountsQueries } from '../accounts.queries';
import { AfterAnswers } from '../after-answers';
import { AN_HOUR, ResetLetters } from './reset-letters';

/** Accounts of an address that nobody has proved which are mailed a link at once, the newest. */
const UNPROVED_AT_ONCE = 5;
/** Links that are mailed to such an address within an hour, over all its accounts. */
const TO_ONE_ADDRESS = AN_HOUR * UNPROVED_AT_ONCE;
/** Accounts of an address that get a link where there is no mail server, which bothers nobody. */
const ALL = 100;
/** Requests for one e-mail address in an hour that are looked at, whoever makes them. */
const FOR_ONE_ADDRESS = [10, 25] as const;
/** Requests from one network address in an hour, whomever they name; more are refused. */
const FROM_ONE_PLACE = 300;

/** Mails links to a new password. Whether an address has an account is looked up after the request was answered. */
@Injectable()
export class ForgottenPasswords implements BeforeApplicationShutdown {
  private readonly errands: AfterAnswers;

  constructor(
    private readonly accounts: AccountsQueries,
    private readonly links: AccountLinks,
    private readonly letters: ResetLetters,
    private readonly config: Config,
    private readonly attempts: Attempts,
    settling: Settling,
  ) {
    this.errands = new AfterAnswers('forgotten passwords', settling);
  }

  /**
   * Returns before anything is looked up. What one network address asks for one e-mail address beyond three times an
   * hour, and all together beyond some more, is answered and forgotten, whoever has the address: what a flood of them
   * would be at work on could be told from no work by all that waits behind it.
   * @param answered settles when the answer has left
   * @throws Refusal `too_many_requests` for who asks for ever other addresses
   */
  async mailLinks(email: string, ip: string, answered: Promise<void>): Promise<void> {
    await this.attempts.within('forgotten', ip, FROM_ONE_PLACE);
    if (!(await this.attempts.isWithin('forgotten', ip, AN_HOUR, email))) return;
    if (!(await this.attempts.isWithinTogether('forgotten', FOR_ONE_ADDRESS, email))) return;
    this.errands.run(answered, () => this.mail(email, ip));
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.errands.finish();
  }

  private async mail(email: string, ip: string): Promise<void> {
    const proved = await this.accounts.byEmail(email);
    if (!this.config.mailProves) return this.leaveInMailboxes(email, ip, proved);
    if (proved) return this.letters.mail(proved);
    const unproved = await this.accounts.unproved(email, UNPROVED_AT_ONCE);
    if (unproved.length === 0) await this.letters.mailNobody(email);
    for (const account of unproved) {
      const lately = await this.links.madeLately('password_reset', { email: account.email });
      if (lately < TO_ONE_ADDRESS) await this.letters.mail(account);
    }
  }

  /**
   * Each account of the address gets its link by way of its own workspace, whatever others there are: those who look
   * after that one read it there, and would learn of the others from a mail that does not come. Of those that nobody has
   * proved only the ones that were signed in from there before: a mail that comes would tell who made one that others,
   * who have the address, are here.
   */
  private async leaveInMailboxes(email: string, ip: string, proved: Account | undefined): Promise<void> {
    const unproved = await this.accounts.unproved(email, ALL, ip);
    const accounts = proved ? [proved, ...unproved] : unproved;
    if (accounts.length === 0) await this.letters.mailNobody(email);
    for (const account of accounts) await this.letters.mail(account);
  }
}
