import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Envelope } from '@threadline/contracts';
import { systemActor } from '../../platform/access';
import { databaseRefusal } from '../../platform/database';
import { Broadcast, type Followed, LogRelay } from '../../platform/relay';
import { UnitOfWork } from '../../platform/work';
import { DashboardQueries } from './dashboard.queries';
import { COUNTED_EVENTS } from './effects.rules';
import { RollUpProgress } from './roll-up-progress';

/** Screens of a workspace hear of its numbers at most this often, in ms; the last state always comes through. */
const PUBLISH_EVERY = 250;
/** When they could not be read, they are read again after so many ms. */
const RETRY_AFTER = 1_000;
/** How often workspaces are looked for that nobody watches any more, in ms. */
const TIDY_EVERY = 30_000;

const COUNTED: ReadonlySet<string> = new Set(COUNTED_EVENTS);

/** A workspace whose numbers are on somebody's screen, on this process. */
interface Watched {
  followed: Followed;
  /** The last event that the screens' numbers must contain. */
  target: number;
  running: boolean;
  /** What was last sent, to send only what has changed. */
  sent: string | null;
  /** Joined since the last tidying: not given up yet, whoever listens. */
  fresh: boolean;
}

/**
 * Tells screens their numbers. Each process that holds screens follows the log of their workspaces; when something
 * that counts has happened it waits until the roll-ups contain it, whichever process counts them, reads once for the
 * whole workspace and publishes.
 */
@Injectable()
export class StatsPublisher implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log = new Logger('analytics');
  private readonly watched = new Map<string, Watched>();
  private readonly runs = new Set<Promise<void>>();
  private readonly stopping = new AbortController();
  private timer?: NodeJS.Timeout;

  constructor(
    private readonly broadcast: Broadcast,
    private readonly relay: LogRelay,
    private readonly progress: RollUpProgress,
    private readonly dashboard: DashboardQueries,
    private readonly work: UnitOfWork,
  ) {}

  onApplicationBootstrap(): void {
    // The read comes after the watch began: what is counted in between is published.
    this.broadcast.onJoin('stats', async (actor) => {
      await this.watch(actor.workspaceId);
      return { stats: await this.work.read(actor, (tx) => this.dashboard.stats(tx)) };
    });
    this.broadcast.onJoin('analytics', async (actor) => {
      await this.watch(actor.workspaceId);
      return { asOf: await this.progress.position(actor.workspaceId) };
    });
    this.timer = setInterval(() => this.tidy(), TIDY_EVERY);
    this.timer.unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    this.stopping.abort();
    for (const { followed } of this.watched.values()) followed.stop();
    this.watched.clear();
    await Promise.all(this.runs);
  }

  private async watch(workspaceId: string): Promise<void> {
    const known = this.watched.get(workspaceId);
    if (known) {
      known.fresh = true;
      return;
    }
    const from = await this.progress.position(workspaceId);
    if (this.stopping.signal.aborted || this.watched.has(workspaceId)) return;
    const followed = this.relay.follow(workspaceId, from, (events) => this.heard(workspaceId, events));
    this.watched.set(workspaceId, { followed, target: from, running: false, sent: null, fresh: true });
  }

  private heard(workspaceId: string, events: readonly Envelope[]): void {
    const watched = this.watched.get(workspaceId);
    const last = events.findLast((event) => COUNTED.has(event.type));
    if (!watched || !last) return;
    watched.target = last.seq;
    if (watched.running) return;
    watched.running = true;
    const run = this.keepUp(workspaceId, watched).finally(() => {
      watched.running = false;
      this.runs.delete(run);
    });
    this.runs.add(run);
  }

  private async keepUp(workspaceId: string, watched: Watched): Promise<void> {
    const { signal } = this.stopping;
    for (let told = -1; told < watched.target && !signal.aborted;) {
      const { target } = watched;
      const done = await this.tell(workspaceId, watched, target);
      if (done) told = target;
      await pause(done ? PUBLISH_EVERY : RETRY_AFTER, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  /** Answers false when it could not be done now and is to be tried again. */
  private async tell(workspaceId: string, watched: Watched, target: number): Promise<boolean> {
    try {
      await this.progress.reach(workspaceId, target, this.stopping.signal);
      if (!this.stopping.signal.aborted) await this.publish(workspaceId, watched);
      return true;
    } catch (error) {
      if (databaseRefusal(error)) this.log.warn('the numbers wait for the database');
      else this.log.error({ err: error, workspaceId }, 'the numbers were not published and are tried again');
      return false;
    }
  }

  private async publish(workspaceId: string, watched: Watched): Promise<void> {
    const actor = systemActor(workspaceId, 'analytics');
    const totals = await this.work.read(actor, (tx) => this.dashboard.totals(tx, { from: null, to: null }));
    const { asOf, ...numbers } = totals;
    const state = JSON.stringify(numbers);
    if (state === watched.sent) return;
    watched.sent = state;
    const stats = this.dashboard.statsOf(totals);
    this.broadcast.publish({ workspaceId, service: 'stats', type: 'stats_updated', data: { stats } });
    this.broadcast.publish({ workspaceId, service: 'analytics', type: 'analytics_updated', data: { asOf } });
  }

  private tidy(): void {
    for (const [workspaceId, watched] of this.watched) {
      const listening = (['stats', 'analytics'] as const).some((service) =>
        this.broadcast.hasListeners(workspaceId, service),
      );
      if (listening || watched.fresh) {
        watched.fresh = false;
        continue;
      }
      watched.followed.stop();
      this.watched.delete(workspaceId);
    }
  }
}
