import { Injectable } from '@nestjs/common';
import type { GroupRole, SsoPreset, SsoProvider } from '@threadline/contracts';
import { Refusal } from '../../../platform/refusal';
import { type SealedColumn, SecretBox } from '../../../platform/secrets';
import type { ReadTx } from '../../../platform/work';

interface ProviderRow {
  id: string;
  name: string;
  preset: SsoPreset;
  issuer: string;
  client_id: string;
  client_secret: string;
  default_role_id: string;
  domains: string[];
  any_domain: boolean;
  groups_claim: string | null;
  group_roles: GroupRole[];
  enabled: boolean;
  decided_by: string | null;
  created_at: Date;
  updated_at: Date;
}

/** A provider together with what it is talked to with; never for an answer. */
export interface ProviderWithSecret extends SsoProvider {
  clientSecret: string;
  /** The member who last decided whose word counts and what it gives; null for nobody that is known. */
  decidedBy: string | null;
}

/** The identity providers of a workspace. */
@Injectable()
export class ProvidersQueries {
  constructor(private readonly secrets: SecretBox) {}

  async list(tx: ReadTx): Promise<SsoProvider[]> {
    const rows = await tx.query<ProviderRow>('SELECT * FROM sso_providers ORDER BY lower(name), id');
    return rows.map(shown);
  }

  /** @throws Refusal `not_found` */
  async one(tx: ReadTx, id: string): Promise<SsoProvider> {
    return shown(await this.row(tx, id));
  }

  /** @throws Refusal `not_found` */
  async withSecret(tx: ReadTx, id: string): Promise<ProviderWithSecret> {
    const row = await this.row(tx, id);
    const clientSecret = this.secrets.open(row.client_secret, sealedAbout(id));
    return { ...shown(row), clientSecret, decidedBy: row.decided_by };
  }

  /** User ids of the owners who keep their password. */
  async breakGlass(tx: ReadTx): Promise<string[]> {
    const rows = await tx.query<{ user_id: string }>(
      `SELECT m.user_id FROM memberships m JOIN roles r ON r.id = m.role_id
        WHERE m.break_glass AND m.ended_at IS NULL AND r.built_in = 'owner' ORDER BY m.user_id`,
    );
    return rows.map((row) => row.user_id);
  }

  private async row(tx: ReadTx, id: string): Promise<ProviderRow> {
    const [row] = await tx.query<ProviderRow>('SELECT * FROM sso_providers WHERE id = $1', [id]);
    if (!row) throw new Refusal('not_found');
    return row;
  }
}

/** What a provider's secret is sealed to. */
export function sealedAbout(providerId: string): string {
  return `sso_provider:${providerId}`;
}

function shown(row: ProviderRow): SsoProvider {
  return {
    id: row.id,
    name: row.name,
    preset: row.preset,
    issuer: row.issuer,
    clientId: row.client_id,
    defaultRoleId: row.default_role_id,
    domains: row.domains,
    anyDomain: row.any_domain,
    groupsClaim: row.groups_claim,
    groupRoles: row.group_roles,
    enabled: row.enabled,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}

/** For the rotation of APP_SECRET. */
export const SEALED_CLIENT_SECRETS: SealedColumn = {
  table: 'sso_providers',
  column: 'client_secret',
  key: ['workspace_id', 'id'],
  about: (row) => sealedAbout(row['id'] ?? ''),
};
