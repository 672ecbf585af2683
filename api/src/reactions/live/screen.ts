import type { Service, SignedOut } from '@threadline/contracts';
import type { Actor, Credential } from '../../platform/access';
import type { LiveSocket } from './socket.types';
import { viewOf } from './live.table';
import { reachesEverything } from '../../modules/reach';

/** What Engine.IO keeps of a connection: packets that wait for the transport, and what the transport has not sent. */
interface Engine {
  writeBuffer: readonly { data?: unknown; options?: { wsPreEncodedFrame?: readonly Uint8Array[] } }[];
  transport: { socket?: { bufferedAmount: number; terminate(): void } };
}

/** What somebody sees who does not see everything, nobody else sees. */
function narrowViewOf({ permissions, scopes, id }: Actor): string {
  return [viewOf(permissions), scopes.leads, scopes.conversations, id].join(':');
}

/** One connected socket: a person looking. */
export class Screen {
  readonly view: string;
  /** What it is subscribed to. */
  services: ReadonlySet<Service> = new Set();
  /** The conversations whose rooms it is in, and whether it types there. */
  readonly conversations = new Map<string, boolean>();
  /** Replays on their way to it: as long as there is one, much may wait to be sent. */
  replays = 0;
  private overdue = false;
  private waiting = 0;
  private tail: Promise<void> = Promise.resolve();

  constructor(
    readonly socket: LiveSocket,
    readonly actor: Actor,
    readonly credential: Credential,
  ) {
    this.view = reachesEverything(actor) ? viewOf(actor.permissions) : narrowViewOf(actor);
  }

  get connected(): boolean {
    return this.socket.connected;
  }

  /** Runs `work` after what was asked for before; answers false when too much waits already. */
  inTurn(atMost: number, work: () => Promise<void>): boolean {
    if (this.waiting >= atMost) return false;
    this.waiting += 1;
    this.tail = this.tail.then(work).finally(() => (this.waiting -= 1));
    return true;
  }

  /** Says why, and closes. It leaves all rooms at once. */
  end(code: SignedOut['code'], detail: string): void {
    this.socket.emit('signed_out', { code, detail });
    this.socket.disconnect(true);
  }

  /** Closes without waiting for what is still to be sent. */
  cut(): void {
    const { transport } = this.engine;
    if (transport.socket) transport.socket.terminate();
    else this.socket.disconnect(true);
  }

  /** Bytes that wait to be sent. */
  get queued(): number {
    const { writeBuffer, transport } = this.engine;
    let bytes = transport.socket?.bufferedAmount ?? 0;
    for (const { data, options } of writeBuffer) {
      const frame = options?.wsPreEncodedFrame;
      if (frame) for (const part of frame) bytes += part.byteLength;
      else if (typeof data === 'string') bytes += data.length;
    }
    return bytes;
  }

  /** Whether it reads too slowly to be kept: more than `most` waits, or more than `some` at this look and the last. */
  lags(some: number, most: number): boolean {
    const queued = this.replays > 0 ? 0 : this.queued;
    const lags = queued > most || (queued > some && this.overdue);
    this.overdue = queued > some;
    return lags;
  }

  private get engine(): Engine {
    return this.socket.conn as unknown as Engine;
  }
}
