import { Injectable } from '@nestjs/common';
import { PasswordDoor, PasswordPolicy, Passwords } from '../../auth';
import { type Account, hasSecondFactor } from '../accounts.queries';

/** What people choose as a new password. */
@Injectable()
export class NewPasswords {
  constructor(
    private readonly passwords: Passwords,
    private readonly policy: PasswordPolicy,
    private readonly door: PasswordDoor,
  ) {}

  /**
   * Its hash, if it is good enough for this account.
   * @param proved whether the address is the account's own, or will be along with the password
   * @throws Refusal `invalid_input`, `too_many_requests`
   */
  async take(password: string, account: Account, proved = account.addressProved): Promise<string> {
    await this.policy.check(password, {
      email: account.email,
      name: account.name,
      workspaces: account.workspaces.map(({ name }) => name),
      secondFactor: hasSecondFactor(account),
    });
    await this.door.admitChoice(account.email, proved ? account.id : undefined);
    return this.passwords.hash(password, account.email);
  }
}
