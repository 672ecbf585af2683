import {
  LOG_MESSAGES,
  type BareEvent,
  type ClientNotices,
  type ClientRequests,
  type Envelope,
  type LogService,
  type ServerMessages,
  type StateMessages,
  type SubscribeRefusal,
  type SubscribeRequest,
} from '@threadline/contracts';
import type { LiveSocket, SocketFactory, SocketTarget } from '../live.socket';
import { whyRefused } from '../live.socket';
import { Dropped } from '../trouble';

type Asked = {
  [R in keyof ClientRequests]: {
    name: R;
    request: ClientRequests[R]['request'];
    answer: (answer: ClientRequests[R]['answer']) => void;
  };
}[keyof ClientRequests];

/** A socket whose other end the spec plays. */
export class FakeSocket implements LiveSocket {
  readonly asked: Asked[] = [];
  readonly said: { name: keyof ClientNotices; notice: unknown; volatile: boolean }[] = [];
  closed = false;
  private readonly listeners = new Map<string, (message: never) => void>();
  private opened: () => void = () => undefined;
  private ended: (why: ReturnType<typeof whyRefused>) => void = () => undefined;

  constructor(readonly target: SocketTarget) {}

  on<M extends keyof ServerMessages>(name: M, heard: (message: ServerMessages[M]) => void): void {
    this.listeners.set(name, heard);
  }
  onOpen(heard: () => void): void {
    this.opened = heard;
  }
  onClosed(heard: (why: ReturnType<typeof whyRefused>) => void): void {
    this.ended = heard;
  }
  ask<R extends keyof ClientRequests>(
    name: R,
    request: ClientRequests[R]['request'],
    answer: (answer: ClientRequests[R]['answer']) => void,
  ): void {
    this.asked.push({ name, request, answer } as Asked);
  }
  say<N extends keyof ClientNotices>(name: N, notice: ClientNotices[N], options?: { volatile: boolean }): void {
    this.said.push({ name, notice, volatile: options?.volatile ?? false });
  }
  open(): void {
    // The spec accepts or refuses.
  }
  close(): void {
    this.closed = true;
  }

  /** What was asked to subscribe to, in order. */
  get subscribed(): SubscribeRequest[] {
    return this.asked.flatMap((asked) => (asked.name === 'subscribe' ? [asked.request] : []));
  }

  accept(): void {
    this.opened();
  }
  refuse(error: unknown): void {
    if (!this.closed) this.ended(whyRefused(error));
  }
  drop(): void {
    if (!this.closed) this.ended(new Dropped('The connection was lost'));
  }
  send<M extends keyof ServerMessages>(name: M, message: ServerMessages[M]): void {
    if (!this.closed) (this.listeners.get(name) as ((message: ServerMessages[M]) => void) | undefined)?.(message);
  }
  /** Numbers stand for bare events. */
  log(service: LogService, ...events: (Envelope | number)[]): void {
    const all = events.map((event): Envelope | BareEvent => (typeof event === 'number' ? { seq: event } : event));
    const type = LOG_MESSAGES[service];
    this.send(type, { type, seq: all.at(-1)?.seq ?? 0, timestamp: TIMESTAMP, events: all });
  }
  state<T extends keyof StateMessages>(type: T, data: StateMessages[T]): void {
    this.send(type, { type, timestamp: TIMESTAMP, data } as ServerMessages[T]);
  }
  /** Answers the latest subscription. */
  ack(seq: number, epoch = 'one'): void {
    this.answerLatest({ type: 'ack', seq, replayed: 0, epoch });
  }
  answerLatest(answer: ClientRequests['subscribe']['answer']): void {
    const asked = this.asked.findLast((each) => each.name === 'subscribe');
    if (asked?.name === 'subscribe') asked.answer(answer);
  }
  refuseLatest(code: SubscribeRefusal['code'], services?: SubscribeRefusal['services']): void {
    this.answerLatest({ type: 'error', code, detail: `Refused: ${code}`, ...(services ? { services } : {}) });
  }
}

/** Hands out fake sockets and remembers them. */
export class FakeServer {
  readonly sockets: FakeSocket[] = [];
  readonly factory: SocketFactory = (target) => {
    const socket = new FakeSocket(target);
    this.sockets.push(socket);
    return socket;
  };

  get latest(): FakeSocket {
    const latest = this.sockets.at(-1);
    if (!latest) throw new Error('No socket was opened');
    return latest;
  }
}

export const TIMESTAMP = '2026-01-05T09:00:00.000Z';
