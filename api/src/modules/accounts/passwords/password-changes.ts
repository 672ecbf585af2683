import { Injectable } from '@nestjs/common';
import { type Actor, memberActor, memberBehind } from '../../../platform/access';
import { Refusal } from '../../../platform/refusal';
import { UnitOfWork } from '../../../platform/work';
import { PasswordPolicy, Passwords } from '../../auth';
import { AccountLinks } from '../account-links';
import { type Account, AccountsQueries, hasSecondFactor } from '../accounts.queries';
import { PasswordAftermath } from './password-aftermath';

/** New passwords of people who have one. */
@Injectable()
export class PasswordChanges {
  constructor(
    private readonly work: UnitOfWork,
    private readonly accounts: AccountsQueries,
    private readonly passwords: Passwords,
    private readonly policy: PasswordPolicy,
    private readonly links: AccountLinks,
    private readonly told: PasswordAftermath,
  ) {}

  /** @throws Refusal `invalid_credentials`, `invalid_input` */
  async change(actor: Actor, current: string, password: string): Promise<void> {
    const account = await this.accounts.byId(memberBehind(actor));
    const right = await this.passwords.matches(current, account?.passwordHash ?? null);
    if (!right || !account) throw new Refusal('invalid_credentials', { detail: 'The present password is not right.' });
    await this.check(password, account);
    const hash = await this.passwords.hash(password);
    await this.work.run(actor, (tx) => this.told.set(tx, account, hash, 'user', actor.credential?.id));
    await this.told.elsewhere(account, actor.workspaceId, 'user');
  }

  /** @throws Refusal `invalid_token`, `invalid_input` */
  async reset(token: string, password: string): Promise<void> {
    const link = await this.links.find('password_reset', token);
    const account = await this.accounts.byId(link.userId);
    if (!account?.workspaces.some(({ id }) => id === link.workspaceId)) throw new Refusal('invalid_token');
    await this.check(password, account);
    const hash = await this.passwords.hash(password);
    await this.work.run(memberActor(link.workspaceId, account), async (tx) => {
      await this.links.spend(tx, token);
      await this.told.set(tx, account, hash, 'reset');
    });
    await this.told.elsewhere(account, link.workspaceId, 'reset');
  }

  private check(password: string, account: Account): Promise<void> {
    return this.policy.check(password, {
      email: account.email,
      name: account.name,
      workspaces: account.workspaces.map(({ name }) => name),
      secondFactor: hasSecondFactor(account),
    });
  }
}
