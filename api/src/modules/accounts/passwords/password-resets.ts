import { Injectable } from '@nestjs/common';
import { memberActor } from '../../../platform/access';
import { isDuplicate } from '../../../platform/database';
import { Refusal } from '../../../platform/refusal';
import { type Tx, UnitOfWork } from '../../../platform/work';
import type { Browser } from '../../auth';
import { AccountLinks } from '../account-links';
import { AccountsQueries, reachesFurther } from '../accounts.queries';
import { proveAddress } from '../addresses/address-proofs';
import { NewPasswords } from './new-passwords';
import { PasswordAftermath } from './password-aftermath';
import { WaysIn } from './ways-in';

/** New passwords of people who have a link that was mailed to them. */
@Injectable()
export class PasswordResets {
  constructor(
    private readonly work: UnitOfWork,
    private readonly accounts: AccountsQueries,
    private readonly links: AccountLinks,
    private readonly chosen: NewPasswords,
    private readonly told: PasswordAftermath,
    private readonly waysIn: WaysIn,
  ) {}

  /**
   * Proves the address too, when the link came there and nobody had. What else lets into the account then goes: whoever
   * added it may be somebody else, who waits inside. An account with a second factor keeps it, and everything else: the
   * link takes the place of the password alone, and proves nothing more (A20, ASVS 6.4.3). Whose address it is comes in
   * from the same browser however often strangers were wrong.
   * @throws Refusal `invalid_token`, `invalid_input`, `too_many_requests`
   */
  async reset(token: string, password: string, browser: Browser): Promise<{ browserKnown: boolean }> {
    const link = await this.links.find('password_reset', token);
    const account = await this.accounts.byId(link.userId);
    if (!account?.workspaces.some(({ id }) => id === link.workspaceId)) throw new Refusal('invalid_token');
    // Since it was mailed the person may have got what who read it there shall not get into.
    if (link.shown && reachesFurther(account)) throw new Refusal('invalid_token');
    let first = link.provesAddress && !account.addressProved && !account.secondFactor;
    const hash = await this.chosen.take(password, account, account.addressProved || first);
    let browserKnown = false;
    try {
      await this.work.run(memberActor(link.workspaceId, account), async (tx) => {
        await this.links.spend(tx, token);
        // One that was added while the password was hashed stays, and with it what it guards.
        first &&= !(await hasFactorBy(tx, account.id));
        if (first) await proveAddress(tx, account);
        browserKnown = link.provesAddress && (account.addressProved || first);
        const dropped = first && (await this.waysIn.drop(tx, account.id));
        await this.told.set(tx, account, hash, { by: 'reset', dropped, known: browserKnown ? browser : null });
      });
    } catch (error) {
      // Another account has proved the address at this moment.
      throw isDuplicate(error, 'users_proved_email') ? new Refusal('invalid_token') : error;
    }
    await this.told.elsewhere(account, link.workspaceId, 'reset', async (tx) => {
      if (first) await this.waysIn.drop(tx, account.id);
    });
    return { browserKnown };
  }
}

/** Whether a second factor has been set up by now; while the account is held, none can be. */
async function hasFactorBy(tx: Tx, userId: string): Promise<boolean> {
  const [user] = await tx.query<{ second_factor: boolean }>('SELECT second_factor FROM users WHERE id = $1', [userId]);
  return user?.second_factor ?? false;
}
