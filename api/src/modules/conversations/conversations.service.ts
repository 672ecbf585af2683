import { Injectable } from '@nestjs/common';
import {
  type Channel,
  type Conversation,
  type ConversationStatus,
  type EventActor,
  type Priority,
  ref,
} from '@threadline/contracts';
import { v7 } from 'uuid';
import type { Precondition } from '../../platform/http';
import { Refusal } from '../../platform/refusal';
import type { Tx } from '../../platform/work';
import { MembersQueries } from '../auth';
import { TeamsQueries } from '../people';
import { ConversationsQueries } from './conversations.queries';

export interface ConversationChange {
  status?: ConversationStatus;
  priority?: Priority;
  assigneeId?: string | null;
  teamId?: string | null;
  tags?: string[];
  snoozedUntil?: string | null;
}

/** What a conversation shows of its newest message. */
export interface LastMessage {
  id: string;
  preview: string;
  direction: 'outbound' | 'inbound';
  at: Date;
}

/** Commands on conversations. */
@Injectable()
export class ConversationsService {
  constructor(
    private readonly queries: ConversationsQueries,
    private readonly members: MembersQueries,
    private readonly teams: TeamsQueries,
  ) {}

  /**
   * The lead's conversation on a channel, locked; made when there is none. One that its maker would not see otherwise
   * is assigned to them.
   * @throws Refusal `not_found` when there is one that the actor may not see
   */
  async open(
    tx: Tx,
    leadId: string,
    channel: Channel,
    subject: string | null,
  ): Promise<{ id: string; isNew: boolean }> {
    const select = 'SELECT id FROM conversations WHERE lead_id = $1 AND channel = $2 FOR UPDATE';
    const [known] = await tx.query<{ id: string }>(select, [leadId, channel]);
    if (known) return this.known(tx, known.id);
    const [made] = await tx.query<{ id: string }>(
      `INSERT INTO conversations (workspace_id, id, lead_id, channel, subject, status, priority, created_at, updated_at)
       VALUES ($1, $2, $3, $4, $5, 'open', 'normal', $6, $6)
       ON CONFLICT ON CONSTRAINT conversations_of_lead DO NOTHING RETURNING id`,
      [tx.workspaceId, v7(), leadId, channel, subject, tx.now],
    );
    if (made) {
      if (!(await this.sees(tx, made.id))) {
        await tx.query('UPDATE conversations SET assignee_id = $2 WHERE id = $1', [made.id, tx.actor.userId]);
      }
      return { id: made.id, isNew: true };
    }
    const [other] = await tx.query<{ id: string }>(select, [leadId, channel]);
    if (!other) throw new Refusal('conflict');
    return this.known(tx, other.id);
  }

  private async known(tx: Tx, id: string): Promise<{ id: string; isNew: boolean }> {
    if (!(await this.sees(tx, id))) {
      throw new Refusal('not_found', { detail: 'A colleague has the conversation with this lead.' });
    }
    return { id, isNew: false };
  }

  private async sees(tx: Tx, id: string): Promise<boolean> {
    return tx.actor.scopes.conversations === 'all' || this.queries.isVisible(tx, id);
  }

  /**
   * Shows a new newest message. An inbound one counts as unread; an answer clears the count; either opens a
   * conversation that was resolved or snoozed, and says so. `as`: whose message it is, when not the actor's.
   */
  async show(tx: Tx, id: string, last: LastMessage, as?: EventActor): Promise<Conversation> {
    const before = await this.queries.made(tx, id);
    await tx.query(
      `UPDATE conversations
          SET last_message_id = $2, last_message_preview = $3, last_message_direction = $4, last_message_at = $5,
              unread_count = CASE WHEN $4 = 'inbound' THEN unread_count + 1 ELSE 0 END,
              status = CASE WHEN status IN ('resolved', 'snoozed') OR $4 = 'inbound' THEN 'open' ELSE status END,
              snoozed_until = NULL, updated_at = $6
        WHERE id = $1`,
      [id, last.id, last.preview, last.direction, last.at, tx.now],
    );
    const after = await this.queries.made(tx, id);
    this.reportStatus(tx, before, after, as);
    return after;
  }

  /** Shows whatever is the newest message now, after one was taken back. */
  async showNewest(tx: Tx, id: string, preview: (content: string) => string): Promise<Conversation> {
    const [last] = await tx.query<{ id: string; content: string; direction: string; created_at: Date }>(
      `SELECT id, content, direction, created_at FROM messages
        WHERE conversation_id = $1 AND status <> 'cancelled' ORDER BY created_at DESC, id DESC LIMIT 1`,
      [id],
    );
    await tx.query(
      `UPDATE conversations SET last_message_id = $2, last_message_preview = $3, last_message_direction = $4,
              last_message_at = $5, updated_at = $6 WHERE id = $1`,
      [
        id,
        last?.id ?? null,
        last ? preview(last.content) : null,
        last?.direction ?? null,
        last?.created_at ?? null,
        tx.now,
      ],
    );
    return this.queries.made(tx, id);
  }

