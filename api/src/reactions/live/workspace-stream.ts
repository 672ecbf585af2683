import { Logger } from '@nestjs/common';
import type { BareEvent, Envelope, LogService } from '@threadline/contracts';
import { Outlet } from './outlet';
import type { Screen } from './screen';
import type { StreamTools } from './stream.tools';

/** So many of the newest events are kept for screens that missed little. */
const KEEP = 256;
/** After a fan-out that took t, the next begins t · REST later, so that batches grow with the load. */
const REST = 0.5;
const LONGEST_REST = 250;
/** Fan-outs shorter than this need no rest. Milliseconds. */
const SHORT = 1;

/**
 * One workspace's log on its way to the screens of this process. Events come in as they are committed; what falls
 * into the same turn of the event loop, or into the rest after a long fan-out, goes out as one message per room.
 */
export class WorkspaceStream {
  private readonly outlets = new Map<string, Outlet>();
  /** The newest events, without gaps, the last of them at `position`. */
  private recent: (Envelope | BareEvent)[] = [];
  private voided = 0;
  private immediate?: NodeJS.Immediate;
  private timer?: NodeJS.Timeout;
  private restUntil = 0;
  private readonly log = new Logger('live');
  private readonly arrivals = new Set<{ seq: number; arrived: () => void }>();

  /** @param at the seq after which events will come in */
  constructor(
    readonly workspaceId: string,
    private at: number,
    private readonly tools: StreamTools,
  ) {}

  /** The last seq that came in. */
  get position(): number {
    return this.at;
  }

  /** The next events of the log, in order and without a gap. */
  accept(events: readonly (Envelope | BareEvent)[]): void {
    this.recent.push(...events);
    this.at = events.at(-1)?.seq ?? this.at;
    for (const waiting of this.arrivals) if (waiting.seq <= this.at) waiting.arrived();
    this.sendSoon();
  }

  /** Waits until the log has come so far here; answers false when it has not within `patience` ms. */
  async reached(seq: number, patience: number): Promise<boolean> {
    if (this.at >= seq) return true;
    return new Promise((resolve) => {
      const waiting = { seq, arrived: () => end(true) };
      const timer = setTimeout(() => end(false), patience);
      const end = (arrived: boolean) => {
        clearTimeout(timer);
        this.arrivals.delete(waiting);
        resolve(arrived);
      };
      this.arrivals.add(waiting);
    });
  }

  /** The events after `seq` when all of them are still at hand; undefined when they must be read from the log. */
  after(seq: number): (Envelope | BareEvent)[] | undefined {
    const missing = this.at - seq;
    return missing >= 0 && missing <= this.recent.length ? this.recent.slice(this.recent.length - missing) : undefined;
  }

  /** Whoever stands before this position has to read everything anew: events do not tell what they see now. */
  voidUpTo(seq: number): void {
    this.voided = seq;
  }

  isVoidAt(seq: number): boolean {
    return seq < this.voided;
  }

  /**
   * Puts the screen into exactly these services' rooms. What waits for the rooms it enters is sent to those who are in
   * them first; it hears everything after the answer, and nothing before it.
   */
  join(screen: Screen, services: readonly LogService[]): number {
    if (!screen.connected) return this.at;
    for (const outlet of [...this.outlets.values()]) {
      if (outlet.screens.has(screen) && !services.includes(outlet.service)) this.leaveOutlet(outlet, screen);
    }
    for (const service of services) {
      const outlet = this.outlet(service, screen);
      this.flush(outlet, true);
      if (!outlet.screens.has(screen)) outlet.join(screen);
    }
    return this.at;
  }

  /** Takes the screen out of all rooms of the log. */
  leave(screen: Screen): void {
    for (const outlet of [...this.outlets.values()]) if (outlet.screens.has(screen)) this.leaveOutlet(outlet, screen);
  }

  /** Sends everything that waits, the numbers of unseen events included, so that all are at `position`. */
  flushAll(): void {
    for (const outlet of this.outlets.values()) this.flush(outlet, true);
    this.trim();
  }

  stop(): void {
    clearImmediate(this.immediate);
    clearTimeout(this.timer);
    for (const waiting of this.arrivals) waiting.arrived();
  }

  private sendSoon(): void {
    if (this.immediate || this.timer) return;
    const rest = this.restUntil - performance.now();
    // Not in this turn of the event loop: the request that committed is answered first.
    if (rest <= 0) this.immediate = setImmediate(() => this.send());
    else this.timer = setTimeout(() => this.send(), rest);
  }

  private send(): void {
    this.immediate = undefined;
    this.timer = undefined;
    const begun = performance.now();
    for (const outlet of this.outlets.values()) this.flush(outlet, false);
    this.trim();
    const took = performance.now() - begun;
    this.restUntil = took < SHORT ? 0 : begun + took + Math.min(took * REST, LONGEST_REST);
  }

  private flush(outlet: Outlet, all: boolean): void {
    if (outlet.sent === this.at) return;
    try {
      outlet.take(this.recent.slice(this.recent.length - (this.at - outlet.sent)), all);
    } catch (error) {
      // Screens see the gap and ask again.
      this.log.error({ err: error, workspaceId: this.workspaceId }, 'a message could not be sent to its room');
    }
    this.tools.crash.pass('fan_out');
  }

  private outlet(service: LogService, screen: Screen): Outlet {
    const key = `${service}:${screen.view}`;
    const known = this.outlets.get(key);
    if (known) return known;
    const { permissions } = screen.actor;
    const made = new Outlet(this.workspaceId, service, screen.view, permissions, this.at, this.tools);
    this.outlets.set(key, made);
    return made;
  }

  private leaveOutlet(outlet: Outlet, screen: Screen): void {
    outlet.leave(screen);
    if (outlet.screens.size === 0) this.outlets.delete(`${outlet.service}:${screen.view}`);
  }

  /** Forgets events that everybody was sent, but for the newest. */
  private trim(): void {
    if (this.recent.length <= 2 * KEEP) return;
    const waiting = Math.max(0, ...[...this.outlets.values()].map((outlet) => this.at - outlet.sent));
    this.recent = this.recent.slice(-Math.max(KEEP, waiting));
  }
}
