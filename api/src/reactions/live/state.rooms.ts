import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { STATE_MESSAGES, type StateMessage, type StateMessages, type StateService } from '@threadline/contracts';
import type { Subscription } from 'rxjs';
import { Clock } from '../../platform/clock';
import { Broadcast, type StateNews } from '../../platform/relay';
import { PresenceBoard } from './presence.board';
import type { Screen } from './screen';
import { SocketServer } from './socket.server';
import { rooms } from './socket.types';

/** Sends states of the moment to the rooms of their services, and the newest of each to whoever joins. */
@Injectable()
export class StateRooms implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log = new Logger('live');
  private news?: Subscription;

  constructor(
    private readonly broadcast: Broadcast,
    private readonly presence: PresenceBoard,
    private readonly server: SocketServer,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.news = this.broadcast.news$.subscribe((news) => this.send(news));
    this.broadcast.listenersAre((workspaceId, service) => this.hasListeners(workspaceId, service));
  }

  onApplicationShutdown(): void {
    this.news?.unsubscribe();
  }

  /** Puts a screen into exactly these services' rooms; those it was not in before send it their newest state. */
  async join(screen: Screen, services: readonly StateService[], before: ReadonlySet<StateService>): Promise<void> {
    const { workspaceId, id } = screen.actor;
    const names = (service: StateService) => [
      rooms.state(workspaceId, service),
      rooms.ownState(workspaceId, service, id),
    ];
    for (const gone of before) {
      if (!services.includes(gone)) for (const name of names(gone)) void screen.socket.leave(name);
    }
    for (const service of services) void screen.socket.join(names(service));
    const fresh = services.filter((service) => !before.has(service));
    await Promise.all(fresh.map((service) => this.sendNewest(screen, service)));
  }

  private async sendNewest(screen: Screen, service: StateService): Promise<void> {
    if (service === 'presence') return this.presence.show(screen, null);
    try {
      const data = await this.broadcast.newestFor(service, screen.actor);
      if (data) screen.socket.emit(STATE_MESSAGES[service], this.message(STATE_MESSAGES[service], data) as never);
    } catch (error) {
      // The screen is subscribed all the same; the next change brings the state.
      this.log.error({ err: error, service }, 'the newest state could not be had for a screen that joined');
    }
  }

  private send({ workspaceId, service, type, data, userId, everywhere }: StateNews): void {
    const room =
      userId === undefined ? rooms.state(workspaceId, service) : rooms.ownState(workspaceId, service, userId);
    const { io } = this.server;
    const reach = everywhere ? io.to(room) : io.local.to(room);
    reach.emit(type, this.message(type, data) as never);
  }

  private message<T extends keyof StateMessages>(type: T, data: StateMessages[T]): StateMessage<T> {
    return { type, timestamp: this.clock.now().toISOString(), data };
  }

  private hasListeners(workspaceId: string, service: StateService): boolean {
    return this.server.io.sockets.adapter.rooms.has(rooms.state(workspaceId, service));
  }
}
