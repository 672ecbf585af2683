import { Injectable } from '@nestjs/common';
import type { Message, Page } from '@threadline/contracts';
import { Cursors } from '../../platform/http';
import { readHead } from '../../platform/log';
import { Refusal } from '../../platform/refusal';
import type { ReadTx } from '../../platform/work';
import { visibleTo } from '../reach';
import { MESSAGE_COLUMNS, type MessageRow, toMessage } from './conversation.rows';

export interface MessageList {
  limit: number;
  cursor?: string;
  newestFirst: boolean;
}

/** Reads of messages. */
@Injectable()
export class MessagesQueries {
  constructor(private readonly cursors: Cursors) {}

  /** @throws Refusal `not_found` */
  async one(tx: ReadTx, id: string): Promise<Message> {
    const parameters: unknown[] = [id];
    const within = visibleTo(tx.actor, parameters).message('m');
    const [row] = await tx.query<MessageRow>(
      `SELECT ${MESSAGE_COLUMNS} FROM messages m WHERE m.id = $1 AND ${within}`,
      parameters,
    );
    if (!row) throw new Refusal('not_found');
    return toMessage(row);
  }

  /** A lead's messages on all channels, oldest first unless asked otherwise. */
  async ofLead(tx: ReadTx, leadId: string, list: MessageList): Promise<Page<Message> & { asOf: number }> {
    const asOf = await readHead(tx.query, tx.workspaceId);
    const name = `messages:${leadId}:${list.newestFirst}`;
    const [at, id] = list.cursor ? this.cursors.open(tx.workspaceId, name, list.cursor) : [null, null];
    const [beyond, order] = list.newestFirst ? ['<', 'DESC'] : ['>', 'ASC'];
    const parameters: unknown[] = [leadId, at, id, list.limit + 1];
    const within = visibleTo(tx.actor, parameters).message('m');
    const rows = await tx.query<MessageRow>(
      `SELECT ${MESSAGE_COLUMNS} FROM messages m
        WHERE m.lead_id = $1 AND ${within}
          AND ($2::timestamptz IS NULL OR (m.created_at, m.id) ${beyond} ($2, $3::uuid))
        ORDER BY m.created_at ${order}, m.id ${order} LIMIT $4`,
      parameters,
    );
    const items = rows.slice(0, list.limit).map(toMessage);
    const last = rows.length > list.limit ? items.at(-1) : undefined;
    return {
      items,
      nextCursor: last ? this.cursors.seal(tx.workspaceId, name, [last.createdAt, last.id]) : null,
      asOf,
    };
  }

  /** When a lead's messages last were written, opened or clicked; those taken back do not count. */
  async lastActivity(tx: ReadTx, leadId: string): Promise<Date | null> {
    const [row] = await tx.query<{ at: Date | null }>(
      `SELECT max(greatest(m.created_at, m.opened_at, m.clicked_at)) AS at
         FROM conversations c JOIN messages m ON m.workspace_id = c.workspace_id AND m.conversation_id = c.id
        WHERE c.workspace_id = $1 AND c.lead_id = $2 AND m.status <> 'cancelled'`,
      [tx.workspaceId, leadId],
    );
    return row?.at ?? null;
  }

  /** What came after a message in a conversation, oldest first; everything when it is null. */
  async after(tx: ReadTx, conversationId: string, messageId: string | null): Promise<Message[]> {
    const rows = await tx.query<MessageRow>(
      `SELECT ${MESSAGE_COLUMNS} FROM messages m
        WHERE m.conversation_id = $1
          AND ($2::uuid IS NULL OR (m.created_at, m.id) > (SELECT s.created_at, s.id FROM messages s WHERE s.id = $2))
        ORDER BY m.created_at, m.id LIMIT 200`,
      [conversationId, messageId],
    );
    return rows.map(toMessage);
  }
}
