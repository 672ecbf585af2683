import { Logger } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { RateLimiterRedis } from 'rate-limiter-flexible';
import type { Clock } from '../clock';
import type { MemoryTally } from './memory.tally';
import { type Count, NEVER, Tally } from './tally';

/** Longer than this no request waits for a count. Milliseconds. */
const PATIENCE_MS = 200;
/** After a failure nobody asks Redis for so long, so that one that hangs is waited for once and not by everybody. */
const REST_MS = 5_000;

/**
 * Counts that all nodes share. While Redis hangs or is away this process counts by itself: a limit that is off by the
 * number of nodes is better than a door that nobody gets through.
 */
export class RedisTally extends Tally {
  private readonly log = new Logger('limits');
  private readonly shared: RateLimiterRedis;
  private restsUntil = 0;

  constructor(
    redis: Redis,
    private readonly own: MemoryTally,
    private readonly clock: Clock,
  ) {
    super();
    // It only counts here, what the limits are is decided above; a number that nobody reaches.
    this.shared = new RateLimiterRedis({
      storeClient: redis,
      keyPrefix: 'threadline-limits',
      points: Number.MAX_SAFE_INTEGER,
      duration: 60,
      rejectIfRedisNotReady: true,
    });
  }

  override add(key: string, windowMs: number): Promise<Count> {
    return this.ask(
      async () => countOf(await this.shared.penalty(key, 1, { customDuration: seconds(windowMs) })),
      () => this.own.add(key, windowMs),
    );
  }

  override look(key: string): Promise<Count> {
    return this.ask(
      async () => countOf(await this.shared.get(key)),
      () => this.own.look(key),
    );
  }

  override put(key: string, count: number, forMs: number): Promise<void> {
    return this.ask(
      async () => void (await this.shared.set(key, count, seconds(forMs))),
      () => this.own.put(key, count, forMs),
    );
  }

  override drop(key: string): Promise<void> {
    return this.ask(
      async () => void (await this.shared.delete(key)),
      () => this.own.drop(key),
    );
  }

  private async ask<T>(shared: () => Promise<T>, own: () => T): Promise<T> {
    if (this.clock.millis() < this.restsUntil) return own();
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('no answer in time')), PATIENCE_MS);
    });
    try {
      return await Promise.race([shared(), patience]);
    } catch (error) {
      this.restsUntil = this.clock.millis() + REST_MS;
      this.log.warn(`Redis does not count, this node does: ${error instanceof Error ? error.message : 'unknown'}`);
      return own();
    } finally {
      clearTimeout(timer);
    }
  }
}

function countOf(answer: { consumedPoints?: number; msBeforeNext?: number } | null): Count {
  return answer ? { count: answer.consumedPoints ?? 0, resetsIn: Math.max(0, answer.msBeforeNext ?? 0) } : NEVER;
}

/** Redis forgets by whole seconds here. */
function seconds(ms: number): number {
  return Math.max(1, Math.ceil(ms / 1_000));
}
