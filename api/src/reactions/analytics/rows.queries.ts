import { Injectable } from '@nestjs/common';
import type { Conversation, Lead, Message, NumberName, NumberRow, NumberRows, Permission } from '@threadline/contracts';
import { Cursors } from '../../platform/http';
import { previewOf } from '../../platform/html';
import { Refusal } from '../../platform/refusal';
import type { ReadTx } from '../../platform/work';
import { visibleTo } from '../../modules/reach';
import { DashboardQueries } from './dashboard.queries';
import { type Counted, countOf, isStanding, type Period } from './numbers';
import { dayAfter } from './period.rules';

export interface RowsWanted extends Period {
  limit: number;
  cursor?: string;
}

/** Enough of a message's source for the beginning of its text. */
const PREVIEW_SOURCE = 4_000;

const LEAD_COLUMNS = `l.id AS lead_id, l.name AS lead_name, l.email AS lead_email, l.company AS lead_company,
  l.status AS lead_status, l.created_at AS lead_created_at`;

interface LeadColumns {
  lead_id: string;
  lead_name: string;
  lead_email: string | null;
  lead_company: string | null;
  lead_status: Lead['status'];
  lead_created_at: Date;
}
interface MessageColumns extends LeadColumns {
  fact_sent_at: Date;
  message_id: string;
  conversation_id: string;
  channel: Message['channel'];
  status: Message['status'];
  subject: string | null;
  author_id: string | null;
  source: string;
  delivered_at: Date | null;
  opened_at: Date | null;
  clicked_at: Date | null;
  replied_at: Date | null;
}
interface ConversationColumns extends LeadColumns {
  conversation_id: string;
  channel: Conversation['channel'];
  subject: string | null;
  status: Conversation['status'];
  priority: Conversation['priority'];
  assignee_id: string | null;
  unread_count: number;
  last_message_preview: string | null;
  last_message_at: Date | null;
}

const NEEDED: Record<Counted['grain'], Permission> = {
  lead: 'leads:read',
  conversation: 'conversations:read',
  message: 'messages:read',
};

/**
 * The rows behind each number, taken from the facts that the number is the sum of: in one snapshot there are exactly
 * as many as it says, for who sees all of them; others are listed those they may see. What is shown of them is read
 * from where it lives.
 */
@Injectable()
export class RowsQueries {
  constructor(
    private readonly dashboard: DashboardQueries,
    private readonly cursors: Cursors,
  ) {}

  /** @throws Refusal `forbidden` for somebody who may read the number but not the rows. */
  async rows(tx: ReadTx, number: NumberName, wanted: RowsWanted): Promise<NumberRows> {
    const { counted, measure } = countOf(number);
    if (!tx.actor.permissions.has(NEEDED[counted.grain])) {
      throw new Refusal('forbidden', { detail: `The rows need the permission ${NEEDED[counted.grain]}.` });
    }
    const { from, to } = wanted;
    const totals = await this.dashboard.totals(tx, { from: isStanding(number) ? null : from, to });
    const page = await this.page(tx, counted, number, wanted);
    return { ...page, number, count: totals[measure], asOf: totals.asOf };
  }

  private async page(tx: ReadTx, counted: Counted, number: NumberName, wanted: RowsWanted) {
    const list = `rows:${number}:${wanted.from ?? ''}:${wanted.to ?? ''}`;
    const after = wanted.cursor ? this.cursors.open(tx.workspaceId, list, wanted.cursor) : [null, null];
    const { items, last } = await this.read(tx, counted, { ...wanted, after });
    return { items, nextCursor: last ? this.cursors.seal(tx.workspaceId, list, last) : null };
  }

  private async read(tx: ReadTx, counted: Counted, wanted: RowsWanted & { after: unknown[] }) {
    switch (counted.grain) {
      case 'message': {
        const rows = await this.messages(tx, counted.which, wanted);
        return cut(rows, wanted.limit, toMessageRow, (row) => [row.fact_sent_at.toISOString(), row.message_id]);
      }
      case 'lead': {
        const rows = await this.leads(tx, counted.state, wanted);
        return cut(rows, wanted.limit, toLeadRow, (row) => [null, row.lead_id]);
      }
      case 'conversation': {
        const rows = await this.conversations(tx, counted.state, wanted);
        return cut(rows, wanted.limit, toConversationRow, (row) => [null, row.conversation_id]);
      }
    }
  }

