import type { Envelope, EventPage, LogService, Service, SubscribeRequest } from '@threadline/contracts';
import type { TestScheduler } from 'rxjs/testing';
import { deleted, judged } from './events';
import type { FakeServer, FakeSocket } from './fake.server';

/** Numbers from 0 to 1 that are the same for the same seed. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

interface Follower {
  socket: FakeSocket;
  services: LogService[];
  /** Up to here everything was sent, or lost. */
  sent: number;
  replaying: boolean;
}

/** A server that loses, doubles and delays what it sends, drops its sockets, and now and then is another log. */
export class ChaosServer {
  epoch = 1;
  log: Envelope[] = [];
  /** No more faults. */
  calm = false;
  /** Until when no socket can be had. */
  private blockedUntil = 0;
  private follower: Follower | null = null;
  private heard = 0;

  /** @param retention events it can replay */
  constructor(
    private readonly server: FakeServer,
    private readonly scheduler: TestScheduler,
    private readonly random: () => number,
    private readonly retention: number,
  ) {}

  get head(): number {
    return this.log.length;
  }

  /** One step of a millisecond or more. */
  step(): void {
    if (!this.calm && this.chance(0.002)) this.restore();
    if (!this.calm && this.chance(0.01)) this.server.latest.drop();
    if (!this.calm && this.chance(0.002)) this.blockedUntil = this.scheduler.now() + this.random() * 10_000;
    this.meet();
    if (!this.calm && this.chance(0.3)) this.append(1 + Math.floor(this.random() * 4));
    this.follow();
  }

  heartbeat(): void {
    this.follower?.socket.send('head', { seq: this.head });
  }

  /** GET /api/events, in small pages. */
  read(after: number | null): EventPage {
    const epoch = `epoch ${this.epoch}`;
    if (after === null || after > this.head) return { items: [], lastSeq: this.head, epoch };
    const items = this.log.slice(after, after + 20);
    return { items, lastSeq: after + items.length, epoch };
  }

  private chance(probability: number): boolean {
    return this.random() < probability;
  }

  private append(count: number): void {
    for (let index = 0; index < count; index += 1) {
      const seq = this.head + 1;
      const event = this.chance(0.5) ? deleted(seq) : judged(seq);
      this.log.push({ ...event, workspaceId: `epoch ${this.epoch}` });
    }
  }

  /** A backup is put in place: another log, perhaps shorter. */
  private restore(): void {
    this.epoch += 1;
    this.log = [];
    this.append(1 + Math.floor(this.random() * 100));
    if (this.follower) this.server.latest.drop();
    this.follower = null;
  }

  /** Accepts the latest socket and hears what it asks. */
  private meet(): void {
    const socket = this.server.latest;
    if (socket.closed) {
      this.follower = null;
      return;
    }
    if (!this.calm && this.scheduler.now() < this.blockedUntil) {
      this.follower = null;
      return socket.drop();
    }
    if (this.follower?.socket !== socket) {
      if (!this.calm && this.chance(0.5)) return;
      this.follower = { socket, services: [], sent: this.head, replaying: false };
      this.heard = 0;
      socket.accept();
    }
    for (const asked of socket.asked.slice(this.heard)) {
      this.heard += 1;
      if (asked.name === 'subscribe') this.subscribe(this.follower, asked.request, asked.answer);
    }
  }

  private subscribe(
    follower: Follower,
    { services, lastSeq, epoch }: SubscribeRequest,
    answer: (ack: { type: 'ack'; seq: number; replayed: number; epoch: string }) => void,
  ): void {
    follower.replaying = true;
    this.scheduler.schedule(
      () => {
        if (follower !== this.follower || follower.socket.closed) return;
        const known = epoch === undefined || epoch === `epoch ${this.epoch}`;
        follower.services = services.filter(isLogService);
        const from = lastSeq ?? this.head;
        if (!known || from > this.head || this.head - from > this.retention) {
          follower.socket.send('reset', { epoch: `epoch ${this.epoch}`, seq: this.head });
        } else {
          this.send(follower, from, this.head);
        }
        follower.sent = this.head;
        follower.replaying = false;
        answer({ type: 'ack', seq: this.head, replayed: this.head - from, epoch: `epoch ${this.epoch}` });
      },
      Math.floor(this.random() * 40),
    );
  }

  private follow(): void {
    const { follower } = this;
    if (!follower || follower.replaying || follower.sent === this.head) return;
    this.send(follower, follower.sent, this.head);
    if (!this.calm && this.chance(0.05)) this.send(follower, Math.max(0, follower.sent - 5), this.head);
    follower.sent = this.head;
  }

  private send(follower: Follower, after: number, to: number): void {
    for (const service of follower.services) {
      if (to === after || (!this.calm && this.chance(0.03))) continue;
      const events = this.log.slice(after, to).map((event) => {
        const theirs = service === 'activity' || (service === 'leads') === (event.type === 'lead.deleted');
        return theirs ? event : event.seq;
      });
      follower.socket.log(service, ...events);
    }
  }
}

function isLogService(service: Service): service is LogService {
  return service === 'leads' || service === 'messages' || service === 'activity';
}
