import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { type Envelope, HEARTBEAT_MS } from '@threadline/contracts';
import { EventReader } from '../../platform/log';
import { type Followed, LogRelay } from '../../platform/relay';
import { hearsAll, Lanes } from './lanes';
import { LiveReach } from './live-reach';
import { endingOf } from './live.table';
import type { Screen } from './screen';
import { rooms } from './socket.types';
import { StreamTools } from './stream.tools';
import { WorkspaceStream } from './workspace-stream';

/** When the log could not be read, so long until the next try. */
const RETRY_MS = 1_000;

interface Held {
  opening: Promise<WorkspaceStream>;
  stream?: WorkspaceStream;
  lanes?: Lanes;
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
    private readonly reach: LiveReach,
  ) {}
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
    held.lanes?.forget(screen);
    held.holders -= 1;
    if (held.holders > 0) return;
    this.held.delete(workspaceId);
    close(held);
  }

  /**
   * What a screen of a workspace that is held hears: its stream, or a lane of it for who does not see everything.
   * @throws when the log cannot be read; it is tried again every second.
   */
  async of(screen: Screen): Promise<WorkspaceStream> {
    const held = this.held.get(screen.actor.workspaceId);
    if (!held) throw new Error('The stream of this workspace is not held');
    const stream = await held.opening;
    if (hearsAll(screen)) return stream;
    if (!screen.connected || !held.lanes) throw new Error('The screen has gone');
    return held.lanes.of(screen);
  }

  /** Tells every screen the head of its log; before that, whatever waited for its room is sent. */
  beat(): void {
    for (const [workspaceId, { stream, lanes }] of this.held) {
      if (!stream) continue;
      stream.flushAll();
      lanes?.flushAll();
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
    const lanes = new Lanes(stream, this.tools, this.reach);
    held.lanes = lanes;
    if (this.held.get(workspaceId) === held) {
      held.followed = this.relay.follow(workspaceId, head, (events) => this.pass(stream, lanes, events));
    }
    return stream;
  }

  /** Whatever goes wrong here is not the concern of the request whose commit is being handed over. */
  private pass(stream: WorkspaceStream, lanes: Lanes, events: Envelope[]): void {
    try {
      // Before anything is sent: who lost the right to be here hears nothing more.
      for (const event of events) {
        const ending = endingOf(event);
        if (ending) this.tools.screens.apply(stream.workspaceId, ending);
      }
      stream.accept(events);
      lanes.accept(events);
    } catch (error) {
      this.log.error({ err: error, workspaceId: stream.workspaceId }, 'events could not be handed to screens');
    }
  }
}

function close(held: Held): void {
  clearTimeout(held.again);
  held.followed?.stop();
  held.stream?.stop();
  held.lanes?.stop();
}