  private messages(tx: ReadTx, which: string, { from, to, limit, after }: RowsWanted & { after: unknown[] }) {
    const condition = which === 'sent' ? 'true' : `f.${which}`;
    const parameters = [tx.workspaceId, startOf(from), endOf(to), ...after, limit + 1];
    return tx.query<MessageColumns>(
      `SELECT f.sent_at AS fact_sent_at, m.id AS message_id, m.conversation_id, m.channel, m.status, m.subject, m.author_id,
              left(m.content, ${PREVIEW_SOURCE}) AS source, m.delivered_at, m.opened_at, m.clicked_at, m.replied_at,
              ${LEAD_COLUMNS}
         FROM analytics_messages f
         JOIN messages m ON m.workspace_id = f.workspace_id AND m.id = f.message_id
         JOIN leads l ON l.workspace_id = f.workspace_id AND l.id = f.lead_id
        WHERE f.workspace_id = $1 AND f.sent_at IS NOT NULL AND ${condition}
          AND ($2::timestamptz IS NULL OR f.sent_at >= $2) AND ($3::timestamptz IS NULL OR f.sent_at < $3)
          AND ($4::timestamptz IS NULL OR (f.sent_at, f.message_id) < ($4, $5::uuid))
          AND ${visibleTo(tx.actor, parameters).message('m')}
        ORDER BY f.sent_at DESC, f.message_id DESC LIMIT $6`,
      parameters,
    );
  }

  private leads(tx: ReadTx, state: string | null, { to, limit, after }: RowsWanted & { after: unknown[] }) {
    const parameters = [tx.workspaceId, state, endOf(to), after[1], limit + 1];
    return tx.query<LeadColumns>(
      `SELECT ${LEAD_COLUMNS} FROM analytics_spans s
         JOIN leads l ON l.workspace_id = s.workspace_id AND l.id = s.subject_id
        WHERE s.workspace_id = $1 AND s.kind = 'lead' AND NOT s.gone AND ($2::text IS NULL OR s.state = $2)
          AND ${thereAt(to)} AND ($4::uuid IS NULL OR s.subject_id < $4) AND ${visibleTo(tx.actor, parameters).lead('l')}
        ORDER BY s.subject_id DESC LIMIT $5`,
      parameters,
    );
  }

  private conversations(tx: ReadTx, state: string, { to, limit, after }: RowsWanted & { after: unknown[] }) {
    const parameters = [tx.workspaceId, state, endOf(to), after[1], limit + 1];
    return tx.query<ConversationColumns>(
      `SELECT c.id AS conversation_id, c.channel, c.subject, c.status, c.priority, c.assignee_id, c.unread_count,
              c.last_message_preview, c.last_message_at, ${LEAD_COLUMNS}
         FROM analytics_spans s
         JOIN conversations c ON c.workspace_id = s.workspace_id AND c.id = s.subject_id
         JOIN leads l ON l.workspace_id = s.workspace_id AND l.id = s.lead_id
        WHERE s.workspace_id = $1 AND s.kind = 'conversation' AND NOT s.gone AND s.state = $2
          AND ${thereAt(to)} AND ($4::uuid IS NULL OR s.subject_id < $4)
          AND ${visibleTo(tx.actor, parameters).conversation('c')}
        ORDER BY s.subject_id DESC LIMIT $5`,
      parameters,
    );
  }
}

/** `$3` is the end of a period: lasting then; without one: lasting now. */
function thereAt(to: string | null): string {
  if (to === null) return '$3::timestamptz IS NULL AND s.to_at IS NULL';
  return '(s.from_at < $3 AND (s.to_at IS NULL OR s.to_at >= $3))';
}

function startOf(day: string | null): string | null {
  return day && `${day}T00:00:00.000Z`;
}

function endOf(day: string | null): string | null {
  return day && `${dayAfter(day)}T00:00:00.000Z`;
}

function cut<R>(rows: R[], limit: number, show: (row: R) => NumberRow, key: (row: R) => (string | null)[]) {
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return { items: shown.map(show), last: last && key(last) };
}

function toLead(row: LeadColumns): NumberRow['lead'] {
  return {
    id: row.lead_id,
    name: row.lead_name,
    email: row.lead_email,
    company: row.lead_company,
    status: row.lead_status,
    createdAt: row.lead_created_at.toISOString(),
  };
}

function toLeadRow(row: LeadColumns): NumberRow {
  return { lead: toLead(row), conversation: null, message: null };
}

function toConversationRow(row: ConversationColumns): NumberRow {
  return {
    lead: toLead(row),
    message: null,
    conversation: {
      id: row.conversation_id,
      channel: row.channel,
      subject: row.subject,
      status: row.status,
      priority: row.priority,
      assigneeId: row.assignee_id,
      unreadCount: row.unread_count,
      lastMessagePreview: row.last_message_preview,
      lastMessageAt: row.last_message_at?.toISOString() ?? null,
    },
  };
}

function toMessageRow(row: MessageColumns): NumberRow {
  return {
    lead: toLead(row),
    conversation: null,
    message: {
      id: row.message_id,
      conversationId: row.conversation_id,
      channel: row.channel,
      status: row.status,
      subject: row.subject,
      preview: previewOf(row.source),
      authorId: row.author_id,
      sentAt: row.fact_sent_at.toISOString(),
      deliveredAt: row.delivered_at?.toISOString() ?? null,
      openedAt: row.opened_at?.toISOString() ?? null,
      clickedAt: row.clicked_at?.toISOString() ?? null,
      repliedAt: row.replied_at?.toISOString() ?? null,
    },
  };
}
