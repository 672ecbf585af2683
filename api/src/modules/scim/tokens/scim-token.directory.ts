import { Injectable } from '@nestjs/common';
import {
  type BuiltInRole,
  DEFAULT_POLICIES,
  EVERYTHING,
  type Permission,
  ROLE_PERMISSIONS,
  type WorkspacePolicies,
} from '@threadline/contracts';
import type { Actor } from '../../../platform/access';
import { Clock } from '../../../platform/clock';
import { SystemDatabase } from '../../../platform/database';
import { Beside } from '../../../platform/work';

/** How long an answer is believed (promise: what is revoked bites within 5 s), and how often a use is written down. Milliseconds. */
const BELIEVED_MS = 3_000;
const NOTED_EVERY_MS = 60_000;
const REMEMBERED = 1_000;

/** A token that is good. */
export interface LiveScimToken {
  actor: Actor;
  secretHash: Buffer;
}

interface Row {
  id: string;
  workspace_id: string;
  secret_hash: Buffer;
  maker_id: string;
  built_in: BuiltInRole | null;
  permissions: Permission[];
  policies: Partial<WorkspacePolicies>;
}

/**
 * Which tokens of directories are good: those whose makers may still set up provisioning. A directory acts for the
 * workspace and for no member of it, and does nothing that the maker could not do.
 */
@Injectable()
export class ScimTokenDirectory {
  private readonly known = new Map<string, { token: LiveScimToken | null; at: number }>();
  private readonly noted = new Map<string, number>();

  constructor(
    private readonly database: SystemDatabase,
    private readonly clock: Clock,
    private readonly beside: Beside,
  ) {}

  /** Null when it never was, was revoked, or its maker has left or lost that right. */
  async find(id: string): Promise<LiveScimToken | null> {
    const known = this.known.get(id);
    if (known && this.clock.millis() - known.at < BELIEVED_MS) return known.token;
    return (await this.lookUp([id])).get(id) ?? null;
  }

  /** The same for many tokens, always fresh. */
  async lookUp(ids: readonly string[]): Promise<Map<string, LiveScimToken>> {
    const rows = await this.database.query<Row>(
      `SELECT t.id, t.workspace_id, t.secret_hash, t.created_by AS maker_id, r.built_in, r.permissions, w.policies
         FROM scim_tokens t JOIN workspaces w ON w.workspace_id = t.workspace_id
         JOIN memberships m ON m.workspace_id = t.workspace_id AND m.user_id = t.created_by AND m.ended_at IS NULL
         JOIN roles r ON r.workspace_id = m.workspace_id AND r.id = m.role_id
        WHERE t.id = ANY ($1)`,
      [ids],
    );
    const tokens = new Map(
      rows
        .filter((row) => (row.built_in ? ROLE_PERMISSIONS[row.built_in] : row.permissions).includes('sso:write'))
        .map((row) => [row.id, { actor: directoryActor(row), secretHash: row.secret_hash }]),
    );
    const at = this.clock.millis();
    if (this.known.size > REMEMBERED) this.known.clear();
    for (const id of ids) this.known.set(id, { token: tokens.get(id) ?? null, at });
    return tokens;
  }

  /** Writes down, beside the request, that a token was used; once a minute at most. */
  note(id: string): void {
    const now = this.clock.now();
    if (now.getTime() - (this.noted.get(id) ?? -Infinity) < NOTED_EVERY_MS) return;
    if (this.noted.size > REMEMBERED) this.noted.clear();
    this.noted.set(id, now.getTime());
    this.beside.run('noting the use of a SCIM token', () =>
      this.database.query(
        'UPDATE scim_tokens SET last_used_at = $2 WHERE id = $1 AND (last_used_at IS NULL OR last_used_at < $2)',
        [id, now],
      ),
    );
  }

  /** What was known of a token is no longer true. */
  forget(id: string): void {
    this.known.delete(id);
  }
}

function directoryActor(row: Row): Actor {
  const { allowedNetworks: networks } = { ...DEFAULT_POLICIES, ...row.policies };
  return {
    type: 'system',
    id: `scim:${row.id}`,
    userId: null,
    boundBy: row.maker_id,
    workspaceId: row.workspace_id,
    credential: { kind: 'scim_token', id: row.id },
    permissions: new Set(),
    scopes: EVERYTHING,
    teamIds: [],
    ...(networks.length > 0 ? { networks } : {}),
  };
}
