import { Injectable } from '@nestjs/common';
import { Config } from '../config';

/** The moments of an event's life at which a fault test can cut the power. */
export const CRASH_POINTS = [
  'pre_tx',
  'post_state',
  'pre_commit',
  'post_commit',
  'relay_read',
  'reaction_mid',
  'fan_out',
  'post_claim',
  'post_data',
  'before_handed',
  'hit_stored',
  'webhook_claimed',
  'webhook_answered',
  'export_step',
  'stream_posted',
] as const;
export type CrashPoint = (typeof CRASH_POINTS)[number];

/**
 * Kills this process, without any clean-up, when it comes by the point that CRASH_AT names. For fault tests only.
 * `CRASH_AT=post_commit` crashes at the first pass, `CRASH_AT=post_commit:20` at the twentieth.
 */
@Injectable()
export class CrashPoints {
  private readonly point: string | null;
  private left: number;

  constructor(config: Config) {
    const [point, pass] = config.crashAt?.split(':') ?? [];
    this.point = point ?? null;
    this.left = Number(pass ?? 1);
  }

  /** True when the test wants a crash at this point. */
  armed(point: CrashPoint): boolean {
    return this.point === point;
  }

  pass(point: CrashPoint): void {
    if (this.point !== point) return;
    this.left -= 1;
    if (this.left <= 0) process.kill(process.pid, 'SIGKILL');
  }
}
