import { Injectable } from '@nestjs/common';
import type { Conversation, ConversationStatus, Page, Priority } from '@threadline/contracts';
import { memberBehind } from '../../platform/access';
import { Cursors } from '../../platform/http';
import { readHead } from '../../platform/log';
import { Refusal } from '../../platform/refusal';
import type { ReadTx } from '../../platform/work';
import { CONVERSATION_COLUMNS, type ConversationRow, toConversation } from './conversation.rows';
import { visibleTo } from './visible-to';

export interface ConversationFilter {
  limit: number;
  cursor?: string;
  status?: ConversationStatus;
  priority?: Priority;
  tag?: string;
  leadId?: string;
  /** A member's id, `me`, or `none`. */
  assigneeId?: string;
  unread?: boolean;
  /** Literal search in lead name, subject and newest message. */
  q?: string;
}

const NEWEST = 'coalesce(c.last_message_at, c.created_at)';

/** Reads of conversations, newest first. */
@Injectable()
export class ConversationsQueries {
  constructor(private readonly cursors: Cursors) {}

  /** @throws Refusal `not_found` */
  async one(tx: ReadTx, id: string): Promise<Conversation> {
    const [row] = await tx.query<ConversationRow>(
      `SELECT ${CONVERSATION_COLUMNS} FROM conversations c JOIN leads l USING (workspace_id)
        WHERE l.id = c.lead_id AND c.id = $1 AND ${visibleTo(tx.actor, 'c')}`,
      [id],
    );
    if (!row) throw new Refusal('not_found');
    return toConversation(row);
  }

  /** True when the conversation exists and the actor may see it. */
  async isVisible(tx: ReadTx, id: string): Promise<boolean> {
    const rows = await tx.query(`SELECT 1 FROM conversations c WHERE c.id = $1 AND ${visibleTo(tx.actor, 'c')}`, [id]);
    return rows.length > 0;
  }

  /** A page, with the log's position that it contains. */
  async list(tx: ReadTx, filter: ConversationFilter): Promise<Page<Conversation> & { asOf: number }> {
    const asOf = await readHead(tx.query, tx.workspaceId);
    const { limit, cursor, ...criteria } = filter;
    const name = `conversations:${JSON.stringify(criteria)}`;
    const { conditions, parameters } = this.conditions(tx, criteria);
    if (cursor) {
      const [at, id] = this.cursors.open(tx.workspaceId, name, cursor);
      parameters.push(at, id);
      conditions.push(`(${NEWEST}, c.id) < ($${parameters.length - 1}::timestamptz, $${parameters.length}::uuid)`);
    }
    parameters.push(limit + 1);
    const rows = await tx.query<ConversationRow>(
      `SELECT ${CONVERSATION_COLUMNS} FROM conversations c JOIN leads l ON l.workspace_id = c.workspace_id AND l.id = c.lead_id
        WHERE ${conditions.join(' AND ')}
        ORDER BY ${NEWEST} DESC, c.id DESC LIMIT $${parameters.length}`,
      parameters,
    );
    const items = rows.slice(0, limit).map(toConversation);
    const last = rows.length > limit ? items.at(-1) : undefined;
    const values = last ? [last.lastMessageAt ?? last.createdAt, last.id] : null;
    return {
      items,
      nextCursor: values ? this.cursors.seal(tx.workspaceId, name, values) : null,
      asOf,
    };
  }

  private conditions(tx: ReadTx, filter: Omit<ConversationFilter, 'limit' | 'cursor'>) {
    const conditions = [visibleTo(tx.actor, 'c'), 'l.deleted_at IS NULL'];
    const parameters: unknown[] = [];
    const add = (value: unknown, condition: (place: string) => string) => {
      if (value === undefined) return;
      parameters.push(value);
      conditions.push(condition(`$${parameters.length}`));
    };
    add(filter.status, (at) => `c.status = ${at}`);
    add(filter.priority, (at) => `c.priority = ${at}`);
    add(filter.leadId, (at) => `c.lead_id = ${at}::uuid`);
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
