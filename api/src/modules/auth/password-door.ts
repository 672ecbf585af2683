import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Attempts, type Try } from '../../platform/limits';
import { KnownDevices } from './known-devices';
import { Passwords } from './passwords';
import type { Beginning } from './sessions.service';

/** What a password is compared with. */
export interface Lock {
  id: string;
  password_hash: string | null;
}

/** Where a password is tried by whoever comes along: wrong ones make the next wait, before anything is hashed. */
@Injectable()
export class PasswordDoor {
  constructor(
    private readonly passwords: Passwords,
    private readonly attempts: Attempts,
    private readonly devices: KnownDevices,
  ) {}

  /**
   * Whether the password is right. An account that does not exist waits and takes as long as one that does.
   * @param email what was typed
   * @throws Refusal `too_many_requests`
   */
  async opens(
    email: string,
    password: string,
    lock: Lock | undefined,
    from: Pick<Beginning, 'ip' | 'browser'>,
  ): Promise<boolean> {
    const attempt: Try = { account: email, ip: from.ip, device: await this.deviceOf(lock, from) };
    const admit = () => this.attempts.admit(attempt);
    await admit();
    // Asked again when its turn has come: of many that were sent at once, most were wrong by then.
    const right = await this.passwords.matches(password, lock?.password_hash ?? null, admit);
    await (right ? this.attempts.succeeded(attempt) : this.attempts.failed(attempt));
    return right;
  }

  private async deviceOf(lock: Lock | undefined, { browser }: Pick<Beginning, 'browser'>): Promise<string | null> {
    const token = lock && browser ? this.devices.tokenIn(browser.cookies) : null;
    if (!lock || !browser || !token || !(await this.devices.isKnown(lock.id, browser))) return null;
    return createHash('sha256').update(token).digest('base64url');
  }
}
