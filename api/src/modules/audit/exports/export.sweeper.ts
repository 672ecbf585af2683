import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Subscription } from 'rxjs';
import { systemActor } from '../../../platform/access';
import { Config } from '../../../platform/config';
import { UnitOfWork } from '../../../platform/work';
import { ExportBuilder } from './export.builder';
import { ExportJobs } from './export.processor';
import { ExportsQueries } from './exports.queries';
import { AuditExports } from './exports.service';

const SWEEP_MS = 5_000;

/** Sees to it that files are made, by whichever process, and removed when their time is over. */
@Injectable()
export class ExportSweeper implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly log = new Logger('audit exports');
  private sweeping?: NodeJS.Timeout;
  private wakes?: Subscription;

  constructor(
    private readonly queries: ExportsQueries,
    private readonly exports: AuditExports,
    private readonly builder: ExportBuilder,
    private readonly jobs: ExportJobs,
    private readonly work: UnitOfWork,
    private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    this.wakes = this.exports.due$.subscribe((ref) => void this.jobs.add(ref));
    if (!this.config.roles.has('worker')) return;
    this.sweeping = setInterval(() => void this.sweep(), SWEEP_MS);
    this.sweeping.unref();
  }

  onModuleDestroy(): void {
    this.wakes?.unsubscribe();
    clearInterval(this.sweeping);
  }

  /** Makes everything that is due, and waits for it. Answers whether there was anything. */
  async drain(): Promise<boolean> {
    const due = await this.queries.due();
    await Promise.all(due.map((ref) => this.builder.build(ref)));
    const busy = await this.builder.finished();
    return (await this.expire()) || busy || due.length > 0;
  }

  private async sweep(): Promise<void> {
    try {
      // One after the other: what was lost is caught up with, and does not take the place of what is asked for now.
      for (const ref of await this.queries.due()) await this.builder.build(ref);
      await this.expire();
    } catch (error) {
      this.log.warn({ err: error }, 'the ledger of exports could not be looked at');
    }
  }

  private async expire(): Promise<boolean> {
    const over = await this.queries.expired();
    for (const { workspaceId, id } of over) {
      await this.work.run(systemActor(workspaceId, 'audit'), (tx) => this.exports.expire(tx, id));
    }
    return over.length > 0;
  }
}
