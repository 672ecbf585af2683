import { Injectable } from '@nestjs/common';
import type { Checkpoint } from '@threadline/audit';
import { type CheckpointDelivery, ref } from '@threadline/contracts';
import { Clock } from '../../../platform/clock';
import { SystemDatabase } from '../../../platform/database';
import { Refusal } from '../../../platform/refusal';
import type { ReadTx, Tx } from '../../../platform/work';
import { AccountMails } from '../../account-mail';
import { AuditReaders } from '../audit-readers';
import { Checkpoints } from '../checkpoints.service';

interface DeliveryRow {
  recipients: string[];
  every: 'hour' | 'day';
  mailed_size: string;
  mailed_at: Date | null;
}

const HOUR_MS = 3_600_000;
/** A little less than they say: looking a moment too early must not put it off for a round. */
const PAUSE_MS = { hour: HOUR_MS * 0.95, day: HOUR_MS * 23.5 } as const;

/** Who is mailed checkpoints: where the owner of the database cannot reach them, they are worth something. */
@Injectable()
export class CheckpointDeliveries {
  constructor(
    private readonly database: SystemDatabase,
    private readonly checkpoints: Checkpoints,
    private readonly readers: AuditReaders,
    private readonly mails: AccountMails,
    private readonly clock: Clock,
  ) {}

  async shown(tx: ReadTx): Promise<CheckpointDelivery> {
    const row = await this.row(tx);
    return {
      recipientIds: row?.recipients ?? [],
      every: row?.every ?? 'day',
      mailedAt: row?.mailed_at?.toISOString() ?? null,
    };
  }

  /** Event `checkpoint_delivery.updated`. @throws Refusal `invalid_input` for who may not read the log */
  async set(tx: Tx, wanted: Pick<CheckpointDelivery, 'recipientIds' | 'every'>): Promise<CheckpointDelivery> {
    const { recipientIds, every } = wanted;
    const readers = new Set((await this.readers.holding(tx, 'audit:read', recipientIds)).map(({ id }) => id));
    const errors = recipientIds.flatMap((id, at) =>
      readers.has(id) ? [] : [{ path: `recipientIds.${at}`, message: 'must be a member who may read the audit log' }],
    );
    if (errors.length > 0) throw new Refusal('invalid_input', { errors });
    const { mailedAt: _, ...before } = await this.shown(tx);
    await tx.query(
      `INSERT INTO checkpoint_deliveries (workspace_id, recipients, every) VALUES ($1, $2, $3)
       ON CONFLICT (workspace_id) DO UPDATE SET recipients = $2, every = $3`,
      [tx.workspaceId, recipientIds, every],
    );
    tx.append({
      type: 'checkpoint_delivery.updated',
      subject: { type: 'workspace', id: tx.workspaceId },
      about: [ref('workspace', tx.workspaceId)],
      data: { delivery: { recipientIds, every } },
      before: { ...before },
    });
    return this.shown(tx);
  }

  /** Makes a checkpoint of everything there is now and lets it leave, whenever one was mailed last. */
  async send(tx: Tx): Promise<{ size: number; mailedTo: number; streams: number }> {
    const checkpoint = await this.checkpoints.make(tx);
    const mailedTo = await this.mail(tx, await this.row(tx), checkpoint);
    const [{ streams = 0 } = {}] = await tx.query<{ streams?: number }>(
      `SELECT count(*)::int AS streams FROM audit_streams WHERE checkpoints AND state = 'active' AND deleted_at IS NULL`,
    );
    return { size: checkpoint.size, mailedTo, streams };
  }

  /** Mails the newest checkpoint of a workspace, when it is time for it. */
  async mailDue(tx: Tx): Promise<void> {
    const row = await this.row(tx, true);
    const [newest] = await this.checkpoints.list(tx);
    if (row && newest && newest.size > Number(row.mailed_size) && this.isTime(row)) await this.mail(tx, row, newest);
  }

  /** Workspaces in which a checkpoint waits to be mailed. */
  async due(): Promise<string[]> {
    const now = this.clock.millis();
    const rows = await this.database.query<{ workspace_id: string }>(
      `SELECT d.workspace_id FROM checkpoint_deliveries d
        WHERE d.recipients <> '{}'
          AND (d.mailed_at IS NULL OR d.mailed_at <= CASE d.every WHEN 'hour' THEN $1::timestamptz ELSE $2::timestamptz END)
          AND EXISTS (SELECT 1 FROM audit_checkpoints c WHERE c.workspace_id = d.workspace_id AND c.size > d.mailed_size)
        LIMIT 200`,
      [new Date(now - PAUSE_MS.hour), new Date(now - PAUSE_MS.day)],
    );
    return rows.map(({ workspace_id: id }) => id);
  }

  private isTime({ every, mailed_at: at }: DeliveryRow): boolean {
    return at === null || this.clock.millis() - at.getTime() >= PAUSE_MS[every];
  }

  private async mail(tx: Tx, row: DeliveryRow | undefined, checkpoint: Checkpoint): Promise<number> {
    const readers = await this.readers.holding(tx, 'audit:read', row?.recipients ?? []);
    if (readers.length === 0) return 0;
    const [{ workspace = '' } = {}] = await tx.query<{ workspace?: string }>(
      'SELECT name AS workspace FROM workspaces',
    );
    const { size, at } = checkpoint;
    for (const { name, email } of readers) {
      const told = { workspace, size, at, checkpoint: JSON.stringify(checkpoint) };
      await this.mails.queue(tx, { name, email }, { kind: 'audit_checkpoint', ...told });
    }
    await tx.query('UPDATE checkpoint_deliveries SET mailed_size = $1, mailed_at = $2', [size, tx.now]);
    // No entry of its own: it would make the next checkpoint due, and that the next mail.
    return readers.length;
  }

  private async row(tx: ReadTx, forUpdate = false): Promise<DeliveryRow | undefined> {
    const [row] = await tx.query<DeliveryRow>(
      `SELECT recipients, every, mailed_size, mailed_at FROM checkpoint_deliveries${forUpdate ? ' FOR UPDATE' : ''}`,
    );
    return row;
  }
}