  /**
   * Changes what is given and says so: one event for the status, one for the assignee, one for the rest.
   * @throws Refusal `not_found`, `invalid_input`, `precondition_failed`
   */
  async change(
    tx: Tx,
    id: string,
    change: ConversationChange,
    precondition: Precondition | null = null,
  ): Promise<Conversation> {
    await tx.query('SELECT 1 FROM conversations WHERE id = $1 FOR UPDATE', [id]);
    const before = await this.queries.one(tx, id);
    precondition?.check(before);
    const wanted = await this.wanted(tx, before, change);
    await tx.query(
      `UPDATE conversations SET status = $2, priority = $3, assignee_id = $4, team_id = $5, tags = $6,
              snoozed_until = $7, updated_at = $8 WHERE id = $1`,
      [id, wanted.status, wanted.priority, wanted.assigneeId, wanted.teamId, wanted.tags, wanted.snoozedUntil, tx.now],
    );
    const after = await this.queries.made(tx, id);
    this.report(tx, before, after);
    return after;
  }

  /** The member has seen what came in. @throws Refusal `not_found` */
  async markRead(tx: Tx, id: string): Promise<Conversation> {
    await tx.query('SELECT 1 FROM conversations WHERE id = $1 FOR UPDATE', [id]);
    const before = await this.queries.one(tx, id);
    if (before.unreadCount === 0) return before;
    await tx.query('UPDATE conversations SET unread_count = 0, updated_at = $2 WHERE id = $1', [id, tx.now]);
    const after = await this.queries.made(tx, id);
    this.updated(tx, before, after, ['unreadCount']);
    return after;
  }

  private async wanted(tx: Tx, before: Conversation, change: ConversationChange): Promise<Conversation> {
    const wanted: Conversation = { ...before };
    if (change.priority !== undefined) wanted.priority = change.priority;
    if (change.tags !== undefined) wanted.tags = [...new Set(change.tags.map((tag) => tag.trim()))];
    if (change.status !== undefined) wanted.status = change.status;
    if (change.snoozedUntil !== undefined) {
      wanted.snoozedUntil = change.snoozedUntil;
      if (change.status === undefined && change.snoozedUntil !== null) wanted.status = 'snoozed';
    }
    if (wanted.status !== 'snoozed') wanted.snoozedUntil = null;
    if (change.assigneeId !== undefined) wanted.assigneeId = await this.assignee(tx, change.assigneeId);
    if (change.teamId !== undefined) wanted.teamId = await this.team(tx, change.teamId);
    if (wanted.status === 'snoozed' && !wanted.snoozedUntil) throw invalid('snoozedUntil', 'say until when');
    if (wanted.snoozedUntil && new Date(wanted.snoozedUntil) <= tx.now) throw invalid('snoozedUntil', 'must lie ahead');
    return wanted;
  }

  private async assignee(tx: Tx, userId: string | null): Promise<string | null> {
    if (userId !== null && !(await this.members.isMember(tx, userId))) {
      throw invalid('assigneeId', 'there is no such member');
    }
    return userId;
  }

  private async team(tx: Tx, teamId: string | null): Promise<string | null> {
    if (teamId !== null && !(await this.teams.exists(tx, teamId))) throw invalid('teamId', 'there is no such team');
    return teamId;
  }

  private report(tx: Tx, before: Conversation, after: Conversation): void {
    const about = [ref('conversation', after.id), ref('lead', after.leadId)];
    const subject = { type: 'conversation' as const, id: after.id };
    this.reportStatus(tx, before, after);
    if (before.assigneeId !== after.assigneeId) {
      const people = [before.assigneeId, after.assigneeId].filter((id) => id !== null).map((id) => ref('user', id));
      const data = { conversation: after, from: before.assigneeId, to: after.assigneeId };
      tx.append({ type: 'conversation.assigned', subject, about: [...about, ...people], data });
    }
    const rest = (['priority', 'teamId', 'tags', 'snoozedUntil'] as const).filter(
      (field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]),
    );
    // A team that had it until now has to hear that it is gone.
    const teams = rest.includes('teamId') ? [before.teamId, after.teamId] : [];
    if (rest.length > 0) this.updated(tx, before, after, rest, teams);
  }

  private reportStatus(tx: Tx, before: Conversation, after: Conversation, as?: EventActor): void {
    if (before.status === after.status) return;
    tx.append(
      {
        type: 'conversation.status_changed',
        subject: { type: 'conversation', id: after.id },
        about: [ref('conversation', after.id), ref('lead', after.leadId)],
        data: { conversation: after, from: before.status, to: after.status },
      },
      as,
    );
  }

  private updated(
    tx: Tx,
    before: Conversation,
    conversation: Conversation,
    changed: (keyof Conversation)[],
    teams: readonly (string | null)[] = [],
  ): void {
    const concerned = teams.flatMap((team) => (team === null ? [] : [ref('team', team)]));
    tx.append({
      type: 'conversation.updated',
      subject: { type: 'conversation', id: conversation.id },
      about: [ref('conversation', conversation.id), ref('lead', conversation.leadId), ...concerned],
      data: { conversation, changed },
      before: Object.fromEntries(changed.map((field) => [field, before[field]])),
    });
  }
}

function invalid(path: string, message: string): Refusal {
  return new Refusal('invalid_input', { errors: [{ path, message }] });
}
