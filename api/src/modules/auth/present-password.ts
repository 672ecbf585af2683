import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access';
import { Refusal } from '../../platform/refusal';
import { PasswordDoor } from './password-door';
import { Passwords } from './passwords';
import { Tries } from './tries';

interface Holder {
  id: string;
  /** `null` for an account without a password. */
  passwordHash: string | null;
}

/** The password that somebody who is signed in shows again: whoever has stolen a session shall not find it by trying. */
@Injectable()
export class PresentPassword {
  constructor(
    private readonly passwords: Passwords,
    private readonly tries: Tries,
    private readonly door: PasswordDoor,
  ) {}

  /**
   * Wrong ones count like wrong codes.
   * @param by who shows it
   * @throws Refusal `invalid_credentials`, `too_many_requests`
   */
  async check(by: Actor, holder: Holder, shown: string): Promise<void> {
    const compare = async () => {
      if (await this.passwords.matches(shown, holder.passwordHash)) return;
      throw new Refusal('invalid_credentials', { detail: 'The present password is not right.' });
    };
    await this.tries.spend(holder.id, compare, by.vouchedOnly);
  }

  /**
   * Checks it, and hashes it with the salt of the address that the account is to have: there it counts as chosen. `null`,
   * unchecked, where there is none.
   * @throws Refusal `invalid_credentials`, `too_many_requests`
   */
  async moved(by: Actor, holder: Holder, shown: string, address: string): Promise<string | null> {
    if (holder.passwordHash === null) return null;
    await this.check(by, holder, shown);
    await this.door.admitChoice(address);
    return this.passwords.hash(shown, address);
  }
}
