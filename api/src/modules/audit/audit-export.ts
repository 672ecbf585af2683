import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { type Actor, Authenticator } from '../../platform/access';
import { Refusal } from '../../platform/refusal';
import { UnitOfWork } from '../../platform/work';
import { AuditQueries } from './audit.queries';
import { entryLine, fileHead } from './entry-lines';
import { Cuts } from './retention';

/** Entries read at once. */
const PAGE = 1_000;

/** The whole log as a stream, in its order: JSONL to verify it offline, CSV to read it. */
@Injectable()
export class AuditExport {
  constructor(
    private readonly work: UnitOfWork,
    private readonly authenticator: Authenticator,
    private readonly queries: AuditQueries,
    private readonly cuts: Cuts,
  ) {}

  async stream(actor: Actor, format: 'csv' | 'jsonl'): Promise<Readable> {
    const size = await this.work.run(actor, async (tx) => {
      const { size: until } = await this.queries.head(tx);
      tx.note({
        action: 'audit.exported',
        outcome: 'allowed',
        targets: [`workspace:${tx.workspaceId}`],
        changes: [{ field: 'format', before: null, after: format }],
      });
      return until;
    });
    return Readable.from(this.lines(actor, format, size));
  }

  private async *lines(actor: Actor, format: 'csv' | 'jsonl', size: number): AsyncGenerator<string> {
    yield fileHead(format, await this.work.read(actor, (tx) => this.cuts.newest(tx)));
    for (let after = 0; after < size;) {
      await this.stillMay(actor);
      const { rows, opened } = await this.work.read(actor, async (tx) => {
        const page = await this.queries.after(tx, after, Math.min(PAGE, size - after));
        return { rows: page, opened: await this.queries.opened(tx, page) };
      });
      if (rows.length === 0) return;
      yield rows.map((row, at) => entryLine(format, row, opened[at])).join('');
      after = Number(rows.at(-1)?.seq ?? size);
    }
  }

  /** A file takes longer than a request: who may no longer read the log gets no further page of it. */
  private async stillMay({ credential }: Actor): Promise<void> {
    if (!credential) return;
    const now = (await this.authenticator.stillGood(credential.kind, [credential.id])).get(credential.id);
    if (!now?.permissions.has('audit:read')) throw new Refusal('session_ended');
  }
}
