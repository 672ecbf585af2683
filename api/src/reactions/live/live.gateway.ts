import { type BeforeApplicationShutdown, UseFilters, UseGuards } from '@nestjs/common';
import {
  Ack,
  ConnectedSocket,
  MessageBody,
  type OnGatewayConnection,
  type OnGatewayDisconnect,
  type OnGatewayInit,
  SubscribeMessage,
  WebSocketGateway,
} from '@nestjs/websockets';
import type { EnterAck, SubscribeRefusal } from '@threadline/contracts';
import { Require } from '../../platform/access';
import { ConversationRooms } from './conversation.rooms';
import { Draining } from './draining';
import { Handshake } from './handshake';
import type { Screen } from './screen';
import { SocketAnswers, SocketDoor } from './socket.door';
import { SocketServer } from './socket.server';
import type { LiveServer, LiveSocket } from './socket.types';
import { type SubscribeAnswer, Subscriptions } from './subscriptions';
import { Visits } from './visits';

type Answer<T> = ((answer: T) => void) | undefined;

/** What screens may say. Everything else they say is ignored. */
@WebSocketGateway({ path: '/socket.io' })
@UseGuards(SocketDoor)
@UseFilters(SocketAnswers)
export class LiveGateway
  implements OnGatewayInit<LiveServer>, OnGatewayConnection, OnGatewayDisconnect, BeforeApplicationShutdown
{
  constructor(
    private readonly server: SocketServer,
    private readonly handshake: Handshake,
    private readonly visits: Visits,
    private readonly subscriptions: Subscriptions,
    private readonly conversations: ConversationRooms,
    private readonly draining: Draining,
  ) {}

  afterInit(server: LiveServer): void {
    this.server.put(server);
    server.use((socket, next) => {
      this.handshake.admit(socket).then(() => next(), next);
    });
  }

  handleConnection(socket: LiveSocket): void {
    this.visits.welcome(socket);
  }

  handleDisconnect(socket: LiveSocket): void {
    const screen: Screen | undefined = socket.data.screen;
    if (!screen) return;
    this.conversations.leaveAll(screen);
    this.visits.farewell(screen);
  }

  /** Which services to send, and from where on. A second one changes the set. */
  @SubscribeMessage('subscribe')
  @Require('known')
  subscribe(
    @ConnectedSocket() socket: LiveSocket,
    @MessageBody() raw: unknown,
    @Ack() answer: Answer<SubscribeAnswer>,
  ): void {
    this.visits.inTurn(socket.data.screen, answer, (reply) =>
      this.subscriptions.subscribe(socket.data.screen, raw, reply),
    );
  }

  /** Into the room of a conversation, for presence and typing. */
  @SubscribeMessage('enter')
  @Require('conversations:read')
  enter(
    @ConnectedSocket() socket: LiveSocket,
    @MessageBody() raw: unknown,
    @Ack() answer: Answer<EnterAck | SubscribeRefusal>,
  ): void {
    this.visits.inTurn(socket.data.screen, answer, (reply) => this.conversations.enter(socket.data.screen, raw, reply));
  }

  @SubscribeMessage('leave')
  @Require('known')
  leave(@ConnectedSocket() socket: LiveSocket, @MessageBody() raw: unknown): void {
    const { screen } = socket.data;
    this.visits.inTurn(screen, undefined, async () => this.conversations.leave(screen, raw));
  }

  @SubscribeMessage('typing')
  @Require('conversations:read')
  typing(@ConnectedSocket() socket: LiveSocket, @MessageBody() raw: unknown): void {
    this.conversations.typing(socket.data.screen, raw);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.draining.run();
  }
}
