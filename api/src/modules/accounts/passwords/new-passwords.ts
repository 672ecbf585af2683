import { Injectable } from '@nestjs/common';
import { PasswordPolicy, Passwords } from '../../auth';
import { type Account, hasSecondFactor } from '../accounts.queries';

/** What people choose as a new password. */
@Injectable()
export class NewPasswords {
  constructor(
    private readonly passwords: Passwords,
    private readonly policy: PasswordPolicy,
  ) {}

  /** Its hash, if it is good enough for this account. @throws Refusal `invalid_input` */
  async take(password: string, account: Account): Promise<string> {
    await this.policy.check(password, {
      email: account.email,
      name: account.name,
      workspaces: account.workspaces.map(({ name }) => name),
      secondFactor: hasSecondFactor(account),
    });
    return this.passwords.hash(password, account.email);
  }
}
