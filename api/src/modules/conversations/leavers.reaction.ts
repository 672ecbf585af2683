import { Injectable } from '@nestjs/common';
import type { Envelope, EventType } from '@threadline/contracts';
import { Reaction, type ReactsTo, type Tx } from '../../platform/work';
import { MembersQueries } from '../auth';
import { type ConversationChange, ConversationsService } from './conversations.service';

/** So many conversations change hands in one transaction. */
const CHUNK = 200;

/**
 * What was assigned to somebody who is removed goes to whom the removal named, or to nobody; what was assigned to a
 * team that is gone, to no team.
 */
@Reaction('conversations-of-leavers')
@Injectable()
export class ConversationsOfLeavers implements ReactsTo {
  readonly handles: readonly EventType[] = ['member.removed', 'team.deleted'];

  constructor(
    private readonly conversations: ConversationsService,
    private readonly members: MembersQueries,
  ) {}

  async apply(tx: Tx, events: Envelope[]): Promise<void | 'again'> {
    for (const event of events) {
      const more =
        event.type === 'member.removed'
          ? await this.leave(tx, event.data.userId, event.data.reassignedTo)
          : event.type === 'team.deleted' && (await this.move(tx, 'team_id', event.data.teamId, { teamId: null }));
      if (more) return 'again';
    }
  }

  private async leave(tx: Tx, userId: string, to: string | null): Promise<boolean> {
    // Who has come back since keeps what is theirs now.
    if (await this.members.isMember(tx, userId)) return false;
    const stays = to !== null && (await this.members.isMember(tx, to));
    return this.move(tx, 'assignee_id', userId, { assigneeId: stays ? to : null });
  }

  private async move(tx: Tx, column: 'assignee_id' | 'team_id', from: string, change: ConversationChange) {
    const left = await tx.query<{ id: string }>(
      `SELECT c.id FROM conversations c JOIN leads l ON l.id = c.lead_id
        WHERE c.${column} = $1 AND l.deleted_at IS NULL ORDER BY c.id LIMIT $2`,
      [from, CHUNK],
    );
    for (const { id } of left) await this.conversations.change(tx, id, change);
    return left.length === CHUNK;
  }
}
