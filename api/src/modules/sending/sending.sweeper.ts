import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import type { Subscription } from 'rxjs';
import { Clock } from '../../platform/clock';
import { Config } from '../../platform/config';
import { SendLedger, SendWake } from '../conversations';
import { Outbox } from './outbox.service';
import { SendingJobs } from './sending.processor';

const SWEEP_MS = 5_000;

/**
 * Sees to it that what is due is sent: at once when this process was told, at the moment a delay ends, and by looking
 * into the ledger every few seconds, so that neither a lost job nor a restart leaves anything behind.
 */
@Injectable()
export class SendingSweeper implements OnApplicationBootstrap, OnModuleDestroy, BeforeApplicationShutdown {
  private readonly log = new Logger('sending');
  private readonly timers = new Map<string, NodeJS.Timeout>();
  private sweeping?: NodeJS.Timeout;
  private wakes?: Subscription;

  constructor(
    private readonly outbox: Outbox,
    private readonly ledger: SendLedger,
    private readonly wake: SendWake,
    private readonly jobs: SendingJobs,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    const works = this.config.roles.has('worker');
    this.wakes = this.wake.due$.subscribe(({ workspaceId, dueAt }) => {
      if (works) this.at(workspaceId, dueAt);
      void this.jobs.add(workspaceId, dueAt);
    });
    if (!works) return;
    this.sweeping = setInterval(() => void this.sweep(), SWEEP_MS);
    this.sweeping.unref();
    void this.begin();
  }

  onModuleDestroy(): void {
    this.wakes?.unsubscribe();
    clearInterval(this.sweeping);
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.outbox.close();
  }

  /** Sends what is due, and sets the timer for what is due before the next look. */
  async sweep(): Promise<void> {
    try {
      for (const workspaceId of await this.ledger.workspacesDue(this.clock.now())) this.deliver(workspaceId);
      const soon = new Date(this.clock.millis() + SWEEP_MS);
      for (const { workspaceId, dueAt } of await this.ledger.dueBefore(soon)) this.at(workspaceId, dueAt);
    } catch (error) {
      this.log.warn({ err: error }, 'the ledger could not be looked at');
    }
  }

  /** With the embedded database there is no other process: what is still claimed, nobody has in hand any more. */
  private async begin(): Promise<void> {
    if (this.config.embedded) {
      try {
        for (const workspaceId of await this.ledger.workspacesClaimed()) await this.outbox.abandon(workspaceId);
      } catch (error) {
        this.log.warn({ err: error }, 'claims of the last run could not be looked at');
      }
    }
    await this.sweep();
  }

  private at(workspaceId: string, dueAt: Date): void {
    const delay = dueAt.getTime() - this.clock.millis();
    if (delay <= 0) return this.deliver(workspaceId);
    const key = `${workspaceId} ${dueAt.getTime()}`;
    if (this.timers.has(key)) return;
    const timer = setTimeout(() => {
      this.timers.delete(key);
      this.deliver(workspaceId);
    }, delay + 1);
    timer.unref();
    this.timers.set(key, timer);
  }

  private deliver(workspaceId: string): void {
    this.outbox.deliver(workspaceId).catch((error: unknown) => {
      this.log.warn({ err: error, workspaceId }, 'messages that are due could not be taken in hand');
    });
  }
}
