import { Injectable } from '@nestjs/common';
import { ref } from '@threadline/contracts';
import { memberActor } from '../../../platform/access';
import { Refusal } from '../../../platform/refusal';
import { type Tx, UnitOfWork } from '../../../platform/work';
import { AccountMails } from '../../account-mail';
import { type Browser, KnownDevices, Sessions } from '../../auth';
import type { Account } from '../accounts.queries';

/**
 * How a password was set; `dropped` when other ways into the account went with the old one, `known` the browser of
 * somebody who has shown that the address is theirs.
 */
type How = { by: 'user' } | { by: 'reset'; dropped: boolean; known: Browser | null };

/** What a new password does to sessions, and who hears of it. */
@Injectable()
export class PasswordAftermath {
  constructor(
    private readonly work: UnitOfWork,
    private readonly sessions: Sessions,
    private readonly mails: AccountMails,
    private readonly devices: KnownDevices,
  ) {}

  /**
   * Keeps the hash. From the commit on, every session that was not proved afterwards is over, in all workspaces; those
   * of this one are ended here, so that their screens hear of it.
   * @param kept the session that goes on
   * @throws Refusal `invalid_credentials` when another password or address was set since the account was read
   */
  async set(tx: Tx, account: Account, hash: string, how: How, kept?: string): Promise<void> {
    const set = await tx.query(
      `WITH kept AS (
         UPDATE users SET password_hash = $2, password_changed_at = $3
          WHERE id = $1 AND password_changed_at IS NOT DISTINCT FROM $4 AND email = $5 RETURNING 1
       ) SELECT 1 FROM kept`,
      [account.id, hash, tx.now, account.passwordChangedAt, account.email],
    );
    if (set.length === 0) {
      throw new Refusal('invalid_credentials', {
        detail: 'The account was changed just now, elsewhere. Try again with its present password.',
      });
    }
    if (kept) await tx.query('UPDATE sessions SET proved_at = $2 WHERE id = $1', [kept, tx.now]);
    await this.end(tx, account, how.by, kept);
    if (how.by === 'user') return this.mails.queue(tx, account, { kind: 'password_changed', by: 'user' });
    // Whoever has just read their mail shall not wait for what strangers tried.
    if (how.known) await this.devices.remember(tx, account.id, how.known);
    await this.mails.queue(tx, account, { kind: 'password_changed', by: 'reset', dropped: how.dropped });
  }

  /** Says so in the person's other workspaces too; `also` runs in each of them. */
  async elsewhere(
    account: Account,
    here: string,
    by: 'user' | 'reset',
    also?: (tx: Tx) => Promise<void>,
  ): Promise<void> {
    for (const { id } of account.workspaces) {
      if (id === here) continue;
      await this.work.run(memberActor(id, account), async (tx) => {
        await this.end(tx, account, by);
        await also?.(tx);
      });
    }
  }

  private async end(tx: Tx, { id }: Account, by: 'user' | 'reset', kept?: string): Promise<void> {
    await this.sessions.endAll(tx, id, 'password_changed', kept);
    tx.append({
      type: 'user.password_changed',
      subject: { type: 'user', id },
      about: [ref('user', id)],
      data: { userId: id, by },
    });
  }
}
