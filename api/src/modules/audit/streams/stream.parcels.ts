import { Injectable } from '@nestjs/common';
import type { Checkpoint } from '@threadline/audit';
import { type Actor } from '../../../platform/access';
import { Config } from '../../../platform/config';
import { type ReadTx, UnitOfWork } from '../../../platform/work';
import { AuditQueries } from '../audit.queries';
import { Checkpoints } from '../checkpoints.service';
import { entryLine } from '../entry-lines';
import type { Parcel } from './stream.post';
import type { StreamRow } from './streams.queries';
import { syslogEntry, syslogNotice } from './syslog.rules';

/** Entries delivered at once. */
const MOST = 100;

/** What comes next on a stream, and where it stands when that was taken. */
export interface NextParcel extends Parcel {
  /** The last entry in it; null for a checkpoint. */
  until: number | null;
  /** The checkpoint in it; null for entries. */
  checkpoint: number | null;
}

/** Makes what is delivered: entries in the order of the log, and each checkpoint after the entries it covers. */
@Injectable()
export class StreamParcels {
  private readonly host: string;

  constructor(
    private readonly work: UnitOfWork,
    private readonly log: AuditQueries,
    private readonly checkpoints: Checkpoints,
    config: Config,
  ) {
    this.host = new URL(config.publicUrl).hostname;
  }

  /** The next one; null when nothing waits. A batch that was begun stays as it was, whatever has come since. */
  next(actor: Actor, stream: StreamRow): Promise<NextParcel | null> {
    return this.work.read(actor, async (tx) => (await this.checkpoint(tx, stream)) ?? (await this.entries(tx, stream)));
  }

  /** Something to see whether a receiver takes it: no entry of the log. */
  test(workspaceId: string, id: string, at: Date): Parcel {
    const body = JSON.stringify({ type: 'audit.test', timestamp: at.toISOString(), data: { workspaceId } });
    return {
      id: `test_${id}_${at.getTime()}`,
      body,
      frames: syslogNotice(this.host, { kind: 'test', at: at.toISOString(), json: body }),
    };
  }

  private async checkpoint(tx: ReadTx, stream: StreamRow): Promise<NextParcel | null> {
    if (!stream.checkpoints || stream.batch_until !== null) return null;
    const reach = stream.entries ? Number(stream.position) : Number.MAX_SAFE_INTEGER;
    const next = await this.checkpoints.after(tx, Number(stream.checkpoint_position), reach);
    return next ? this.ofCheckpoint(stream, next) : null;
  }

  private ofCheckpoint({ id }: StreamRow, checkpoint: Checkpoint): NextParcel {
    const { size, at } = checkpoint;
    return {
      id: `checkpoint_${id}_${size}`,
      body: JSON.stringify({ type: 'audit.checkpoint', timestamp: at, data: checkpoint }),
      frames: syslogNotice(this.host, { kind: 'checkpoint', at, json: JSON.stringify(checkpoint) }),
      until: null,
      checkpoint: size,
    };
  }

  private async entries(tx: ReadTx, stream: StreamRow): Promise<NextParcel | null> {
    if (!stream.entries) return null;
    const after = Number(stream.position);
    const until = stream.batch_until === null ? Number.MAX_SAFE_INTEGER : Number(stream.batch_until);
    const rows = (await this.log.after(tx, after, MOST)).filter(({ seq }) => Number(seq) <= until);
    const opened = await this.log.opened(tx, rows);
    const [first, last] = [opened[0], opened.at(-1)];
    if (!first || !last) return null;
    const lines = rows.map((row, at) => entryLine('jsonl', row, opened[at]).trimEnd());
    const { workspaceId } = tx;
    const told = `{"workspaceId":${JSON.stringify(workspaceId)},"entries":[${lines.join(',')}]}`;
    return {
      id: `entries_${stream.id}_${first.seq}-${last.seq}`,
      body: `{"type":"audit.entries","timestamp":${JSON.stringify(last.occurredAt)},"data":${told}}`,
      frames: Buffer.concat(opened.map((entry, at) => syslogEntry(this.host, entry, lines[at] ?? ''))),
      until: last.seq,
      checkpoint: null,
    };
  }
}
