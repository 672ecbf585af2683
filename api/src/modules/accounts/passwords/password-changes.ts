import { Injectable } from '@nestjs/common';
import { type Actor, memberBehind } from '../../../platform/access';
import { Refusal } from '../../../platform/refusal';
import { UnitOfWork } from '../../../platform/work';
import { PresentPassword } from '../../auth';
import { AccountsQueries } from '../accounts.queries';
import { NewPasswords } from './new-passwords';
import { PasswordAftermath } from './password-aftermath';

/** New passwords of people who know the present one. */
@Injectable()
export class PasswordChanges {
  constructor(
    private readonly work: UnitOfWork,
    private readonly accounts: AccountsQueries,
    private readonly present: PresentPassword,
    private readonly chosen: NewPasswords,
    private readonly told: PasswordAftermath,
  ) {}

  /** @throws Refusal `invalid_credentials`, `invalid_input`, `too_many_requests` */
  async change(actor: Actor, current: string, password: string): Promise<void> {
    const account = await this.accounts.byId(memberBehind(actor));
    if (!account) throw new Refusal('not_found');
    await this.present.check(actor, account, current);
    const hash = await this.chosen.take(password, account);
    await this.work.run(actor, (tx) => this.told.set(tx, account, hash, { by: 'user' }, actor.credential?.id));
    await this.told.elsewhere(account, actor.workspaceId, 'user');
  }
}
