import { createHash, randomInt } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { Refusal } from '../refusal';
import { sourceOf } from './address.rules';
import { waitAfter } from './attempts.rules';
import { type Count, Tally } from './tally';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Failures of one address that are answered, in ten minutes, over all doors and accounts. */
const ADDRESS = { most: 60, within: 10 * MINUTE };
/** How long the wrong passwords of an account are remembered. */
const REMEMBERED = HOUR;

/** Who is counted where all are counted together. */
const EVERYBODY = 'everybody';

/** Somebody at a door that strangers can knock at. */
export interface Try {
  /** Where from. */
  ip: string | null;
  /** What they say who they are, an e-mail address for example; whether it exists makes no difference. */
  account?: string;
  /**
   * A browser that this account has signed in with before. It has tries of its own and does not wait for what strangers
   * do, so that nobody can lock somebody else out.
   */
  device?: string | null;
}

/**
 * Counts wrong passwords, codes and links: only failures count. An account makes whoever tries it wait ever longer, and
 * never locks; an address that fails everywhere is sent away.
 */
@Injectable()
export class Attempts {
  private readonly log = new Logger('attempts');

  constructor(private readonly tally: Tally) {}

  /**
   * Before anything is compared or hashed.
   * @throws Refusal `too_many_requests`
   */
  async admit(attempt: Try): Promise<void> {
    if (attempt.account !== undefined) {
      const { resetsIn } = await this.tally.look(`wait:${accountKey(attempt)}`);
      if (resetsIn > 0) throw tooMany(resetsIn);
    }
    if (attempt.device || attempt.ip === null) return;
    const { count, resetsIn } = await this.tally.look(`failed:${sourceOf(attempt.ip)}`);
    if (count >= ADDRESS.most) throw tooMany(resetsIn);
  }

  /** It was wrong. */
  async failed(attempt: Try): Promise<void> {
    if (attempt.account !== undefined) {
      const key = accountKey(attempt);
      const { count } = await this.tally.add(`wrong:${key}`, REMEMBERED);
      const wait = waitAfter(count);
      if (wait > 0) await this.tally.put(`wait:${key}`, 1, wait);
    }
    if (attempt.ip === null) return;
    const { count } = await this.tally.add(`failed:${sourceOf(attempt.ip)}`, ADDRESS.within);
    if (count === ADDRESS.most) {
      this.log.warn({ ip: attempt.ip }, 'one address fails at many doors: spraying of passwords, codes or links');
    }
  }

  /** It was right: what was wrong before is forgotten for this account, not for the address. */
  async succeeded(attempt: Try): Promise<void> {
    if (attempt.account === undefined) return;
    const key = accountKey(attempt);
    await this.tally.drop(`wrong:${key}`);
    await this.tally.drop(`wait:${key}`);
  }

  /**
   * One more of something that may be done a number of times in an hour.
   * @param who an address, or whoever else is counted
   * @param at counted for each of these by itself, such as for each account that is named
   * @throws Refusal `too_many_requests` when it has been done so often already
   */
  async within(what: string, who: string | null, most: number, at?: string): Promise<void> {
    if (who === null) return;
    const { count, resetsIn } = await this.another(what, who, at);
    if (count > most) throw tooMany(resetsIn);
  }

  /** The same for what is left undone without a word: whether it has not been done so often yet. */
  async isWithin(what: string, who: string, most: number, at?: string): Promise<boolean> {
    return (await this.another(what, who, at)).count <= most;
  }

  /**
   * One more of something that may be done so often in an hour by all together. Beyond `least` it is refused by chance,
   * the more likely the nearer to `most`, and always for an hour: down from a limit that is known, anybody could count
   * how often others did it, and when.
   * @throws Refusal `too_many_requests`
   */
  async withinTogether(what: string, [least, most]: readonly [number, number], at: string): Promise<void> {
    if (!(await this.isWithinTogether(what, [least, most], at))) throw tooMany(HOUR);
  }

  /** The same for what is left undone without a word. */
  async isWithinTogether(what: string, [least, most]: readonly [number, number], at: string): Promise<boolean> {
    const { count } = await this.another(what, EVERYBODY, at);
    return count <= least + randomInt(most - least);
  }

  private async another(what: string, who: string, at: string | undefined): Promise<Count> {
    const part = at === undefined ? '' : `:${accountKey({ ip: null, account: at })}`;
    return this.tally.add(`${what}:${sourceOf(who)}${part}`, HOUR);
  }
}

function tooMany(resetsIn: number): Refusal {
  return new Refusal('too_many_requests', {
    detail: 'Too many tries. Wait a moment, then try again.',
    retryAfter: Math.max(1, Math.ceil(resetsIn / 1_000)),
  });
}

/** Hashed, so that neither Redis nor a heap dump lists who was tried. */
function accountKey({ account = '', device }: Try): string {
  const name = `${account.trim().toLowerCase()}\n${device ?? ''}`;
  return createHash('sha256').update(name).digest('base64url').slice(0, 22);
}
