import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access';
import { SystemDatabase } from '../../platform/database';
import { type Tx, UnitOfWork } from '../../platform/work';
import { PresentPassword, Sessions, type SessionTokens } from '../auth';

/** The account and the session of who proves themselves. */
@Injectable()
export class ProofAccounts {
  constructor(
    private readonly database: SystemDatabase,
    private readonly present: PresentPassword,
    private readonly sessions: Sessions,
    private readonly work: UnitOfWork,
  ) {}

  async hasPassword(userId: string): Promise<boolean> {
    return (await this.passwordHash(userId)) !== null;
  }

  /** @throws Refusal `invalid_credentials`, `too_many_requests` */
  async checkPassword(actor: Actor, userId: string, password: string): Promise<void> {
    await this.present.check(actor, { id: userId, passwordHash: await this.passwordHash(userId) }, password);
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
