import { Injectable } from '@nestjs/common';
import { type BuiltInRole, type Permission, ROLE_PERMISSIONS } from '@threadline/contracts';
import type { Actor } from '../../platform/access';
import { Clock } from '../../platform/clock';
import { SystemDatabase } from '../../platform/database';

/** How long an answer is believed: what ends on another node bites here within this time (promise: 5 s). Milliseconds. */
const BELIEVED_MS = 3_000;

interface SessionRow {
  id: string;
  workspace_id: string;
  user_id: string;
  name: string;
  role: BuiltInRole;
}

/** Which sessions are alive, and what their people may do now. Asked on every request, so answers are kept for moments. */
@Injectable()
export class SessionDirectory {
  private readonly known = new Map<string, { actor: Actor | null; at: number }>();
  private readonly permissions = new Map<BuiltInRole, ReadonlySet<Permission>>();

  constructor(
    private readonly database: SystemDatabase,
    private readonly clock: Clock,
  ) {}

  /** The actor of a live session; null when it has ended, or the membership has. */
  async actor(sessionId: string): Promise<Actor | null> {
    const known = this.known.get(sessionId);
    if (known && this.clock.millis() - known.at < BELIEVED_MS) return known.actor;
    return (await this.lookUp([sessionId])).get(sessionId) ?? null;
  }

  /** The same for many sessions in one query, always fresh: for sockets, which live longer than a request. */
  async lookUp(sessionIds: readonly string[]): Promise<Map<string, Actor>> {
    const rows = await this.database.query<SessionRow>(
      `SELECT s.id, s.workspace_id, s.user_id, u.name, m.role
         FROM sessions s
         JOIN memberships m ON m.workspace_id = s.workspace_id AND m.user_id = s.user_id AND m.ended_at IS NULL
         JOIN users u ON u.id = s.user_id
        WHERE s.id = ANY ($1) AND s.ended_at IS NULL AND s.expires_at > $2`,
      [sessionIds, this.clock.now()],
    );
    const at = this.clock.millis();
    const actors = new Map(rows.map((row) => [row.id, this.toActor(row)]));
    if (this.known.size > 10_000) this.known.clear();
    for (const id of sessionIds) this.known.set(id, { actor: actors.get(id) ?? null, at });
    return actors;
  }

  /** What was known of a session is no longer true. */
  forget(sessionId: string): void {
    this.known.delete(sessionId);
  }

  private toActor(row: SessionRow): Actor {
    const permissions = this.permissions.get(row.role) ?? new Set(ROLE_PERMISSIONS[row.role]);
    this.permissions.set(row.role, permissions);
    return {
      type: 'user',
      id: row.user_id,
      workspaceId: row.workspace_id,
      sessionId: row.id,
      name: row.name,
      permissions,
    };
  }
}
