import { join } from 'node:path';
import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Config } from '../../../platform/config';
import { Settling } from '../../../platform/work';
import { CrashPoints } from '../../../platform/crash';
import type { RawHit } from '../hit';
import { HitSpool } from './hit-spool';
import { HitStore } from './hit-store';
import { IntakeCounters } from './intake.counters';

/** Hits in one statement: enough for the disk's rhythm, and bounded. */
const BATCH = 1_000;
/** Hits that may wait in memory before more are let go unrecorded. */
const MOST_WAITING = 20_000;
/** How often the database is tried while it is away, in ms. */
const RETRY_MS = 500;

interface Waiting {
  hit: RawHit;
  done: () => void;
}

/** Told of hits right after they were stored. */
export type HitListener = (hits: RawHit[]) => void;

/**
 * Group commit without a timer: while one batch commits, the next gathers, so the disk's own speed sets the size of
 * the batches. Nobody is answered before their hit is on disk: in the database, or in the spool while that is away.
 */
@Injectable()
export class HitLane implements OnApplicationBootstrap, OnApplicationShutdown {
  private waiting: Waiting[] = [];
  private sending: Promise<void> | undefined;
  private recovering: Promise<void> | undefined;
  private away = false;
  private retry: NodeJS.Timeout | undefined;
  private stopped = false;
  private stored: HitListener = () => undefined;
  private readonly spool: HitSpool;
  private readonly log = new Logger('tracking');

  constructor(
    private readonly store: HitStore,
    private readonly counters: IntakeCounters,
    private readonly crash: CrashPoints,
    config: Config,
    settling: Settling,
  ) {
    this.spool = new HitSpool(join(config.dataDir, 'spool'));
    settling.register('tracking-spool', () => this.settle());
  }

  /** Who is told of stored hits. */
  onStored(listener: HitListener): void {
    this.stored = listener;
  }

  /** Takes what an earlier life of this process, or a neighbour that died, left on disk. */
  onApplicationBootstrap(): void {
    this.recover();
  }

  /** `done` is called once the hit is on disk, or was let go because too many wait. */
  add(hit: RawHit, done: () => void): void {
    if (this.waiting.length >= MOST_WAITING || this.stopped) {
      this.counters.dropped('backlog');
      done();
      return;
    }
    this.waiting.push({ hit, done });
    this.begin();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.retry);
    await this.sending;
    await this.recovering;
    await this.spool.close();
    await this.store.close();
  }

  /** After this turn of the event loop, so that what has already arrived on other connections goes along. */
  private begin(): void {
    this.sending ??= new Promise((resolve) => setImmediate(resolve))
      .then(() => this.drain())
      .catch((error: unknown) => this.log.error({ err: error }, 'the lane stumbled'))
      .finally(() => {
        this.sending = undefined;
        if (this.waiting.length > 0) this.begin();
      });
  }

  private async drain(): Promise<void> {
    while (this.waiting.length > 0) {
      const batch = this.waiting.length > BATCH ? this.waiting.splice(0, BATCH) : this.waiting;
      if (batch === this.waiting) this.waiting = [];
      const hits = batch.map(({ hit }) => hit);
      const stored = this.away ? null : await this.insert(hits);
      if (stored === null) await this.putAside(hits);
      else this.counters.stored(stored);
      for (const { done } of batch) done();
      if (stored !== null) this.announce(hits);
    }
  }

  /** Answers how many the database has now; null when it is away, which it then is until it answers again. */
  private async insert(hits: readonly RawHit[]): Promise<number | null> {
    try {
      await this.store.insert(hits);
      return hits.length;
    } catch (error) {
      if (isDataError(error)) return this.insertApart(hits, error);
      this.away = true;
      this.log.warn(`hits go to the spool: ${messageOf(error)}`);
      this.tryLater();
      return null;
    }
  }

  /** One hit that the database cannot hold must not cost the others of its batch. */
  private async insertApart(hits: readonly RawHit[], error: unknown): Promise<number | null> {
    if (hits.length === 1) {
      this.counters.dropped('unstorable');
      this.log.error(`a hit cannot be stored: ${messageOf(error)}`);
      return 0;
    }
    const half = Math.ceil(hits.length / 2);
    const left = await this.insert(hits.slice(0, half));
    const right = await this.insert(hits.slice(half));
    return left === null || right === null ? null : left + right;
  }

  private announce(hits: RawHit[]): void {
    this.crash.pass('hit_stored');
    this.stored(hits);
  }

  private async putAside(hits: RawHit[]): Promise<void> {
    try {
      await this.spool.append(hits);
      this.counters.spooled(hits.length);
    } catch (error) {
      // Neither the database nor the disk takes them. Readers are answered all the same, and the loss is said.
      this.counters.dropped('unstorable', hits.length);
      this.log.error(`${hits.length} hits are lost: ${messageOf(error)}`);
    }
  }

  private tryLater(): void {
    clearTimeout(this.retry);
    if (this.stopped) return;
    this.retry = setTimeout(() => this.recover(), RETRY_MS);
    this.retry.unref();
  }

  private recover(): void {
    this.recovering ??= this.bringBack().finally(() => (this.recovering = undefined));
  }

  /** Everything from the spool into the database; new hits go there directly as soon as it answers. */
  private async bringBack(): Promise<void> {
    if (this.away && !(await this.store.answers())) return this.tryLater();
    this.away = false;
    try {
      for await (const file of this.spool.take()) {
        for (let from = 0; from < file.hits.length; from += BATCH) {
          const hits = file.hits.slice(from, from + BATCH);
          const stored = await this.insert(hits);
          if (stored === null) return;
          this.counters.recovered(stored);
          this.announce(hits);
        }
        if (file.damaged.length > 0) this.log.error(`${file.path} has ${file.damaged.length} damaged lines`);
        await this.spool.done(file);
      }
    } catch (error) {
      this.log.error(`the spool cannot be read: ${messageOf(error)}`);
      this.tryLater();
    }
  }

  private async settle(): Promise<boolean> {
    await this.sending;
    if (await this.spool.isEmpty()) return false;
    this.recover();
    await this.recovering;
    return !this.away;
  }
}

/** SQLSTATE classes 22 and 23: it is the hit, not the database. */
function isDataError(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && /^2[23]/.test(String(error.code));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'unknown';
}
