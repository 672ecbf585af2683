import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { type BareEvent, type Envelope, isEnvelope, type LogService } from '@threadline/contracts';
import { Clock } from '../../platform/clock';
import { changesRoleOf } from '../../modules/reach';
import { hearsAll } from './lanes';
import { LiveCounters } from './live.counters';
import { LiveReach } from './live-reach';
import { LiveLimits } from './live.limits';
import { logMessage } from './outlet';
import { ReplayReader } from './replay.reader';
import type { Screen } from './screen';
import type { WorkspaceStream } from './workspace-stream';

/** How long a screen whose node is ahead of this one waits for this one to follow, in ms. */
const AHEAD_PATIENCE = 2_000;
const LOOK_AGAIN = 5;

/** How a replay ended: all was sent and the screen hears what follows; or it cannot be had; or the screen has gone. */
export type ReplayEnd = { kind: 'joined'; seq: number; replayed: number } | { kind: 'too old' } | { kind: 'gone' };

/** Sends one screen everything it missed, in order, and lets it into the rooms in the moment nothing is missing. */
@Injectable()
export class Replay {
  constructor(
    private readonly reader: ReplayReader,
    private readonly limits: LiveLimits,
    private readonly counters: LiveCounters,
    private readonly clock: Clock,
    private readonly reach: LiveReach,
  ) {}

  /** @throws when the log cannot be read */
  async run(
    screen: Screen,
    stream: WorkspaceStream,
    services: readonly LogService[],
    lastSeq: number,
  ): Promise<ReplayEnd> {
    if (!(await this.isWithin(stream, lastSeq))) return { kind: 'too old' };
    // Live messages from before would run ahead of what is sent now.
    stream.leave(screen);
    screen.replays += 1;
    try {
      return await this.catchUp(screen, stream, services, lastSeq);
    } finally {
      void this.settle(screen);
    }
  }

  private async catchUp(
    screen: Screen,
    stream: WorkspaceStream,
    services: readonly LogService[],
    lastSeq: number,
  ): Promise<ReplayEnd> {
    let at = lastSeq;
    for (;;) {
      if (!screen.connected) return { kind: 'gone' };
      const rest = stream.after(at);
      if (rest) {
        if (changesRole(rest, screen)) return { kind: 'too old' };
        // From here to the join nothing is waited for, so no event can come between.
        this.send(screen, services, rest);
        const seq = stream.join(screen, services);
        return { kind: 'joined', seq, replayed: seq - lastSeq };
      }
      const page = await this.page(screen, stream.workspaceId, at);
      const last = page?.at(-1);
      if (!page || !last) return { kind: 'too old' };
      if (!screen.connected) return { kind: 'gone' };
      this.send(screen, services, page);
      at = last.seq;
      await this.drained(screen);
      // What was just read may not have come in here yet.
      await this.follow(stream, at);
    }
  }

  /** The next page as the screen may see it; undefined when it cannot be had, or does not tell what the screen sees now. */
  private async page(screen: Screen, workspaceId: string, at: number): Promise<(Envelope | BareEvent)[] | undefined> {
    const page = await this.reader.page(workspaceId, at);
    if (!page || changesRole(page, screen)) return undefined;
    if (hearsAll(screen)) return page;
    const { events, moved } = (await this.reach.shown(workspaceId, [screen.actor], page))(screen.actor);
    return moved ? undefined : events;
  }

  /** Neither too far behind, nor ahead of the log itself. */
  private async isWithin(stream: WorkspaceStream, lastSeq: number): Promise<boolean> {
    if (lastSeq > stream.position) {
      if (lastSeq > (await this.reader.head(stream.workspaceId))) return false;
      // Another node was faster with these events than this one.
      await this.follow(stream, lastSeq);
    }
    return !stream.isVoidAt(lastSeq) && stream.position - lastSeq <= this.limits.replayEvents;
  }

  private async follow(stream: WorkspaceStream, seq: number): Promise<void> {
    if (!(await stream.reached(seq, AHEAD_PATIENCE))) throw new Error('the log is not being followed');
  }

  private send(screen: Screen, services: readonly LogService[], events: readonly (Envelope | BareEvent)[]): void {
    const timestamp = this.clock.now().toISOString();
    const { permissions, id, workspaceId } = screen.actor;
    const counters = this.counters.of(workspaceId);
    for (let from = 0; from < events.length; from += this.limits.pageSize) {
      const page = events.slice(from, from + this.limits.pageSize);
      for (const service of services) {
        const message = logMessage(service, page, permissions, id, timestamp);
        screen.socket.emit(message.type, message);
        counters.replayed += message.events.filter(isEnvelope).length;
      }
    }
  }

  private async settle(screen: Screen): Promise<void> {
    await this.drained(screen);
    screen.replays -= 1;
  }

  /** Waits until the screen has taken most of what was sent; one that takes nothing any more is cut off. */
  private async drained(screen: Screen): Promise<void> {
    let least = screen.queued;
    let waited = 0;
    while (screen.connected && screen.queued > this.limits.replayQueued) {
      await pause(LOOK_AGAIN);
      waited = screen.queued < least ? 0 : waited + LOOK_AGAIN;
      least = Math.min(least, screen.queued);
      if (waited > this.limits.replayPatience) return screen.cut();
    }
  }
}

/** What the screen's person may see is another matter since: what it shows has to be read anew. */
function changesRole(events: readonly (Envelope | BareEvent)[], { actor }: Screen): boolean {
  return events.some((event) => isEnvelope(event) && changesRoleOf(event, actor.userId));
}
