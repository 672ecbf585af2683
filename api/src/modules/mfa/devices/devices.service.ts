import { Injectable } from '@nestjs/common';
import { DEFAULT_POLICIES, type Device, type SignInMethod, type WorkspacePolicies } from '@threadline/contracts';
import type { Actor } from '../../../platform/access';
import { Clock } from '../../../platform/clock';
import { Refusal } from '../../../platform/refusal';
import { type ReadTx, UnitOfWork } from '../../../platform/work';
import { deviceName, Sessions } from '../../auth';
import { whose } from '../factors.service';

const DAY = 86_400_000;

interface SessionRow {
  id: string;
  user_agent: string | null;
  ip: string | null;
  method: SignInMethod;
  created_at: Date;
  last_used_at: Date;
  expires_at: Date;
}

/** Where a person is signed in to this workspace, and ending that. */
@Injectable()
export class Devices {
  constructor(
    private readonly work: UnitOfWork,
    private readonly sessions: Sessions,
    private readonly clock: Clock,
  ) {}

  /** The caller's living sessions: the present one first, then the one used last. */
  async list(tx: ReadTx): Promise<Device[]> {
    const { userId, sessionId } = whose(tx.actor);
    const now = this.clock.now();
    const [workspace] = await tx.query<{ policies: Partial<WorkspacePolicies> }>('SELECT policies FROM workspaces');
    const { sessionIdleDays } = { ...DEFAULT_POLICIES, ...workspace?.policies };
    const rows = await tx.query<SessionRow>(
      `SELECT id, user_agent, ip, method, created_at, last_used_at, expires_at FROM sessions
        WHERE user_id = $1 AND ended_at IS NULL AND expires_at > $2 AND last_used_at > $3
        ORDER BY id = $4 DESC, last_used_at DESC, id`,
      [userId, now, new Date(now.getTime() - sessionIdleDays * DAY), sessionId],
    );
    return rows.map((row) => ({
      id: row.id,
      name: deviceName(row.user_agent),
      ip: row.ip,
      method: row.method,
      createdAt: row.created_at.toISOString(),
      lastUsedAt: row.last_used_at.toISOString(),
      expiresAt: row.expires_at.toISOString(),
      current: row.id === sessionId,
    }));
  }

  /** Ends one of the caller's sessions. @throws Refusal `not_found` when it is not theirs or over already */
  async end(actor: Actor, id: string): Promise<void> {
    const { userId } = whose(actor);
    await this.work.run(actor, async (tx) => {
      const [own] = await tx.query('SELECT 1 FROM sessions WHERE id = $1 AND user_id = $2 AND ended_at IS NULL', [
        id,
        userId,
      ]);
      if (!own) throw new Refusal('not_found');
      await this.sessions.end(tx, id, 'revoked');
    });
  }

  /** Ends all of the caller's sessions but the present one. */
  async endOthers(actor: Actor): Promise<void> {
    const { userId, sessionId } = whose(actor);
    await this.work.run(actor, (tx) => this.sessions.endAll(tx, userId, 'revoked', sessionId));
  }
}
