import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { Injectable } from '@nestjs/common';
import { type Actor } from '../../../platform/access';
import { type ReadTx, UnitOfWork } from '../../../platform/work';
import { AuditQueries, type EntryRow } from '../audit.queries';
import { AuditReaders } from '../audit-readers';
import { entryLine, fileHead } from '../entry-lines';
import { Cuts } from '../retention';
import type { Stand } from './export.ledger';
import type { ExportRow } from './exports.queries';

/** Entries written at once. */
const PAGE = 1_000;
/** Places of the log looked at in one step, however few of them match: so long nobody is asked whether it may go on. */
const WINDOW = 20_000;

const pack = promisify(gzip);

/** One step of a file: how far it has come with it, and the piece to add. */
export interface ExportPage {
  stand: Stand;
  piece: Buffer | null;
}

/** Reads the log for a file, step by step. */
@Injectable()
export class ExportPages {
  constructor(
    private readonly work: UnitOfWork,
    private readonly log: AuditQueries,
    private readonly readers: AuditReaders,
    private readonly cuts: Cuts,
  ) {}

  /** The next step; null when the maker may not read the log any more. */
  async next(actor: Actor, row: ExportRow, stand: Stand): Promise<ExportPage | null> {
    const last = Math.min(stand.position + WINDOW, Number(row.until));
    const page = await this.work.read(actor, async (tx) => {
      if ((await this.readers.holding(tx, 'audit:read', [row.created_by])).length === 0) return null;
      const rows = await this.rows(tx, row, stand.position, last);
      return { rows, opened: await this.log.opened(tx, rows), cut: await this.cuts.newest(tx) };
    });
    if (!page) return null;
    const { rows, opened, cut } = page;
    const head = stand.chunks === 0 ? fileHead(row.format, cut) : '';
    const text = head + rows.map((each, at) => entryLine(row.format, each, opened[at])).join('');
    const position = rows.length === PAGE ? Number(rows.at(-1)?.seq ?? last) : last;
    // A file of nothing is a file too: its last step leaves a piece even so.
    const piece = text !== '' || (stand.chunks === 0 && position >= Number(row.until)) ? await pack(text) : null;
    return {
      piece,
      stand: {
        position,
        entries: stand.entries + rows.length,
        bytes: stand.bytes + Buffer.byteLength(text),
        chunks: stand.chunks + (piece ? 1 : 0),
      },
    };
  }

  private async rows(tx: ReadTx, { filters }: ExportRow, after: number, until: number): Promise<EntryRow[]> {
    if (Object.keys(filters).length > 0) return this.log.matching(tx, filters, { after, until, limit: PAGE });
    // Everything: one look by number. What was cut off is passed over.
    return (await this.log.after(tx, after, PAGE)).filter(({ seq }) => Number(seq) <= until);
  }
}
