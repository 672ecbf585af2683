import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type FactorKind, ref, type SecondStepMethod } from '@threadline/contracts';
import { type Actor, memberBehind, systemActor } from '../../platform/access';
import { SystemDatabase } from '../../platform/database';
import { type Tx, UnitOfWork } from '../../platform/work';
import { AccountMails, type FactorChange } from '../account-mail';
import { SessionDirectory, Sessions, SignIn } from '../auth';

/** What follows when a person gains or loses a factor. */
@Injectable()
export class Factors implements OnModuleInit {
  constructor(
    private readonly signIn: SignIn,
    private readonly sessions: Sessions,
    private readonly directory: SessionDirectory,
    private readonly database: SystemDatabase,
    private readonly work: UnitOfWork,
    private readonly mails: AccountMails,
  ) {}

  onModuleInit(): void {
    this.signIn.askSecondSteps((userId) => this.stepsOf(userId));
  }

  /** What an account can show as its second step; empty for one without a second factor. */
  async stepsOf(userId: string): Promise<SecondStepMethod[]> {
    const [has] = await this.database.query<{ totp: boolean; passkey: boolean; recovery_code: boolean }>(
      `SELECT EXISTS (SELECT 1 FROM totp_factors WHERE user_id = $1 AND confirmed_at IS NOT NULL) AS totp,
              EXISTS (SELECT 1 FROM passkeys WHERE user_id = $1) AS passkey,
              EXISTS (SELECT 1 FROM recovery_codes WHERE user_id = $1 AND used_at IS NULL) AS recovery_code`,
      [userId],
    );
    if (!has?.totp && !has?.passkey) return [];
    const all: SecondStepMethod[] = ['totp', 'passkey', 'recovery_code'];
    return all.filter((each) => has[each]);
  }

  /** A factor is there: the account asks for one from now on, and what was signed in without it is over. */
  async added(tx: Tx, kind: FactorKind, name: string | null): Promise<void> {
    const { userId, sessionId } = whose(tx.actor);
    await tx.query('UPDATE users SET second_factor = true WHERE id = $1', [userId]);
    await tx.query('UPDATE sessions SET second_factor = true WHERE id = $1', [sessionId]);
    tx.append({
      type: 'user.factor_added',
      subject: { type: 'user', id: userId },
      about: [ref('user', userId)],
      data: { userId, kind, name },
    });
    await this.changed(tx, userId, sessionId);
    await this.tell(
      tx,
      userId,
      kind === 'recovery_codes' ? { what: 'codes_renewed' } : { what: 'added', factor: kind, name },
    );
  }

  /** A factor is gone. Answers whether it was the last one: recovery codes alone are none. */
  async removed(tx: Tx, kind: FactorKind, name: string | null): Promise<{ last: boolean }> {
    const { userId, sessionId } = whose(tx.actor);
    const [left] = await tx.query<{ any: boolean }>(
      `SELECT EXISTS (SELECT 1 FROM totp_factors WHERE user_id = $1 AND confirmed_at IS NOT NULL)
           OR EXISTS (SELECT 1 FROM passkeys WHERE user_id = $1) AS any`,
      [userId],
    );
    const last = !left?.any;
    if (last) {
      await tx.query('UPDATE users SET second_factor = false WHERE id = $1', [userId]);
      await tx.query('UPDATE sessions SET second_factor = false WHERE id = $1', [sessionId]);
    }
    tx.append({
      type: 'user.factor_removed',
      subject: { type: 'user', id: userId },
      about: [ref('user', userId)],
      data: { userId, kind, name },
    });
    await this.changed(tx, userId, sessionId);
    await this.tell(tx, userId, { what: 'removed', factor: kind, name });
    return { last };
  }

  /**
   * Ends the person's sessions in their other workspaces: each is a unit of work of its own, after the one that changed
   * the factor.
   */
  async endElsewhere(actor: Actor): Promise<void> {
    const { userId } = whose(actor);
    const others = await this.database.query<{ workspace_id: string }>(
      `SELECT DISTINCT workspace_id FROM sessions
        WHERE user_id = $1 AND workspace_id <> $2 AND ended_at IS NULL`,
      [userId, actor.workspaceId],
    );
    for (const { workspace_id } of others) {
      await this.work.run(systemActor(workspace_id, 'mfa'), (tx) => this.sessions.endAll(tx, userId, 'factor_changed'));
    }
  }

  /** Writes to the person what happened to their account: it may not have been they (ASVS 6.3.7). */
  async tell(tx: Tx, userId: string, change: FactorChange): Promise<void> {
    const [person] = await tx.query<{ email: string; name: string }>('SELECT email, name FROM users WHERE id = $1', [
      userId,
    ]);
    if (person) await this.mails.queue(tx, person, { kind: 'factor_changed', change });
  }

  private async changed(tx: Tx, userId: string, sessionId: string): Promise<void> {
    await this.sessions.endAll(tx, userId, 'factor_changed', sessionId);
    tx.afterCommit(() => this.directory.forgetAll());
  }
}

/** The person and the session of a request; doors for people alone let it come here. */
export function whose(actor: Actor): { userId: string; sessionId: string } {
  const sessionId = actor.credential?.id;
  if (!sessionId) throw new Error('Factors are for people who are signed in');
  return { userId: memberBehind(actor), sessionId };
}
