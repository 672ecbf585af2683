import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { type Envelope, HEARTBEAT_MS } from '@threadline/contracts';
import { EventReader } from '../../platform/log';
import { type Followed, LogRelay } from '../../platform/relay';
import type { Screen } from './screen';
import { rooms } from './socket.types';
import { StreamTools } from './stream.tools';
import { WorkspaceStream } from './workspace-stream';

/** When the log could not be read, so long until the next try. */
const RETRY_MS = 1_000;

interface Held {
  opening: Promise<WorkspaceStream>;
  stream?: WorkspaceStream;
  followed?: Followed;
  again?: NodeJS.Timeout;
  holders: number;
}

/** The streams of all workspaces that have screens here: opened with the first, closed with the last. */
@Injectable()
export class Streams implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly held = new Map<string, Held>();
  private readonly log = new Logger('live');
  private timer?: NodeJS.Timeout;

  constructor(
    private readonly relay: LogRelay,
    private readonly reader: EventReader,
    private readonly tools: StreamTools,
  ) {}

  get size(): number {
    return this.held.size;
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.beat(), HEARTBEAT_MS);
    this.timer.unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
    for (const held of this.held.values()) close(held);
    this.held.clear();
  }

  /** A screen of this workspace is here, until it is forgotten. */
  hold(workspaceId: string): void {
    const held = this.held.get(workspaceId);
    if (held) held.holders += 1;
    else this.open(workspaceId, 1);
  }

  forget(screen: Screen): void {
    const { workspaceId } = screen.actor;
    const held = this.held.get(workspaceId);
    if (!held) return;
    held.stream?.leave(screen);
    held.holders -= 1;
    if (held.holders > 0) return;
    this.held.delete(workspaceId);
    close(held);
  }

  /**
   * The stream of a workspace that is held.
   * @throws when the log cannot be read; it is tried again every second.
   */
  of(workspaceId: string): Promise<WorkspaceStream> {
    const held = this.held.get(workspaceId);
    if (!held) throw new Error('The stream of this workspace is not held');
    return held.opening;
  }

  /** Tells every screen the head of its log; before that, whatever waited for its room is sent. */
  beat(): void {
    for (const [workspaceId, { stream }] of this.held) {
      if (!stream) continue;
      stream.flushAll();
      this.tools.server.io.local.to(rooms.workspace(workspaceId)).emit('head', { seq: stream.position });
    }
  }

  private open(workspaceId: string, holders: number): void {
    const opening = this.reader.head(workspaceId).then((head) => this.follow(held, workspaceId, head));
    const held: Held = { holders, opening };
    held.opening.catch((error: unknown) => {
      this.log.warn(`a workspace's log could not be opened: ${error instanceof Error ? error.message : 'unknown'}`);
      held.again = setTimeout(() => this.open(workspaceId, held.holders), RETRY_MS);
    });
    this.held.set(workspaceId, held);
  }

  private follow(held: Held, workspaceId: string, head: number): WorkspaceStream {
    const stream = new WorkspaceStream(workspaceId, head, this.tools);
    held.stream = stream;
    if (this.held.get(workspaceId) === held) {
      held.followed = this.relay.follow(workspaceId, head, (events) => this.pass(stream, events));
    }
    return stream;
  }

  /** Whatever goes wrong here is not the concern of the request whose commit is being handed over. */
  private pass(stream: WorkspaceStream, events: Envelope[]): void {
    try {
      stream.accept(events);
    } catch (error) {
      this.log.error({ err: error, workspaceId: stream.workspaceId }, 'events could not be handed to screens');
    }
  }
}

function close(held: Held): void {
  clearTimeout(held.again);
  held.followed?.stop();
  held.stream?.stop();
}
