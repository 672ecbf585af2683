import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { v7 } from 'uuid';
import { Config } from '../../../platform/config';
import { CrashPoints } from '../../../platform/crash';
import { Metrics } from '../../../platform/health';
import { Settling } from '../../../platform/work';
import type { RawHit } from '../hit';
import { HitLane } from './hit-lane';
import { HitStore } from './hit-store';
import { IntakeCounters } from './intake.counters';

/** A store that does as it is told. */
class ScriptedStore extends HitStore {
  readonly batches: RawHit[][] = [];
  mode: 'works' | 'fails' | 'holds' | 'refuses-one' = 'works';
  private held: (() => void)[] = [];

  override async insert(hits: readonly RawHit[]): Promise<void> {
    if (this.mode === 'holds') await new Promise<void>((resolve) => this.held.push(resolve));
    if (this.mode === 'fails') throw Object.assign(new Error('the connection is gone'), { code: 'ECONNREFUSED' });
    if (this.mode === 'refuses-one' && hits.some(({ userAgent }) => userAgent === 'poison')) {
      throw Object.assign(new Error('invalid byte sequence'), { code: '22021' });
    }
    this.batches.push([...hits]);
  }

  override answers(): Promise<boolean> {
    return Promise.resolve(this.mode !== 'fails');
  }

  release(): void {
    this.mode = 'works';
    this.held.forEach((go) => go());
    this.held = [];
  }

  get stored(): string[] {
    return this.batches.flat().map(({ id }) => id);
  }
}

describe('the lane', () => {
  let folder: string;
  let store: ScriptedStore;
  let lane: HitLane;
  let counters: IntakeCounters;
  let settling: Settling;
  let told: string[];

  const hitOf = (userAgent = 'Reader'): RawHit => ({
    id: v7(),
    at: 1_795_000_000_000,
    kind: 'open',
    trackingId: 't'.repeat(24),
    method: 'GET',
    userAgent,
    addressPrefix: null,
    network: null,
    signs: 0,
    linkIndex: null,
    link: null,
  });
  const add = (hit: RawHit) => new Promise<string>((resolve) => lane.add(hit, () => resolve(hit.id)));
  const makeLane = () => {
    const config = new Config({ DATABASE_URL: 'postgres://nowhere', APP_SECRET: 'x'.repeat(32), DATA_DIR: folder });
    store = new ScriptedStore(config);
    counters = new IntakeCounters(new Metrics());
    settling = new Settling();
    lane = new HitLane(store, counters, new CrashPoints(config), config, settling);
    told = [];
    lane.onStored((hits) => told.push(...hits.map(({ id }) => id)));
  };

  beforeEach(async () => {
    Logger.overrideLogger(false);
    folder = await mkdtemp(join(tmpdir(), 'lane-'));
    makeLane();
  });
  afterEach(async () => {
    await lane.onApplicationShutdown();
    await rm(folder, { recursive: true, force: true });
    Logger.overrideLogger(true);
  });

  it('gathers the next batch while one commits, and answers nobody before their hit is stored', async () => {
    store.mode = 'holds';
    const answered: string[] = [];
    const first = hitOf();
    const more = Array.from({ length: 5 }, () => hitOf());
    void add(first).then((id) => answered.push(id));
    await wait(20);
    const rest = more.map((hit) => add(hit).then((id) => answered.push(id)));
    await wait(20);
    expect(answered).toEqual([]);
    store.release();
    await Promise.all(rest);
    expect(store.batches.map((batch) => batch.length)).toEqual([1, 5]);
    expect(answered).toHaveLength(6);
    expect(told).toEqual([first, ...more].map(({ id }) => id));
  });

  it('answers from the spool while the database is away, and stores everything once when it is back', async () => {
    const before = await add(hitOf());
    store.mode = 'fails';
    const away = await Promise.all(Array.from({ length: 20 }, () => add(hitOf())));
    const later = await add(hitOf());
    expect(store.stored).toEqual([before]);
    expect(counters.totals).toMatchObject({ stored: 1, spooled: 21, recovered: 0 });
    store.mode = 'works';
    await settling.settle();
    const after = await add(hitOf());
    expect(store.stored).toEqual([before, ...away, later, after]);
    expect(told).toEqual(store.stored);
    expect(counters.totals).toMatchObject({ stored: 2, recovered: 21, dropped: 0 });
  });

  it('comes back by itself', async () => {
    store.mode = 'fails';
    const id = await add(hitOf());
    store.mode = 'works';
    for (let tries = 0; tries < 100 && store.stored.length === 0; tries++) await wait(50);
    expect(store.stored).toEqual([id]);
  });

  it('hands on at start what an earlier life had spooled', async () => {
    store.mode = 'fails';
    const ids = await Promise.all([add(hitOf()), add(hitOf())]);
    await lane.onApplicationShutdown();
    makeLane();
    lane.onApplicationBootstrap();
    await settling.settle();
    expect(store.stored.sort()).toEqual(ids.sort());
    expect(told.sort()).toEqual(ids.sort());
  });

  it('drops the one hit the database cannot hold, and none beside it', async () => {
    store.mode = 'refuses-one';
    const good = [hitOf(), hitOf(), hitOf()];
    const bad = hitOf('poison');
    await Promise.all([...good.slice(0, 2), bad, ...good.slice(2)].map(add));
    expect(store.stored.sort()).toEqual(good.map(({ id }) => id).sort());
    expect(counters.totals).toMatchObject({ stored: 3, spooled: 0, dropped: 1 });
  });

  it('lets hits go unrecorded, and counts them, when more wait than memory should hold', async () => {
    store.mode = 'holds';
    const first = add(hitOf());
    await wait(20);
    const hit = hitOf();
    const waiting = Array.from({ length: 20_000 }, () => new Promise<void>((resolve) => lane.add(hit, resolve)));
    await add(hitOf());
    expect(counters.totals.dropped).toBe(1);
    store.release();
    await Promise.all([first, ...waiting]);
  });
});
