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

/** A try that was admitted, and what it may be compared with. */
interface Turn<L> {
  attempt: Try;
  locks: readonly L[];
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
    const device = await this.deviceOf(locks, from);
    const admit = () => this.admit({ account: email, ip: from.ip }, locks, device);
    let turn = await admit();
    // Asked again when its turn has come: of many that were sent at once, most were wrong by then.
    const made = await this.passwords.hash(password, email, async () => {
      turn = await admit();
    });
    const { attempt, locks: tried } = turn;
    const open = tried.filter((lock) => sameHash(made, lock.password_hash));
    const own = open.filter(({ id }) => device?.knows.includes(id));
    // What strangers did wrong is not forgotten with it: it would give new tries at the others of the address to whoever
    // opens one of their own, and tell the rest that somebody was here.
    if (attempt.device && own.length > 0) await this.attempts.succeeded(attempt);
    // Of these alone, or whoever makes an account with a password of their choice has tried it at all others.
    if (own.length > 0) return own;
    if (open.length === 0) await this.attempts.failed(attempt);
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
   * Whoever would have to wait, and comes with a browser that signed in before, has tries of its own; at the accounts
   * that know this browser, and at no other of the address.
   */
  private async admit<L extends Lock>(
    attempt: Try,
    locks: readonly L[],
    device: { token: string; knows: readonly string[] } | null,
  ): Promise<Turn<L>> {
    try {
      await this.attempts.admit(attempt);
      return { attempt, locks };
    } catch (error) {
      if (!device) throw error;
      const own = { ...attempt, device: device.token };
      await this.attempts.admit(own);
      return { attempt: own, locks: locks.filter(({ id }) => device.knows.includes(id)) };
    }
  }

  private async deviceOf(locks: readonly Lock[], { browser }: Pick<Beginning, 'browser'>) {
    const token = browser && this.devices.tokenIn(browser.cookies);
    if (!token) return null;
    const ids = locks.map(({ id }) => id);
    const knows = await this.devices.knowing(ids, browser);
    return knows.length === 0 ? null : { token: createHash('sha256').update(token).digest('base64url'), knows };
  }
}
