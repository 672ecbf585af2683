import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Attempts, type Try } from '../../platform/limits';
import { currentRequest } from '../../platform/request';
import { KnownDevices } from './known-devices';
import { Passwords, sameHash } from './passwords';
import type { Beginning } from './sessions.service';

/** What a password is compared with: an account that carries the address. */
export interface Lock {
  id: string;
  password_hash: string | null;
}

/** How a try is counted, and what it may be compared with. */
interface Turn<L> {
  /** The known browser that counts by itself; null for a stranger's. */
  device: string | null;
  tried: readonly L[];
}

/** Passwords that one network address, or the person whose address it is, may choose in an hour for accounts of one address. */
const CHOICES = 10;
/** Those that all may choose together. */
const CHOICES_OF_ALL = [50, 100] as const;

/** Where a password is tried by whoever comes along: wrong ones make the next wait, before anything is hashed. */
@Injectable()
export class PasswordDoor {
  constructor(
    private readonly passwords: Passwords,
    private readonly attempts: Attempts,
    private readonly devices: KnownDevices,
  ) {}

  /**
   * The locks that the password opens; from a browser that knows some of these, no others. However many there are, also
   * none, it waits alike and takes as long.
   * @param email what was typed
   * @param locks the accounts that carry this address
   * @throws Refusal `too_many_requests`
   */
  async opens<L extends Lock>(
    email: string,
    password: string,
    locks: readonly L[],
    from: Pick<Beginning, 'ip' | 'browser'>,
  ): Promise<L[]> {
    const { device, tried } = await this.turnOf(locks, from);
    const attempt: Try = { account: email, ip: from.ip, device };
    await this.attempts.admit(attempt);
    // Asked again when its turn has come: of many that were sent at once, most were wrong by then.
    const made = await this.passwords.hash(password, email, () => this.attempts.admit(attempt));
    const open = tried.filter((lock) => sameHash(made, lock.password_hash));
    if (open.length === 0) await this.attempts.failed(attempt);
    // What strangers did wrong is not forgotten when one of them is right: it would give new tries at the others of the
    // address to whoever opens one of their own, and tell the rest that somebody was here.
    else if (device) await this.attempts.succeeded(attempt);
    return open;
  }

  /**
   * Before a password is chosen for an account of an address: signing in with it tries it at all others of the address,
   * so that whoever makes accounts of somebody else's could guess theirs without a wrong one.
   * @param owner who chooses it, where the address is theirs, and strangers use up nothing of theirs
   * @throws Refusal `too_many_requests`
   */
  async admitChoice(email: string, owner?: string): Promise<void> {
    await this.attempts.within('chosen password', owner ?? currentRequest()?.ip ?? null, CHOICES, email);
    if (owner === undefined) await this.attempts.withinTogether('chosen password', CHOICES_OF_ALL, email);
  }

  /**
   * Whoever comes with a browser that signed in before has tries of its own from the first: it waits for nothing that
   * strangers do, and what its person mistypes shows in no count that a stranger could watch. In return it opens the
   * accounts that know this browser, and no others of the address.
   */
  private async turnOf<L extends Lock>(locks: readonly L[], { browser }: Pick<Beginning, 'browser'>): Promise<Turn<L>> {
    const token = browser && this.devices.tokenIn(browser.cookies);
    if (!token) return { device: null, tried: locks };
    const withPassword = locks.filter((lock) => lock.password_hash !== null).map(({ id }) => id);
    const knows = await this.devices.knowing(withPassword, browser);
    if (knows.length === 0) return { device: null, tried: locks };
    const device = createHash('sha256').update(token).digest('base64url');
    return { device, tried: locks.filter(({ id }) => knows.includes(id)) };
  }
}
