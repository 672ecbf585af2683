import {
  type BareEvent,
  type Envelope,
  LOG_MESSAGES,
  type LogMessage,
  type LogService,
  isEnvelope,
  type Permission,
} from '@threadline/contracts';
import { onlyFor, shows } from './live.table';
import type { Screen } from './screen';
import { rooms } from './socket.types';
import type { StreamTools } from './stream.tools';

/** So many numbers of events that a room may not see are saved up before they are sent by themselves. */
const MOST_BARE = 100;

/** What a service shows of a stretch of the log, as a message. */
export function logMessage(
  service: LogService,
  events: readonly (Envelope | BareEvent)[],
  permissions: ReadonlySet<Permission>,
  userId: string | null,
  timestamp: string,
): LogMessage {
  const shown = events.map((event): Envelope | BareEvent =>
    isEnvelope(event) && shows(service, event, permissions, userId) ? event : { seq: event.seq },
  );
  return { type: LOG_MESSAGES[service], seq: events.at(-1)?.seq ?? 0, timestamp, events: shown };
}

/**
 * One service of one workspace for all screens that see the same of it. Its messages follow each other without a gap:
 * each begins right after the last seq that was sent here, wherever that was.
 */
export class Outlet {
  readonly screens = new Set<Screen>();
  private readonly room: string;

  /** @param sent everything up to here counts as sent */
  constructor(
    private readonly workspaceId: string,
    readonly service: LogService,
    view: string,
    private readonly permissions: ReadonlySet<Permission>,
    public sent: number,
    private readonly tools: StreamTools,
  ) {
    this.room = rooms.log(workspaceId, service, view);
  }

  join(screen: Screen): void {
    this.screens.add(screen);
    void screen.socket.join(this.room);
  }

  leave(screen: Screen): void {
    this.screens.delete(screen);
    void screen.socket.leave(this.room);
  }

  /**
   * Takes the events that follow `sent`, in order. Sends them when somebody here may see one of them; otherwise they
   * wait for the next message, unless `all` or too many wait.
   */
  take(passed: readonly (Envelope | BareEvent)[], all: boolean): void {
    const last = passed.at(-1);
    if (!last) return;
    const events = passed.filter(isEnvelope);
    const persons = this.personsConcerned(events);
    const wanted = persons.length > 0 || events.some((event) => shows(this.service, event, this.permissions, null));
    if (!wanted && !all && passed.length < MOST_BARE) return;
    this.sent = last.seq;
    this.send(passed, persons);
  }

  private send(events: readonly (Envelope | BareEvent)[], persons: readonly string[]): void {
    const { server, clock } = this.tools;
    const counters = this.tools.counters.of(this.workspaceId);
    const timestamp = clock.now().toISOString();
    const message = (userId: string | null) => logMessage(this.service, events, this.permissions, userId, timestamp);
    const own = [...this.screens].filter((screen) => persons.includes(screen.actor.id));
    for (const screen of own) {
      const theirs = message(screen.actor.id);
      screen.socket.emit(theirs.type, theirs);
      counters.delivered += theirs.events.filter(isEnvelope).length;
    }
    const others = this.screens.size - own.length;
    counters.messages += this.screens.size;
    if (others === 0) return;
    const theirs = message(null);
    const room = server.io.local.to(this.room).except(own.map((screen) => screen.socket.id));
    room.emit(theirs.type, theirs);
    counters.delivered += theirs.events.filter(isEnvelope).length * others;
  }

  /** The people here for whom alone some of the events are. */
  private personsConcerned(events: readonly Envelope[]): string[] {
    const concerned = new Set<string>();
    for (const event of events) {
      const userId = onlyFor(event);
      if (userId !== undefined && shows(this.service, event, this.permissions, userId)) concerned.add(userId);
    }
    if (concerned.size === 0) return [];
    return [...new Set([...this.screens].map((screen) => screen.actor.id))].filter((id) => concerned.has(id));
  }
}
