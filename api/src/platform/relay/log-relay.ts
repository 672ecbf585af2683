import { Injectable, Logger, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { Envelope, EventType } from '@threadline/contracts';
import { type Observable, Subject } from 'rxjs';
import { CrashPoints } from '../crash';
import { EventReader } from '../log';
import { Follower } from './follower';
import { WakeUp } from './wake-up';

/** The belt: how often followed workspaces are looked at in case a wake-up was lost, in ms. */
const POLL_MS = 250;

/** A workspace's log has grown: by events of these types, or, when another node said so, by whatever there is. */
export interface Growth {
  workspaceId: string;
  types: readonly EventType[] | null;
}

/** A workspace's log being followed. */
export interface Followed {
  /** The last seq that was delivered. */
  readonly position: number;
  stop(): void;
}

/**
 * Hands the log on inside this process: what was committed here at once, what was committed on other nodes as soon as
 * they say so, and everything by a poll if they cannot.
 */
@Injectable()
export class LogRelay implements OnModuleInit, BeforeApplicationShutdown {
  private readonly followers = new Map<string, Set<Follower>>();
  private readonly moved = new Subject<Growth>();
  private readonly log = new Logger('relay');
  private timer?: NodeJS.Timeout;
  private polling = false;

  /** Workspaces whose log has grown, from wherever. */
  readonly moved$: Observable<Growth> = this.moved.asObservable();

  constructor(
    private readonly reader: EventReader,
    private readonly wakeUp: WakeUp,
    private readonly crash: CrashPoints,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.wakeUp.listen((workspaceId) => {
      for (const follower of this.followers.get(workspaceId) ?? []) follower.poke();
      this.moved.next({ workspaceId, types: null });
    });
    this.timer = setInterval(() => void this.poll(), POLL_MS);
    this.timer.unref();
  }

  /** Called by the unit of work right after a commit, with the events' final numbers. */
  committed(workspaceId: string, events: readonly Envelope[]): void {
    this.crash.pass('relay_read');
    for (const follower of this.followers.get(workspaceId) ?? []) follower.offer(events);
    this.moved.next({ workspaceId, types: events.map(({ type }) => type) });
    this.wakeUp.announce(workspaceId);
  }

  /** Delivers every event after `from`, in order and without gaps, until stopped. */
  follow(workspaceId: string, from: number, deliver: (events: Envelope[]) => void): Followed {
    const follower = new Follower(
      from,
      (after, limit) => this.reader.after(workspaceId, { after, limit }),
      deliver,
      (error) => this.log.warn(`the log could not be read: ${error instanceof Error ? error.message : 'unknown'}`),
    );
    const followers = this.followers.get(workspaceId) ?? new Set();
    this.followers.set(workspaceId, followers.add(follower));
    follower.poke();
    return {
      get position() {
        return follower.position;
      },
      stop: () => {
        follower.stop();
        followers.delete(follower);
        if (followers.size === 0) this.followers.delete(workspaceId);
      },
    };
  }

  /** Before the pools end, which happens at shutdown. */
  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    for (const follower of [...this.followers.values()].flatMap((set) => [...set])) {
      follower.stop();
      await follower.settled();
    }
    await this.wakeUp.close();
  }

  private async poll(): Promise<void> {
    if (this.polling || this.followers.size === 0) return;
    this.polling = true;
    try {
      const heads = await this.reader.heads([...this.followers.keys()]);
      for (const [workspaceId, head] of heads) {
        for (const follower of this.followers.get(workspaceId) ?? []) follower.expect(head);
      }
    } catch (error) {
      this.log.warn(`the log's heads could not be read: ${error instanceof Error ? error.message : 'unknown'}`);
    } finally {
      this.polling = false;
    }
  }
}
