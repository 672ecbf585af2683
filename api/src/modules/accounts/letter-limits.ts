import { Injectable } from '@nestjs/common';
import { Config } from '../../platform/config';
import { Attempts } from '../../platform/limits';
import { AccountsQueries } from './accounts.queries';

/** Mails that somebody asks for in an hour to one address, for whatever. */
const TO_ONE_ADDRESS = 10;
/** Those that all ask for together. */
const OF_ALL_TO_ONE_ADDRESS = [15, 30] as const;
/** Those that somebody asks for whose own address nobody has confirmed. */
const BY_NEWCOMER = 20;

/** How many mails people may have sent to addresses of their choice. */
@Injectable()
export class LetterLimits {
  constructor(
    private readonly attempts: Attempts,
    private readonly accounts: AccountsQueries,
    private readonly config: Config,
  ) {}

  /** Counts one that is about to be mailed; those that stay in the built-in mailbox reach nobody. @throws Refusal `too_many_requests` */
  async admit(userId: string | null, to: string): Promise<void> {
    if (!this.config.mailProves) return;
    await this.attempts.within('letters', userId, TO_ONE_ADDRESS, to);
    await this.attempts.withinTogether('letters', OF_ALL_TO_ONE_ADDRESS, to);
    if (userId === null || (await this.accounts.byId(userId))?.addressProved) return;
    await this.attempts.within('letters of newcomers', userId, BY_NEWCOMER);
  }
}
