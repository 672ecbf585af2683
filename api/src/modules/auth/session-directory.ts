import { Injectable } from '@nestjs/common';
import {
  type BuiltInRole,
  DEFAULT_POLICIES,
  type Permission,
  ROLE_PERMISSIONS,
  type Scope,
  type WorkspacePolicies,
} from '@threadline/contracts';
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
  built_in: BuiltInRole | null;
  permissions: Permission[];
  lead_scope: Scope;
  conversation_scope: Scope;
  team_ids: string[];
  proved_at: Date | null;
  vouched_only: boolean;
  second_factor: boolean;
  last_used_at: Date;
  created_at: Date;
  policies: Partial<WorkspacePolicies>;
}

/** A live session: who it is, and what the workspace asks of it. */
export interface LiveSession {
  actor: Actor;
  policies: WorkspacePolicies;
}

const DAY = 86_400_000;

/** SQL for whether an identity provider's word is all that stands behind a session: nothing was shown since it began. */
const VOUCHED_ONLY = `(s.method = 'sso' AND coalesce(s.proved_at, s.created_at) = s.created_at)`;

/** Which sessions are alive, and what their people may do now. Asked on every request, so answers are kept for moments. */
@Injectable()
export class SessionDirectory {
  private readonly known = new Map<string, { session: LiveSession | null; at: number }>();

  constructor(
    private readonly database: SystemDatabase,
    private readonly clock: Clock,
  ) {}

  /** A live session; null when it has ended, or the membership has. */
  async find(sessionId: string): Promise<LiveSession | null> {
    const known = this.known.get(sessionId);
    if (known && this.clock.millis() - known.at < BELIEVED_MS) return known.session;
    return (await this.lookUp([sessionId])).get(sessionId) ?? null;
  }

  /** The same for many sessions in one query, always fresh: for sockets, which live longer than a request. */
  async lookUp(sessionIds: readonly string[]): Promise<Map<string, LiveSession>> {
    const rows = await this.database.query<SessionRow>(
      `SELECT s.id, s.workspace_id, s.user_id, s.proved_at, s.second_factor OR u.second_factor AS second_factor,
              s.last_used_at, s.created_at, u.name, w.policies, ${VOUCHED_ONLY} AS vouched_only,
              r.built_in, r.permissions, r.lead_scope, r.conversation_scope,
              ARRAY(SELECT t.team_id FROM team_members t
                     WHERE t.workspace_id = s.workspace_id AND t.user_id = s.user_id ORDER BY t.team_id) AS team_ids
         FROM sessions s
         JOIN memberships m ON m.workspace_id = s.workspace_id AND m.user_id = s.user_id AND m.ended_at IS NULL
         JOIN roles r ON r.workspace_id = m.workspace_id AND r.id = m.role_id
         JOIN workspaces w ON w.workspace_id = s.workspace_id
         JOIN users u ON u.id = s.user_id
        WHERE s.id = ANY ($1) AND s.ended_at IS NULL AND s.expires_at > $2
          AND (u.password_changed_at IS NULL OR coalesce(s.proved_at, s.created_at) >= u.password_changed_at)`,
      [sessionIds, this.clock.now()],
    );
    const at = this.clock.millis();
    const sessions = new Map(
      rows.map((row) => {
        const policies = { ...DEFAULT_POLICIES, ...row.policies };
        return [row.id, { actor: actorOf(row, policies), policies, row }] as const;
      }),
    );
    for (const [id, { policies, row }] of sessions) {
      const idle = at > row.last_used_at.getTime() + policies.sessionIdleDays * DAY;
      if (idle || at > row.created_at.getTime() + policies.sessionMaxDays * DAY) sessions.delete(id);
    }
    if (this.known.size > 10_000) this.known.clear();
    for (const id of sessionIds) this.known.set(id, { session: sessions.get(id) ?? null, at });
    return sessions;
  }

  /** What was known of a session is no longer true. */
  forget(sessionId: string): void {
    this.known.delete(sessionId);
  }

  /** Roles, memberships or policies have changed: nothing that was known of any session is believed any longer. */
  forgetAll(): void {
    this.known.clear();
  }
}

const BUILT_IN = new Map<BuiltInRole, ReadonlySet<Permission>>(
  Object.entries(ROLE_PERMISSIONS).map(([role, permissions]) => [role as BuiltInRole, new Set(permissions)]),
);
const NONE: ReadonlySet<Permission> = new Set();

function actorOf(row: SessionRow, { secondFactorRequired, allowedNetworks }: WorkspacePolicies): Actor {
  const secondFactorMissing = secondFactorRequired && !row.second_factor;
  return {
    type: 'user',
    id: row.user_id,
    userId: row.user_id,
    workspaceId: row.workspace_id,
    credential: { kind: 'session', id: row.id },
    name: row.name,
    teamIds: row.team_ids,
    scopes: { leads: row.lead_scope, conversations: row.conversation_scope },
    permissions: secondFactorMissing ? NONE : permissionsOf(row),
    ...(secondFactorMissing ? { secondFactorMissing } : {}),
    ...(row.proved_at ? { provedAt: row.proved_at } : {}),
    ...(row.vouched_only ? { vouchedOnly: true } : {}),
    ...(allowedNetworks.length > 0 ? { networks: allowedNetworks } : {}),
  };
}

function permissionsOf(row: SessionRow): ReadonlySet<Permission> {
  return row.built_in ? (BUILT_IN.get(row.built_in) ?? NONE) : new Set(row.permissions);
}
