import { Injectable } from '@nestjs/common';
import { API_KEY_PREFIX, type ApiKey, type Permission } from '@threadline/contracts';
import { Refusal } from '../../platform/refusal';
import { beginningOf } from '../../platform/secrets';
import type { ReadTx } from '../../platform/work';

interface ApiKeyRow {
  id: string;
  name: string;
  permissions: Permission[];
  created_by: string;
  maker: string;
  created_at: Date;
  expires_at: Date | null;
  last_used_at: Date | null;
  last_used_ip: string | null;
  allowed_networks: string[];
  exposed_at: Date | null;
  revoked_at: Date | null;
}

/** How much of a key is shown to recognise it by. */
const SHOWN = API_KEY_PREFIX.length + 12;

/** The keys of a workspace, as people see them. */
@Injectable()
export class ApiKeysQueries {
  /** The newest first, revoked ones too. */
  list(tx: ReadTx): Promise<ApiKey[]> {
    return this.where(tx, 'true', []);
  }

  /** @throws Refusal `not_found` */
  async one(tx: ReadTx, id: string): Promise<ApiKey> {
    const [key] = await this.where(tx, 'k.id = $1', [id]);
    if (!key) throw new Refusal('not_found');
    return key;
  }

  private async where(tx: ReadTx, condition: string, parameters: unknown[]): Promise<ApiKey[]> {
    const rows = await tx.query<ApiKeyRow>(
      `SELECT k.id, k.name, k.permissions, k.created_by, u.name AS maker, k.created_at, k.expires_at, k.last_used_at,
              k.last_used_ip, k.allowed_networks, k.exposed_at, k.revoked_at
         FROM api_keys k JOIN workspace_people u ON u.workspace_id = k.workspace_id AND u.user_id = k.created_by
        WHERE ${condition} ORDER BY k.id DESC`,
      parameters,
    );
    return rows.map(apiKeyOf);
  }
}

function apiKeyOf(row: ApiKeyRow): ApiKey {
  return {
    id: row.id,
    name: row.name,
    prefix: beginningOf(API_KEY_PREFIX, row.id).slice(0, SHOWN),
    permissions: row.permissions,
    createdBy: { id: row.created_by, name: row.maker },
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at?.toISOString() ?? null,
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
    lastUsedIp: row.last_used_ip,
    allowedNetworks: row.allowed_networks,
    exposedAt: row.exposed_at?.toISOString() ?? null,
    revokedAt: row.revoked_at?.toISOString() ?? null,
  };
}
