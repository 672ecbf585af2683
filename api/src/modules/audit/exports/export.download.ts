import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { Injectable } from '@nestjs/common';
import { ref } from '@threadline/contracts';
import { type Actor, Authenticator } from '../../../platform/access';
import { Refusal } from '../../../platform/refusal';
import { UnitOfWork } from '../../../platform/work';
import { type ExportRow, ExportsQueries } from './exports.queries';

const unpack = promisify(gunzip);

/** A file on its way to who may have it. */
export interface ExportFile {
  name: string;
  format: 'csv' | 'jsonl';
  bytes: number;
  content: Readable;
}

/** Hands files out, piece by piece; taking one leaves an entry. */
@Injectable()
export class ExportDownload {
  constructor(
    private readonly work: UnitOfWork,
    private readonly queries: ExportsQueries,
    private readonly authenticator: Authenticator,
  ) {}

  /** @throws Refusal `not_found` for who it is not meant for, and when it is not there any more */
  async open(actor: Actor, id: string): Promise<ExportFile> {
    const row = await this.work.run(actor, async (tx) => {
      const found = await this.queries.downloadable(tx, id);
      tx.note({
        action: 'audit_export.downloaded',
        outcome: 'allowed',
        targets: [ref('audit_export', id)],
        changes: [{ field: 'entries', before: null, after: Number(found.entries) }],
      });
      return found;
    });
    const day = row.created_at.toISOString().slice(0, 10);
    return {
      name: `audit-${day}-${id.slice(-6)}.${row.format}`,
      format: row.format,
      bytes: Number(row.bytes),
      content: Readable.from(this.pieces(actor, row), { objectMode: false }),
    };
  }

  private async *pieces(actor: Actor, row: ExportRow): AsyncGenerator<Buffer> {
    for (let number = 0; number < row.chunks; number += 1) {
      await this.stillMay(actor);
      const piece = await this.work.read(actor, (tx) => this.queries.chunk(tx, row.id, number));
      if (!piece) throw new Refusal('not_found');
      const bytes = await unpack(piece);
      if (bytes.length > 0) yield bytes;
    }
  }

  /** A file takes longer than a request: who may no longer read the log gets no further piece of it. */
  private async stillMay({ credential }: Actor): Promise<void> {
    if (!credential) return;
    const now = (await this.authenticator.stillGood(credential.kind, [credential.id])).get(credential.id);
    if (!now?.permissions.has('audit:read')) throw new Refusal('session_ended');
  }
}
