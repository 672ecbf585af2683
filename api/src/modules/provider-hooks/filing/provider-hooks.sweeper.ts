import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Subscription } from 'rxjs';
import { Clock } from '../../../platform/clock';
import { Config } from '../../../platform/config';
import { SystemDatabase } from '../../../platform/database';
import { HookWake } from '../intake/hook-wake';
import { ProviderEvents } from './provider-events.service';
import { ProviderHookJobs } from './provider-hooks.processor';

const SWEEP_MS = 5_000;
/** Whoever was woken is at work during this time. */
const GRACE_MS = 5_000;
/** What was told is known again for so long; the least there may be is 72 hours. */
export const KEEP_MS = 30 * 24 * 60 * 60_000;
const FORGET_EVERY = 720;

/** Sees to it that what was told is worked on: at once when it comes in here, by looking where nobody was woken. */
@Injectable()
export class ProviderHooksSweeper implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly log = new Logger('provider hooks');
  private timer?: NodeJS.Timeout;
  private wakes?: Subscription;
  private rounds = 0;

  constructor(
    private readonly events: ProviderEvents,
    private readonly jobs: ProviderHookJobs,
    private readonly wake: HookWake,
    private readonly database: SystemDatabase,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    const works = this.config.roles.has('worker');
    this.wakes = this.wake.workspaces$.subscribe((workspaceId) => {
      if (works) this.process(workspaceId);
      else void this.jobs.add(workspaceId);
    });
    if (!works) return;
    this.timer = setInterval(() => void this.sweep(), SWEEP_MS);
    this.timer.unref();
    void this.sweep();
  }

  onModuleDestroy(): void {
    this.wakes?.unsubscribe();
    clearInterval(this.timer);
  }

  /** Forgets what is older than thirty days and worked on. Answers how many requests that were. */
  async forget(): Promise<number> {
    const rows = await this.database.query(
      `DELETE FROM provider_requests r WHERE r.received_at < $1 AND NOT EXISTS (
         SELECT FROM provider_events e
          WHERE e.workspace_id = r.workspace_id AND e.request_id = r.id AND e.state = 'pending') RETURNING r.id`,
      [new Date(this.clock.millis() - KEEP_MS)],
    );
    return rows.length;
  }

  private async sweep(): Promise<void> {
    try {
      await this.events.drain(GRACE_MS);
      if (this.rounds++ % FORGET_EVERY === 0) await this.forget();
    } catch (error) {
      this.log.warn({ err: error }, 'what providers told could not be looked at');
    }
  }

  private process(workspaceId: string): void {
    this.events.process(workspaceId).catch((error: unknown) => {
      this.log.warn({ err: error, workspaceId }, 'what a provider told could not be taken in hand');
    });
  }
}
