import { Injectable, Logger } from '@nestjs/common';
import type { ClientNotices, ClientRequests, SubscribeRefusal } from '@threadline/contracts';
import { Allowance } from './allowance';
import { LiveCounters } from './live.counters';
import { LiveLimits } from './live.limits';
import { PresenceBoard } from './presence.board';
import { Screen } from './screen';
import { Screens } from './screens';
import { type LiveSocket, rooms } from './socket.types';
import { Streams } from './streams';

/** Everything that a screen may say. */
const MESSAGES: Record<keyof ClientRequests | keyof ClientNotices, true> = {
  subscribe: true,
  enter: true,
  leave: true,
  typing: true,
};

/** Screens coming and going, and how much they may say. */
@Injectable()
export class Visits {
  private readonly log = new Logger('live');

  constructor(
    private readonly screens: Screens,
    private readonly streams: Streams,
    private readonly presence: PresenceBoard,
    private readonly counters: LiveCounters,
    private readonly limits: LiveLimits,
  ) {}

  /** A socket whose handshake was accepted. */
  welcome(socket: LiveSocket): void {
    const { actor, credential } = socket.data;
    // Handshakes that came together were counted before any of them was in.
    if (this.screens.ofPerson(actor.workspaceId, actor.id).length >= this.limits.screensPerUser) {
      socket.disconnect(true);
      return;
    }
    const screen = new Screen(socket, actor, credential);
    socket.data.screen = screen;
    this.listenWithCare(screen);
    this.screens.add(screen);
    this.counters.of(actor.workspaceId).connected += 1;
    this.streams.hold(actor.workspaceId);
    void socket.join([rooms.workspace(actor.workspaceId), rooms.user(actor.workspaceId, actor.id)]);
    if (actor.type === 'user') this.presence.enter(actor, null);
  }

  farewell(screen: Screen): void {
    this.screens.remove(screen);
    this.streams.forget(screen);
    if (screen.actor.type === 'user') this.presence.leave(screen.actor, null);
  }

  /** One request of a screen after the other. `work` answers once; a screen that asked for no answer gets none. */
  inTurn<T>(
    screen: Screen,
    answer: ((answer: T | SubscribeRefusal) => void) | undefined,
    work: (answer: (answer: T | SubscribeRefusal) => void) => Promise<void>,
  ): void {
    const reply = (given: T | SubscribeRefusal) => answer?.(given);
    const taken = screen.inTurn(this.limits.waitingRequests, async () => {
      try {
        await work(reply);
      } catch (error) {
        this.log.error({ err: error }, 'a request of a screen could not be handled');
        reply({ type: 'error', code: 'not_ready', detail: 'This did not work. Try again.' });
      }
    });
    if (!taken) reply({ type: 'error', code: 'not_ready', detail: 'Wait for the answers to earlier requests.' });
  }

  /** Ignores what nobody may say, and closes on whoever talks without end. */
  private listenWithCare({ socket, actor }: Screen): void {
    const allowance = new Allowance(this.limits.burst, this.limits.perSecond);
    let strange = false;
    socket.use(([name], next) => {
      if (!allowance.take()) {
        this.log.warn({ userId: actor.id }, 'a screen sent too many messages and is closed');
        socket.disconnect(true);
        return;
      }
      if (Object.hasOwn(MESSAGES, name)) return next();
      if (!strange)
        this.log.warn({ userId: actor.id, message: String(name).slice(0, 60) }, 'an unknown message is ignored');
      strange = true;
    });
  }
}
