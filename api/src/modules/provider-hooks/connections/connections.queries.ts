import { Injectable } from '@nestjs/common';
import {
  type Page,
  type Provider,
  type ProviderConnection,
  type ProviderEvent,
  type ProviderEventKind,
  type ProviderEventState,
  type ProviderSettings,
} from '@threadline/contracts';
import { Config } from '../../../platform/config';
import { SystemDatabase } from '../../../platform/database';
import { Cursors } from '../../../platform/http';
import { Refusal } from '../../../platform/refusal';
import { type SealedColumn, SecretBox } from '../../../platform/secrets';
import type { ReadTx } from '../../../platform/work';

interface Row {
  id: string;
  provider: Provider;
  name: string;
  token: string;
  settings: ProviderSettings;
  has_secret: boolean;
  created_at: Date;
  updated_at: Date;
  confirmed_at: Date | null;
  last_denied_at: Date | null;
  last_event_at: Date | null;
  counts: Partial<Record<ProviderEventState, number>>;
}

interface EventRow {
  id: string;
  connection_id: string;
  event_id: string;
  kind: ProviderEventKind;
  happened_at: Date | null;
  received_at: Date;
  state: ProviderEventState;
  message_id: string | null;
  reason: string | null;
}

/** A connection as a call finds it by the end of its address. */
export interface CalledConnection {
  workspaceId: string;
  id: string;
  provider: Provider;
  settings: ProviderSettings;
  secret: string | null;
}

const NONE: Record<ProviderEventState, number> = {
  pending: 0,
  applied: 0,
  noted: 0,
  outdated: 0,
  unmatched: 0,
  unreadable: 0,
  failed: 0,
};

/** Reads of connections and of what came in by them. */
@Injectable()
export class ConnectionsQueries {
  constructor(
    private readonly database: SystemDatabase,
    private readonly secrets: SecretBox,
    private readonly cursors: Cursors,
    private readonly config: Config,
  ) {}

  /** The newest first. */
  async list(tx: ReadTx): Promise<ProviderConnection[]> {
    return (await this.where(tx, 'true', [])).map((row) => this.shown(row));
  }

  /** @throws Refusal `not_found` */
  async one(tx: ReadTx, id: string): Promise<ProviderConnection> {
    const [row] = await this.where(tx, 'c.id = $1', [id]);
    if (!row) throw new Refusal('not_found');
    return this.shown(row);
  }

  /** A page of what came in by a connection, the newest first. @throws Refusal `not_found` */
  async events(
    tx: ReadTx,
    connectionId: string,
    { limit, cursor, state }: { limit: number; cursor?: string; state?: ProviderEventState },
  ): Promise<Page<ProviderEvent>> {
    await this.one(tx, connectionId);
    const name = `provider-events:${connectionId}:${state ?? ''}`;
    const [at, id] = cursor ? this.cursors.open(tx.workspaceId, name, cursor) : [null, null];
    const rows = await tx.query<EventRow>(
      `SELECT id, connection_id, event_id, kind, happened_at, received_at, state, message_id, reason
         FROM provider_events
        WHERE connection_id = $1 AND ($2::text IS NULL OR state = $2)
          AND ($3::timestamptz IS NULL OR (received_at, id) < ($3, $4::uuid))
        ORDER BY received_at DESC, id DESC LIMIT $5`,
      [connectionId, state ?? null, at, id, limit + 1],
    );
    const items = rows.slice(0, limit).map(toEvent);
    const last = rows.length > limit ? items.at(-1) : undefined;
    return { items, nextCursor: last ? this.cursors.seal(tx.workspaceId, name, [last.receivedAt, last.id]) : null };
  }

  /** Whoever is called by the end of this address; undefined for nobody. */
  async called(provider: string, token: string): Promise<CalledConnection | undefined> {
    const [row] = await this.database.query<{
      workspace_id: string;
      id: string;
      provider: Provider;
      settings: ProviderSettings;
      secret: string | null;
    }>(
      `SELECT workspace_id, id, provider, settings, secret FROM provider_connections WHERE token = $1 AND provider = $2`,
      [token, provider],
    );
    if (!row) return undefined;
    const secret = row.secret === null ? null : this.secrets.open(row.secret, sealedAbout(row.id));
    return { workspaceId: row.workspace_id, id: row.id, provider: row.provider, settings: row.settings, secret };
  }

  private where(tx: ReadTx, condition: string, parameters: unknown[]): Promise<Row[]> {
    return tx.query<Row>(
      `SELECT c.id, c.provider, c.name, c.token, c.settings, c.secret IS NOT NULL AS has_secret, c.created_at,
              c.updated_at, c.confirmed_at, c.last_denied_at,
              (SELECT max(e.received_at) FROM provider_events e WHERE e.connection_id = c.id) AS last_event_at,
              coalesce((SELECT jsonb_object_agg(n.state, n.count)
                 FROM (SELECT state, count(*)::int FROM provider_events WHERE connection_id = c.id GROUP BY state) n),
                '{}') AS counts
         FROM provider_connections c WHERE ${condition} ORDER BY c.created_at DESC, c.id DESC`,
      parameters,
    );
  }

  private shown(row: Row): ProviderConnection {
    return {
      id: row.id,
      provider: row.provider,
      name: row.name,
      url: hookUrl(this.config, row.provider, row.token),
      settings: row.settings,
      hasSecret: row.has_secret,
      createdAt: row.created_at.toISOString(),
      updatedAt: row.updated_at.toISOString(),
      confirmedAt: row.confirmed_at?.toISOString() ?? null,
      lastEventAt: row.last_event_at?.toISOString() ?? null,
      lastDeniedAt: row.last_denied_at?.toISOString() ?? null,
      counts: { ...NONE, ...row.counts },
    };
  }
}

/** The address of a connection as the provider calls it, and signs it. */
export function hookUrl(config: Config, provider: Provider, token: string): string {
  return `${config.publicUrl}/api/hooks/${provider}/${token}`;
}

/** What a connection's secret is sealed to. */
export function sealedAbout(connectionId: string): string {
  return `provider_connection:${connectionId}`;
}

function toEvent(row: EventRow): ProviderEvent {
  return {
    id: row.id,
    connectionId: row.connection_id,
    eventId: row.event_id,
    kind: row.kind,
    happenedAt: row.happened_at?.toISOString() ?? null,
    receivedAt: row.received_at.toISOString(),
    state: row.state,
    messageId: row.message_id,
    reason: row.reason,
  };
}

/** For the rotation of APP_SECRET. */
export const SEALED_PROVIDER_SECRETS: SealedColumn = {
  table: 'provider_connections',
  column: 'secret',
  key: ['workspace_id', 'id'],
  about: (row) => sealedAbout(row['id'] ?? ''),
};
