import { Injectable, Logger } from '@nestjs/common';
import type { EnterAck, StateMessage, SubscribeRefusal } from '@threadline/contracts';
import { Clock } from '../../platform/clock';
import { ConversationsQueries } from './conversations.queries';
import { LiveLimits } from './live.limits';
import { PresenceBoard } from './presence.board';
import { readEnter, readTyping } from './requests.rules';
import type { Screen } from './screen';
import { rooms } from './socket.types';

/** The rooms of single conversations: who is there, and who types. Nothing of it is stored. */
@Injectable()
export class ConversationRooms {
  private readonly log = new Logger('live');

  constructor(
    private readonly conversations: ConversationsQueries,
    private readonly presence: PresenceBoard,
    private readonly limits: LiveLimits,
    private readonly clock: Clock,
  ) {}

  /** Lets a screen in; who is there follows the answer. Entering twice is no error. */
  async enter(screen: Screen, raw: unknown, answer: (answer: EnterAck | SubscribeRefusal) => void): Promise<void> {
    const read = readEnter(raw);
    if (!read.ok) return answer(read.refusal);
    const { conversationId } = read.request;
    if (!screen.conversations.has(conversationId)) {
      const refused = await this.refusal(screen, conversationId);
      if (refused) return answer(refused);
      if (!screen.connected) return;
      // Two requests to enter may have been checked at the same time.
      if (!screen.conversations.has(conversationId)) this.admit(screen, conversationId);
    }
    answer({ type: 'ack' });
    this.presence.show(screen, conversationId);
  }

  leave(screen: Screen, raw: unknown): void {
    const read = readEnter(raw);
    if (read.ok) this.leaveRoom(screen, read.request.conversationId);
  }

  /** Tells the others in the room; what is said of a room that was not entered is ignored. */
  typing(screen: Screen, raw: unknown): void {
    const read = readTyping(raw);
    if (!read.ok || !screen.conversations.has(read.request.conversationId)) return;
    const { conversationId, typing } = read.request;
    screen.conversations.set(conversationId, typing);
    this.tellTyping(screen, conversationId, typing);
  }

  /** Leaves the rooms of conversations that the screen's person may not see any longer. */
  async checkAll(screen: Screen): Promise<void> {
    for (const conversationId of [...screen.conversations.keys()]) {
      if (!(await this.conversations.exists(screen.actor, conversationId))) this.leaveRoom(screen, conversationId);
    }
  }

  /** The screen has gone. */
  leaveAll(screen: Screen): void {
    for (const conversationId of [...screen.conversations.keys()]) this.leaveRoom(screen, conversationId);
  }

  private async refusal(screen: Screen, conversationId: string): Promise<SubscribeRefusal | undefined> {
    if (screen.actor.type !== 'user') {
      return { type: 'error', code: 'forbidden', detail: 'Only people are present in conversations.' };
    }
    if (screen.conversations.size >= this.limits.roomsPerScreen) {
      return { type: 'error', code: 'invalid_input', detail: 'Leave another conversation first.' };
    }
    try {
      if (await this.conversations.exists(screen.actor, conversationId)) return undefined;
      return { type: 'error', code: 'invalid_input', detail: 'There is no such conversation.' };
    } catch (error) {
      this.log.warn(`a conversation could not be looked up: ${error instanceof Error ? error.message : 'unknown'}`);
      return { type: 'error', code: 'not_ready', detail: 'The conversation cannot be looked up at the moment.' };
    }
  }

  private admit(screen: Screen, conversationId: string): void {
    screen.conversations.set(conversationId, false);
    void screen.socket.join(rooms.conversation(screen.actor.workspaceId, conversationId));
    this.presence.enter(screen.actor, conversationId);
  }

  private leaveRoom(screen: Screen, conversationId: string): void {
    const typing = screen.conversations.get(conversationId);
    if (typing === undefined) return;
    if (typing) this.tellTyping(screen, conversationId, false);
    screen.conversations.delete(conversationId);
    void screen.socket.leave(rooms.conversation(screen.actor.workspaceId, conversationId));
    this.presence.leave(screen.actor, conversationId);
  }

  /** To everybody there but the person who types, on other nodes too; lost where it cannot be sent at once. */
  private tellTyping({ socket, actor }: Screen, conversationId: string, typing: boolean): void {
    const { workspaceId, id, name } = actor;
    const message: StateMessage<'typing'> = {
      type: 'typing',
      timestamp: this.clock.now().toISOString(),
      data: { conversationId, userId: id, name: name ?? '', typing },
    };
    socket.volatile
      .to(rooms.conversation(workspaceId, conversationId))
      .except(rooms.user(workspaceId, id))
      .emit('typing', message);
  }
}
