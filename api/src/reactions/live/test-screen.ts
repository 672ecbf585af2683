import type { AddressInfo } from 'node:net';
import {
  type BareEvent,
  type Envelope,
  isEnvelope,
  LOG_MESSAGES,
  type LogMessage,
  type LogService,
  type ServerMessages,
  type SubscribeAck,
  type SubscribeRefusal,
  type SubscribeRequest,
} from '@threadline/contracts';
import { io, type Socket } from 'socket.io-client';
import { v7 } from 'uuid';
import type { Person, TestApp } from '../../../test';
import { systemActor } from '../../platform/access';
import { UnitOfWork } from '../../platform/work';

export interface Heard {
  name: string;
  message: unknown;
}

/** Where this node listens; a second node of one installation has the first one's public address. */
export function addressOf(app: TestApp): string {
  const { port } = app.nest.getHttpServer().address() as AddressInfo;
  return `http://127.0.0.1:${port}`;
}

/** Somebody's open socket, and everything it was sent, in order. */
export class TestScreen {
  readonly heard: Heard[] = [];
  /** The last seq of each message that has one. */
  private readonly places = new Map<string, number>();
  private readonly waiting = new Set<() => void>();

  private constructor(readonly socket: Socket) {
    socket.onAny((name: string, message: unknown) => this.hear(name, message));
    socket.on('disconnect', (reason) => this.hear('disconnect', reason));
  }

  /** @throws the handshake's error, with the server's `data` */
  static open(app: TestApp, token: string, headers: Record<string, string> = {}): Promise<TestScreen> {
    const socket = io(addressOf(app), {
      path: '/socket.io',
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
      auth: { token },
      extraHeaders: headers,
    });
    const screen = new TestScreen(socket);
    return new Promise((resolve, reject) => {
      socket.once('connect', () => resolve(screen));
      socket.once('connect_error', (error) => {
        socket.disconnect();
        reject(error);
      });
    });
  }

  close(): void {
    this.socket.disconnect();
  }

  ask<T>(name: string, ...request: unknown[]): Promise<T> {
    return this.socket.timeout(10_000).emitWithAck(name, ...request) as Promise<T>;
  }

  /** @throws when it is refused */
  async subscribe(request: Partial<SubscribeRequest> & Pick<SubscribeRequest, 'services'>): Promise<SubscribeAck> {
    const answer = await this.ask<SubscribeAck | SubscribeRefusal>('subscribe', { version: 1, ...request });
    if (answer.type === 'error') throw new Error(`${answer.code}: ${answer.detail}`);
    return answer;
  }

  messages<M extends keyof ServerMessages>(name: M): ServerMessages[M][] {
    return this.heard.filter((each) => each.name === name).map((each) => each.message as ServerMessages[M]);
  }

  /** Everything a service sent, in the order it came. */
  events(service: LogService): (Envelope | BareEvent)[] {
    return this.messages(LOG_MESSAGES[service]).flatMap((message) => (message as LogMessage).events);
  }

  seqs(service: LogService): number[] {
    return this.events(service).map((event) => event.seq);
  }

  envelopes(service: LogService): Envelope[] {
    return this.events(service).filter(isEnvelope);
  }

  /** Waits until `holds`; looks again at everything that comes in. */
  async until(holds: () => boolean, what = String(holds)): Promise<void> {
    if (holds()) return;
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => {
        this.waiting.delete(look);
        reject(new Error(`Never came to pass: ${what}; heard ${JSON.stringify(this.heard.slice(-3)).slice(0, 500)}`));
      }, 20_000);
      const look = () => {
        if (!holds()) return;
        clearTimeout(timer);
        this.waiting.delete(look);
        resolve();
      };
      this.waiting.add(look);
    });
  }

  /** Waits until a service has sent the event with this seq. */
  reached(service: LogService, seq: number): Promise<void> {
    return this.until(() => (this.places.get(LOG_MESSAGES[service]) ?? 0) >= seq, `${service} reaches ${seq}`);
  }

  ended(): Promise<void> {
    return this.until(() => !this.socket.connected, 'the socket is closed');
  }

  private hear(name: string, message: unknown): void {
    this.heard.push({ name, message });
    const { seq } = Object(message) as { seq?: number };
    if (seq !== undefined) this.places.set(name, seq);
    for (const look of [...this.waiting]) look();
  }
}

/** Writes events of somebody's workspace into the log, one commit each. Answers the last seq. */
export async function happens(app: TestApp, person: Person, kinds: readonly Kind[]): Promise<number> {
  let seq = 0;
  for (const kind of kinds) seq = await happensAtOnce(app, person, [kind]);
  return seq;
}

/** What can be made to happen; `endOf` a session is the event alone. */
export type Kind = 'lead' | 'draft' | 'rename' | { leadNamed: string } | { endOf: string; userId: string };

/** The same in one commit. */
export async function happensAtOnce(app: TestApp, person: Person, kinds: readonly Kind[]): Promise<number> {
  const events = await app.get(UnitOfWork).run(systemActor(person.workspaceId, 'test'), async (tx) =>
    kinds.map((kind) => {
      const id = v7();
      if (typeof kind === 'object' && 'endOf' in kind) {
        return tx.append({
          type: 'session.ended',
          subject: { type: 'session', id: kind.endOf },
          about: [`session:${kind.endOf}`],
          data: { sessionId: kind.endOf, userId: kind.userId, reason: 'revoked' },
        });
      }
      if (kind === 'lead' || typeof kind === 'object') {
        return tx.append({
          type: 'lead.deleted',
          subject: { type: 'lead', id },
          about: [`lead:${id}`],
          data: { leadId: id, name: typeof kind === 'object' ? kind.leadNamed : `Lead ${id}` },
        });
      }
      switch (kind) {
        case 'draft':
          return tx.append({
            type: 'draft.saved',
            subject: { type: 'draft', id },
            about: [`lead:${id}`],
            data: { leadId: id, channel: 'email', revision: 1, clientId: null },
          });
        case 'rename':
          return tx.append({
            type: 'workspace.renamed',
            subject: { type: 'workspace', id: person.workspaceId },
            about: [`workspace:${person.workspaceId}`],
            data: { name: `Workspace ${id}` },
            before: { name: 'Workspace' },
          });
      }
    }),
  );
  return events.at(-1)?.seq ?? 0;
}

/** from, from + 1, … to. */
export function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
}
