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

/** How long an answer is believed: what is revoked on another node bites here within this time (promise: 5 s). Milliseconds. */
const BELIEVED_MS = 3_000;
const REMEMBERED = 10_000;

interface KeyRow {
  id: string;
  workspace_id: string;
  secret_hash: Buffer;
  granted: Permission[];
  allowed_networks: string[];
  expires_at: Date | null;
  created_by: string;
  second_factor: boolean;
  built_in: BuiltInRole | null;
  permissions: Permission[];
  lead_scope: Scope;
  conversation_scope: Scope;
  team_ids: string[];
  policies: Partial<WorkspacePolicies>;
}

/** A key that is good: on whose behalf it acts, and what it has to prove. */
export interface LiveKey {
  actor: Actor;
  secretHash: Buffer;
  allowedNetworks: readonly string[];
  expiresAt: Date | null;
}

/** Which keys are good, and what their makers may do now. Asked on every request of a key, so answers are kept for moments. */
@Injectable()
export class KeyDirectory {
  private readonly known = new Map<string, { key: LiveKey | null; at: number }>();

  constructor(
    private readonly database: SystemDatabase,
    private readonly clock: Clock,
  ) {}

  /** A key that is good; null when it never was, is revoked or expired, or its maker has left. */
  async find(keyId: string): Promise<LiveKey | null> {
    const known = this.known.get(keyId);
    const at = this.clock.millis();
    if (known && at - known.at < BELIEVED_MS) {
      return known.key?.expiresAt && known.key.expiresAt.getTime() <= at ? null : known.key;
    }
    return (await this.lookUp([keyId])).get(keyId) ?? null;
  }

  /** The same for many keys in one query, always fresh. */
  async lookUp(keyIds: readonly string[]): Promise<Map<string, LiveKey>> {
    const rows = await this.database.query<KeyRow>(
      `SELECT k.id, k.workspace_id, k.secret_hash, k.permissions AS granted, k.allowed_networks, k.expires_at, k.created_by,
              u.second_factor, w.policies, r.built_in, r.permissions, r.lead_scope, r.conversation_scope,
              ARRAY(SELECT t.team_id FROM team_members t
                     WHERE t.workspace_id = k.workspace_id AND t.user_id = k.created_by) AS team_ids
         FROM api_keys k
         JOIN memberships m ON m.workspace_id = k.workspace_id AND m.user_id = k.created_by AND m.ended_at IS NULL
         JOIN roles r ON r.workspace_id = m.workspace_id AND r.id = m.role_id
         JOIN workspaces w ON w.workspace_id = k.workspace_id
         JOIN users u ON u.id = k.created_by
        WHERE k.id = ANY ($1) AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > $2)`,
      [keyIds, this.clock.now()],
    );
    const keys = new Map(rows.map((row) => [row.id, keyOf(row)]));
    const at = this.clock.millis();
    if (this.known.size > REMEMBERED) this.known.clear();
    for (const id of keyIds) this.known.set(id, { key: keys.get(id) ?? null, at });
    return keys;
  }

  /** What was known of a key is no longer true. */
  forget(keyId: string): void {
    this.known.delete(keyId);
  }
}

function keyOf(row: KeyRow): LiveKey {
  const { secondFactorRequired, allowedNetworks: networks } = { ...DEFAULT_POLICIES, ...row.policies };
  // A key is no way around what its maker still has to do.
  const secondFactorMissing = secondFactorRequired && !row.second_factor;
  const held: ReadonlySet<Permission> = new Set(row.built_in ? ROLE_PERMISSIONS[row.built_in] : row.permissions);
  const actor: Actor = {
    type: 'api_key',
    id: row.id,
    userId: row.created_by,
    workspaceId: row.workspace_id,
    credential: { kind: 'api_key', id: row.id },
    teamIds: row.team_ids,
    scopes: { leads: row.lead_scope, conversations: row.conversation_scope },
    permissions: new Set(secondFactorMissing ? [] : row.granted.filter((permission) => held.has(permission))),
    ...(secondFactorMissing ? { secondFactorMissing } : {}),
    ...(networks.length > 0 ? { networks } : {}),
  };
  return { actor, secretHash: row.secret_hash, allowedNetworks: row.allowed_networks, expiresAt: row.expires_at };
}
