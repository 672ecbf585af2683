import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access';
import { SystemDatabase } from '../../platform/database';
import { Refusal } from '../../platform/refusal';
import { type Tx, UnitOfWork } from '../../platform/work';
import { Passwords, Sessions, type SessionTokens } from '../auth';

/** The account and the session of who proves themselves. */
@Injectable()
export class ProofAccounts {
  constructor(
    private readonly database: SystemDatabase,
    private readonly passwords: Passwords,
    private readonly sessions: Sessions,
    private readonly work: UnitOfWork,
  ) {}

  async hasPassword(userId: string): Promise<boolean> {
    return (await this.passwordHash(userId)) !== null;
  }

  /** @throws Refusal `invalid_credentials` */
  async checkPassword(userId: string, password: string): Promise<void> {
    if (!(await this.passwords.matches(password, await this.passwordHash(userId)))) {
      throw new Refusal('invalid_credentials', { detail: 'The password is not right.' });
    }
  }

  /** The tokens are no result of the unit of work: what an Idempotency-Key remembers holds none. */
  async replaceSession(actor: Actor, sessionId: string, accept?: (tx: Tx) => Promise<void>): Promise<SessionTokens> {
    let tokens: SessionTokens | undefined;
    await this.work.run(actor, async (tx) => {
      await accept?.(tx);
      tokens = await this.sessions.replace(tx, sessionId);
    });
    if (!tokens) throw new Error('The session was not replaced');
    return tokens;
  }

  private async passwordHash(userId: string): Promise<string | null> {
    const [person] = await this.database.query<{ password_hash: string | null }>(
      'SELECT password_hash FROM users WHERE id = $1',
      [userId],
    );
    return person?.password_hash ?? null;
  }
}
