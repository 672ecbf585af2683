import { randomUUID } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { type Actor, systemActor } from '../../../platform/access';
import { CrashPoints } from '../../../platform/crash';
import { UnitOfWork } from '../../../platform/work';
import { ExportEnds } from './export-ends';
import { ExportLedger } from './export.ledger';
import { ExportPages } from './export-pages';
import { type ExportRef, type ExportRow } from './exports.queries';
import { ExportProgress } from './export.progress';

/** When a step did not work, it is tried again after so many ms. */
const AGAIN_MS = 5_000;

/** Makes the files: a page of the log, a piece of the file, one commit, and on. */
@Injectable()
export class ExportBuilder {
  private readonly logger = new Logger('audit exports');
  private readonly running = new Map<string, Promise<void>>();
  private open = true;

  constructor(
    private readonly work: UnitOfWork,
    private readonly ledger: ExportLedger,
    private readonly pages: ExportPages,
    private readonly ends: ExportEnds,
    private readonly progress: ExportProgress,
    private readonly crash: CrashPoints,
  ) {}

  /** Makes one file, or goes on with it. Resolves when it is made, given up, or somebody else has it. */
  build(ref: ExportRef): Promise<void> {
    const running = this.running.get(ref.id);
    if (running) return running;
    if (!this.open) return Promise.resolve();
    const done = this.make(ref).finally(() => this.running.delete(ref.id));
    this.running.set(ref.id, done);
    return done;
  }

  /** Waits for what is being made here. Answers whether there was anything. */
  async finished(): Promise<boolean> {
    const some = this.running.size > 0;
    await Promise.allSettled(this.running.values());
    return some;
  }

  /** Begins nothing more, and lets go of what is in hand after the step that is being made. */
  async close(): Promise<void> {
    this.open = false;
    await this.finished();
  }

  private async make({ workspaceId, id }: ExportRef): Promise<void> {
    const actor = systemActor(workspaceId, 'audit');
    const token = randomUUID();
    const row = await this.work.run(actor, (tx) => this.ledger.claim(tx, id, token));
    if (!row) return;
    // Processes may die of it as well as stumble.
    if (this.ledger.isPoison(row)) return this.ends.stumbled(actor, row, token, null);
    try {
      await this.write(actor, row, token);
    } catch (error) {
      this.logger.warn({ err: error, workspaceId, exportId: id }, 'a step of an export could not be made');
      await this.ends.stumbled(actor, row, token, error, AGAIN_MS);
    }
  }

  private async write(actor: Actor, row: ExportRow, token: string): Promise<void> {
    const total = Number(row.until);
    const tell = this.progress.teller(actor.workspaceId, row);
    let stand = this.ledger.standOf(row);
    tell(stand.position);
    while (stand.position < total || stand.chunks === 0) {
      if (!this.open) return this.ends.letGo(actor, row, token);
      const page = await this.pages.next(actor, row, stand);
      if (!page) return this.ends.lostRight(actor, row, token);
      const kept = await this.work.run(actor, (tx) => this.ledger.add(tx, row.id, token, page.stand, page.piece));
      if (!kept) return tell(stand.position, true);
      this.crash.pass('export_step');
      stand = page.stand;
      tell(stand.position);
    }
    await this.ends.done(actor, row, token, stand);
    tell(total, true);
  }
}
