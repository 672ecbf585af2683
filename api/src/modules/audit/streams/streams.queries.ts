import { Injectable } from '@nestjs/common';
import type { AuditStream, AuditStreamKind, AuditStreamSettings } from '@threadline/contracts';
import { Clock } from '../../../platform/clock';
import { SystemDatabase } from '../../../platform/database';
import { Refusal } from '../../../platform/refusal';
import type { SealedColumn } from '../../../platform/secrets';
import type { ReadTx } from '../../../platform/work';

export interface StreamRow {
  id: string;
  name: string;
  kind: AuditStreamKind;
  url: string | null;
  host: string | null;
  port: number | null;
  tls: boolean;
  certificate: string | null;
  /** Sealed. */
  secret: string | null;
  entries: boolean;
  checkpoints: boolean;
  state: AuditStream['state'];
  created_at: Date;
  position: string;
  checkpoint_position: string;
  batch_until: string | null;
  failures: number;
  failing_since: Date | null;
  last_error: string | null;
  last_error_at: Date | null;
  last_delivered_at: Date | null;
  next_at: Date;
  size: string;
}

export interface StreamRef {
  workspaceId: string;
  id: string;
}

/** What a secret is sealed for. */
export function sealedAbout(id: string): string {
  return `audit-stream:${id}`;
}

/** For the rotation of APP_SECRET. */
export const SEALED_STREAM_SECRETS: SealedColumn = {
  table: 'audit_streams',
  column: 'secret',
  key: ['workspace_id', 'id'],
  about: (row) => sealedAbout(row['id'] ?? ''),
};

const SELECT = `SELECT s.*, coalesce(h.size, 0) AS size FROM audit_streams s
  LEFT JOIN audit_heads h ON h.workspace_id = s.workspace_id WHERE s.deleted_at IS NULL`;

/** Reads of the streams. */
@Injectable()
export class StreamsQueries {
  constructor(
    private readonly database: SystemDatabase,
    private readonly clock: Clock,
  ) {}

  async list(tx: ReadTx): Promise<AuditStream[]> {
    return (await tx.query<StreamRow>(`${SELECT} ORDER BY s.created_at, s.id`)).map(shown);
  }

  /** @throws Refusal `not_found` */
  async one(tx: ReadTx, id: string): Promise<AuditStream> {
    return shown(await this.row(tx, id));
  }

  /** @throws Refusal `not_found` */
  async row(tx: ReadTx, id: string, forUpdate = false): Promise<StreamRow> {
    const lock = forUpdate ? ' FOR UPDATE OF s' : '';
    const [row] = await tx.query<StreamRow>(`${SELECT} AND s.id = $1${lock}`, [id]);
    if (!row) throw new Refusal('not_found');
    return row;
  }

  /** In all workspaces: streams that have something to deliver, and nobody has in hand. */
  async due(): Promise<StreamRef[]> {
    const rows = await this.database.query<{ workspace_id: string; id: string }>(
      `SELECT s.workspace_id, s.id FROM audit_streams s
         JOIN audit_heads h ON h.workspace_id = s.workspace_id
         LEFT JOIN LATERAL (SELECT size FROM audit_checkpoints c WHERE c.workspace_id = s.workspace_id
                             ORDER BY size DESC LIMIT 1) c ON true
        WHERE s.state = 'active' AND s.deleted_at IS NULL AND s.next_at <= $1
          AND (s.entries AND h.size > s.position OR s.checkpoints AND c.size > s.checkpoint_position)
        ORDER BY s.next_at LIMIT 200`,
      [this.clock.now()],
    );
    return rows.map(({ workspace_id: workspaceId, id }) => ({ workspaceId, id }));
  }
}

/** What a stream is set to, for its events. */
export function settingsOf({
  id,
  name,
  kind,
  url,
  host,
  port,
  tls,
  entries,
  checkpoints,
  state,
}: AuditStreamSettings): AuditStreamSettings {
  return { id, name, kind, url, host, port, tls, entries, checkpoints, state };
}

function shown(row: StreamRow): AuditStream {
  const waiting = row.state === 'active' && row.failures > 0;
  return {
    ...settingsOf(row),
    certificate: row.certificate,
    createdAt: row.created_at.toISOString(),
    position: Number(row.position),
    lag: row.entries ? Math.max(0, Number(row.size) - Number(row.position)) : 0,
    lastDeliveredAt: row.last_delivered_at?.toISOString() ?? null,
    failures: row.failures,
    lastError: row.last_error,
    lastErrorAt: row.last_error_at?.toISOString() ?? null,
    nextAt: waiting ? row.next_at.toISOString() : null,
  };
}
