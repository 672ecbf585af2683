import { Logger } from '@nestjs/common';
import type { Envelope } from '@threadline/contracts';
import type { Actor } from '../../platform/access';
import { reachesEverything, type Shown } from '../../modules/reach';
import type { LiveReach } from './live-reach';
import type { Screen } from './screen';
import type { StreamTools } from './stream.tools';
import { WorkspaceStream } from './workspace-stream';

/** Screens are asked to read everything anew at most so often, in ms. */
const RENEW_EVERY = 1_000;
/** When it cannot be asked who may see what, so long until the next try, in ms. */
const RETRY_MS = 1_000;

/** True for a screen whose person sees everything: it hears the log as it is. */
export function hearsAll(screen: Screen): boolean {
  return reachesEverything(screen.actor);
}

/** The log for the screens of one person who sees only some of the workspace's leads and conversations. */
class Lane {
  readonly screens = new Set<Screen>();
  private timer?: NodeJS.Timeout;
  private renewedAt = -Infinity;

  constructor(
    readonly viewer: Actor,
    readonly stream: WorkspaceStream,
    private readonly reach: LiveReach,
  ) {}

  pass({ events, moved }: Shown): void {
    const fresh = events.filter((event) => event.seq > this.stream.position);
    if (fresh.length === 0) return;
    this.stream.accept(fresh);
    if (!moved) return;
    this.stream.voidUpTo(this.stream.position);
    this.timer ??= setTimeout(() => this.renew(), Math.max(0, this.renewedAt + RENEW_EVERY - performance.now()));
  }

  stop(): void {
    clearTimeout(this.timer);
    this.stream.stop();
  }

  private renew(): void {
    this.timer = undefined;
    this.renewedAt = performance.now();
    this.stream.flushAll();
    void this.reach.renew([...this.screens], this.stream.position);
  }
}

/**
 * The lanes of one workspace: for each person who sees only some of it a stream of their own, in which what they may
 * not see is a bare number. Who may see what is asked once for all lanes and whatever has come in meanwhile; while
 * nobody needs a lane, nothing is asked.
 */
export class Lanes {
  private readonly lanes = new Map<string, Lane>();
  private readonly log = new Logger('live');
  private waiting: Envelope[] = [];
  private asking = false;
  private again?: NodeJS.Timeout;

  constructor(
    private readonly main: WorkspaceStream,
    private readonly tools: StreamTools,
    private readonly reach: LiveReach,
  ) {}

  /** The stream that a screen hears: what comes in from now on. */
  of(screen: Screen): WorkspaceStream {
    const known = this.lanes.get(screen.view);
    const lane =
      known ??
      new Lane(screen.actor, new WorkspaceStream(this.main.workspaceId, this.main.position, this.tools), this.reach);
    this.lanes.set(screen.view, lane);
    lane.screens.add(screen);
    return lane.stream;
  }

  forget(screen: Screen): void {
    const lane = this.lanes.get(screen.view);
    if (!lane) return;
    lane.stream.leave(screen);
    lane.screens.delete(screen);
    if (lane.screens.size > 0) return;
    lane.stop();
    this.lanes.delete(screen.view);
  }

  /** The next events of the log. */
  accept(events: readonly Envelope[]): void {
    if (this.lanes.size === 0) return;
    this.waiting.push(...events);
    void this.pass();
  }

  flushAll(): void {
    for (const lane of this.lanes.values()) lane.stream.flushAll();
  }

  stop(): void {
    clearTimeout(this.again);
    for (const lane of this.lanes.values()) lane.stop();
    this.lanes.clear();
  }

  private async pass(): Promise<void> {
    if (this.asking) return;
    this.asking = true;
    try {
      while (this.waiting.length > 0 && this.lanes.size > 0) {
        const events = [...this.waiting];
        const viewers = [...this.lanes.values()].map((lane) => lane.viewer);
        const shown = await this.reach.shown(this.main.workspaceId, viewers, events);
        this.waiting = this.waiting.slice(events.length);
        // A lane that was opened meanwhile begins after these.
        for (const lane of this.lanes.values()) lane.pass(shown(lane.viewer));
      }
      if (this.lanes.size === 0) this.waiting = [];
    } catch (error) {
      this.log.warn(`it could not be asked who may see what: ${error instanceof Error ? error.message : 'unknown'}`);
      this.again = setTimeout(() => void this.pass(), RETRY_MS);
    } finally {
      this.asking = false;
    }
  }
}
