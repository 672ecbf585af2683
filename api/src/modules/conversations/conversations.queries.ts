import { Injectable } from '@nestjs/common';
import type { Conversation, ConversationStatus, Page, Priority } from '@threadline/contracts';
import { memberBehind } from '../../platform/access';
import { Cursors } from '../../platform/http';
import { readHead } from '../../platform/log';
import { Refusal } from '../../platform/refusal';
import type { ReadTx, Tx } from '../../platform/work';
import { visibleTo } from '../reach';
import { CONVERSATION_COLUMNS, type ConversationRow, toConversation } from './conversation.rows';

export interface ConversationFilter {
  limit: number;
  cursor?: string;
  status?: ConversationStatus;
  priority?: Priority;
  tag?: string;
  leadId?: string;
  /** A member's id, `me`, or `none`. */
  assigneeId?: string;
  /** A team's id, or `none`. */
  teamId?: string;
  unread?: boolean;
  /** Literal search in lead name, subject and newest message. */
  q?: string;
}

type Criteria = Omit<ConversationFilter, 'limit' | 'cursor'>;
type Search = Criteria & { limit: number; after: readonly unknown[] | undefined };

/** How far the list is walked for somebody who sees only some of it. */
const STRIDE = 2_000;
const NEWEST = 'coalesce(c.last_message_at, c.created_at)';

/** Reads of conversations, newest first. */
@Injectable()
export class ConversationsQueries {
  constructor(private readonly cursors: Cursors) {}

  /** @throws Refusal `not_found`, also when its lead has been deleted */
  async one(tx: ReadTx, id: string): Promise<Conversation> {
    const parameters: unknown[] = [id];
    const visible = visibleTo(tx.actor, parameters).conversation('c');
    return this.read(tx, `l.deleted_at IS NULL AND ${visible}`, parameters);
  }

  /** What a command made of a conversation, which its own actor may no longer see: for its answer and its events. */
  async made(tx: Tx, id: string): Promise<Conversation> {
    return this.read(tx, 'true', [id]);
  }

  private async read(tx: ReadTx, within: string, parameters: unknown[]): Promise<Conversation> {
    const [row] = await tx.query<ConversationRow>(
      `SELECT ${CONVERSATION_COLUMNS} FROM conversations c JOIN leads l USING (workspace_id)
        WHERE l.id = c.lead_id AND c.id = $1 AND ${within}`,
      parameters,
    );
    if (!row) throw new Refusal('not_found');
    return toConversation(row);
  }

  /** True when the conversation exists, its lead has not been deleted, and the actor may see it. */
  async isVisible(tx: ReadTx, id: string): Promise<boolean> {
    const parameters: unknown[] = [id];
    const within = visibleTo(tx.actor, parameters).conversation('c');
    const rows = await tx.query(
      `SELECT 1 FROM conversations c JOIN leads l ON l.workspace_id = c.workspace_id AND l.id = c.lead_id
        WHERE c.id = $1 AND l.deleted_at IS NULL AND ${within}`,
      parameters,
    );
    return rows.length > 0;
  }

  /**
   * A page, with the log's position that it contains. For those who see only some of the conversations a bounded part
   * of the list is walked first; when that finds no page of theirs, theirs are looked up.
   */
  async list(tx: ReadTx, filter: ConversationFilter): Promise<Page<Conversation> & { asOf: number }> {
    const asOf = await readHead(tx.query, tx.workspaceId);
    const { limit, cursor, ...criteria } = filter;
    const name = `conversations:${JSON.stringify(criteria)}`;
    const after = cursor ? this.cursors.open(tx.workspaceId, name, cursor) : undefined;
    const narrow = tx.actor.scopes.conversations !== 'all';
    let rows = await this.find(tx, { ...criteria, limit, after }, narrow ? 'near' : 'all');
    if (narrow && rows.length <= limit) rows = await this.find(tx, { ...criteria, limit, after }, 'reached');
    const items = rows.slice(0, limit).map(toConversation);
    const last = rows.length > limit ? items.at(-1) : undefined;
    const values = last ? [last.lastMessageAt ?? last.createdAt, last.id] : null;
    return {
      items,
      nextCursor: values ? this.cursors.seal(tx.workspaceId, name, values) : null,
      asOf,
    };
  }

  private find(tx: ReadTx, { limit, after, ...criteria }: Search, among: 'all' | 'near' | 'reached') {
    const { conditions, parameters } = this.conditions(tx, criteria);
    const visible = visibleTo(tx.actor, parameters);
    const position: string[] = [];
    if (after) {
      parameters.push(...after);
      position.push(`(${NEWEST}, c.id) < ($${parameters.length - 1}::timestamptz, $${parameters.length}::uuid)`);
    }
    const order = `ORDER BY ${NEWEST} DESC, c.id DESC`;
    const reached = among === 'reached' ? visible.conversationIds() : null;
    if (reached) position.push(`c.id = ANY (ARRAY(${reached}))`);
    else conditions.push(visible.conversation('c', 'l.owner_id'));
    const nearby = `(SELECT * FROM conversations c WHERE ${['true', ...position].join(' AND ')} ${order} LIMIT ${STRIDE})`;
    const from = among === 'near' ? nearby : 'conversations';
    if (among !== 'near') conditions.push(...position);
    return tx.query<ConversationRow>(
      `SELECT ${CONVERSATION_COLUMNS} FROM ${from} c JOIN leads l ON l.workspace_id = c.workspace_id AND l.id = c.lead_id
        WHERE ${conditions.join(' AND ')} ${order} LIMIT ${limit + 1}`,
      parameters,
    );
  }

  private conditions(tx: ReadTx, filter: Criteria) {
    const conditions = ['l.deleted_at IS NULL'];
    const parameters: unknown[] = [];
    const add = (value: unknown, condition: (place: string) => string) => {
      if (value === undefined) return;
      parameters.push(value);
      conditions.push(condition(`$${parameters.length}`));
    };
    add(filter.status, (at) => `c.status = ${at}`);
    add(filter.priority, (at) => `c.priority = ${at}`);
    add(filter.leadId, (at) => `c.lead_id = ${at}::uuid`);
    if (filter.teamId === 'none') conditions.push('c.team_id IS NULL');
    else add(filter.teamId, (at) => `c.team_id = ${at}::uuid`);
    add(filter.tag, (at) => `c.tags @> ARRAY[${at}]`);
    if (filter.unread) conditions.push('c.unread_count > 0');
    if (filter.assigneeId === 'none') conditions.push('c.assignee_id IS NULL');
    else if (filter.assigneeId === 'me') add(memberBehind(tx.actor), (at) => `c.assignee_id = ${at}::uuid`);
    else add(filter.assigneeId, (at) => `c.assignee_id = ${at}::uuid`);
    const pattern = filter.q?.trim() ? `%${filter.q.trim().replace(/[\\%_]/g, '\\$&')}%` : undefined;
    add(pattern, (at) => `(l.name ILIKE ${at} OR c.subject ILIKE ${at} OR c.last_message_preview ILIKE ${at})`);
    return { conditions, parameters };
  }
}
