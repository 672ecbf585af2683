import { setTimeout as wait } from 'node:timers/promises';
import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { systemActor } from '../../../platform/access';
import { Clock } from '../../../platform/clock';
import { Settling, UnitOfWork } from '../../../platform/work';
import { AccountMails } from '../../account-mail';
import { AccountLinks } from '../account-links';
import { type Account, AccountsQueries } from '../accounts.queries';

const HOUR = 3_600_000;
/** Links that are mailed to one account within an hour. */
const AN_HOUR = 3;
/** Requests that wait; what comes on top is dropped, and its person asks again. */
const MOST_WAITING = 1_000;
/** How long an answer has been gone before its work begins: even on one machine the two do not meet. Milliseconds. */
const APART_MS = 20;

/** How long an answer may take to leave before its work begins all the same. Milliseconds. */
const PATIENCE_MS = 1_000;

interface Asking {
  email: string;
  /** Settles when the answer has left. */
  answered: Promise<void>;
}

/**
 * Mails links to a new password. Whether an address has an account is looked up after the request was answered, so that
 * neither the answer nor its time can tell.
 */
@Injectable()
export class ForgottenPasswords implements BeforeApplicationShutdown {
  private readonly log = new Logger('accounts');
  private readonly waiting: Asking[] = [];
  private working: Promise<void> | null = null;

  constructor(
    private readonly work: UnitOfWork,
    private readonly accounts: AccountsQueries,
    private readonly links: AccountLinks,
    private readonly mails: AccountMails,
    private readonly clock: Clock,
    settling: Settling,
  ) {
    settling.register('forgotten passwords', async () => {
      const busy = this.working !== null;
      await this.working;
      return busy;
    });
  }

  /** Returns at once. */
  mailLink(asking: Asking): void {
    if (this.waiting.length >= MOST_WAITING) return this.log.warn('too many ask for new passwords at once');
    this.waiting.push(asking);
    this.working ??= this.workOff();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.working;
  }

  private async workOff(): Promise<void> {
    for (let asking = this.waiting.shift(); asking; asking = this.waiting.shift()) {
      // Who hung up before may never be seen to have been answered: nobody else waits for them.
      await Promise.race([asking.answered, wait(PATIENCE_MS)]);
      await wait(APART_MS);
      try {
        await this.mail(asking.email);
      } catch (error) {
        this.log.error({ err: error }, 'a link to a new password could not be mailed');
      }
    }
    this.working = null;
  }

  private async mail(email: string): Promise<void> {
    const account = await this.accounts.byEmail(email);
    const workspace = account?.workspaces[0];
    if (!account || !workspace || signsInElsewhere(account)) return;
    const since = new Date(this.clock.millis() - HOUR);
    if ((await this.links.madeSince('password_reset', account.id, since)) >= AN_HOUR) return;
    await this.work.run(systemActor(workspace.id, 'auth'), async (tx) => {
      const link = await this.links.make(tx, 'password_reset', { userId: account.id, email: account.email });
      await this.mails.queue(tx, account, { kind: 'password_reset', ...link });
    });
  }
}

/** True for somebody who has no password, and could use none: an identity provider signs them in. */
function signsInElsewhere({ passwordHash, workspaces }: Account): boolean {
  return passwordHash === null && workspaces.every(({ policies }) => policies.ssoOnly);
}
