import { Injectable } from '@nestjs/common';
import type { ReadTx, Tx } from '../../platform/work';
import { type ChannelKey, type DayTotals, MEASURE_NAMES, MEASURES } from './measures.rules';
import type { MessageFact, Span } from './sheet.rules';

interface MessageRow {
  message_id: string;
  lead_id: string | null;
  channel: ChannelKey;
  sent_at: Date | null;
  delivered: boolean;
  bounced: boolean;
  opened: boolean;
  clicked: boolean;
  replied: boolean;
  opens_machine: number;
  opens_unknown: number;
}

interface SpanRow {
  kind: Span['kind'];
  subject_id: string;
  seq: string;
  lead_id: string;
  state: string;
  gone: boolean;
  from_at: Date;
}

const COLUMNS = Object.values(MEASURES);
/** Adds what a batch brings to the sums of a table. */
const addTo = (table: string, key: string) => `
  INSERT INTO ${table} AS d (workspace_id, ${key}, ${COLUMNS.join(', ')})
  SELECT $1, ${key}, ${COLUMNS.map((column) => `sum(r.${column})`).join(', ')}
    FROM jsonb_to_recordset($2::jsonb) AS r (day date, channel text, ${COLUMNS.map((column) => `${column} int`).join(', ')})
   GROUP BY ${key}
  ON CONFLICT (workspace_id, ${key})
  DO UPDATE SET ${COLUMNS.map((column) => `${column} = d.${column} + excluded.${column}`).join(', ')}`;
const ADD_TO_DAYS = addTo('analytics_days', 'day, channel');
const ADD_TO_TOTALS = addTo('analytics_totals', 'channel');

const SAVE_MESSAGES = `
  INSERT INTO analytics_messages (workspace_id, message_id, lead_id, channel, sent_at, delivered, bounced, opened, clicked,
                                  replied, opens_machine, opens_unknown)
  SELECT $1, r.* FROM jsonb_to_recordset($2::jsonb)
    AS r (message_id uuid, lead_id uuid, channel text, sent_at timestamptz, delivered boolean, bounced boolean,
          opened boolean, clicked boolean, replied boolean, opens_machine int, opens_unknown int)
  ON CONFLICT (workspace_id, message_id)
  DO UPDATE SET lead_id = excluded.lead_id, channel = excluded.channel, sent_at = excluded.sent_at,
                delivered = excluded.delivered, bounced = excluded.bounced, opened = excluded.opened,
                clicked = excluded.clicked, replied = excluded.replied, opens_machine = excluded.opens_machine,
                opens_unknown = excluded.opens_unknown`;

const SAVE_SPANS = `
  INSERT INTO analytics_spans (workspace_id, kind, subject_id, seq, lead_id, state, gone, from_at, to_at)
  SELECT $1, r.* FROM jsonb_to_recordset($2::jsonb)
    AS r (kind text, subject_id uuid, seq bigint, lead_id uuid, state text, gone boolean, from_at timestamptz,
          to_at timestamptz)
  ON CONFLICT (workspace_id, kind, subject_id, seq) DO UPDATE SET to_at = excluded.to_at`;

/** Reads and writes the facts and sums, a batch in each statement. */
@Injectable()
export class FactStore {
  async messages(tx: ReadTx, ids: readonly string[]): Promise<MessageFact[]> {
    if (ids.length === 0) return [];
    const rows = await tx.query<MessageRow>(
      'SELECT * FROM analytics_messages WHERE workspace_id = $1 AND message_id = ANY ($2::uuid[])',
      [tx.workspaceId, ids],
    );
    return rows.map((row) => ({
      messageId: row.message_id,
      leadId: row.lead_id,
      channel: row.channel,
      sentAt: row.sent_at?.toISOString() ?? null,
      delivered: row.delivered,
      bounced: row.bounced,
      opened: row.opened,
      clicked: row.clicked,
      replied: row.replied,
      opensMachine: row.opens_machine,
      opensUnknown: row.opens_unknown,
    }));
  }

  /** The newest span of these leads and of their conversations. */
  async spansOfLeads(tx: ReadTx, leadIds: readonly string[]): Promise<Span[]> {
    if (leadIds.length === 0) return [];
    const rows = await tx.query<SpanRow>(
      `SELECT kind, subject_id, seq, lead_id, state, gone, from_at FROM analytics_spans
        WHERE workspace_id = $1 AND lead_id = ANY ($2::uuid[]) AND to_at IS NULL`,
      [tx.workspaceId, leadIds],
    );
    return rows.map((row) => ({
      kind: row.kind,
      subjectId: row.subject_id,
      seq: Number(row.seq),
      leadId: row.lead_id,
      state: row.state,
      gone: row.gone,
      fromAt: row.from_at.toISOString(),
      toAt: null,
    }));
  }

  addToDays(tx: Tx, days: readonly DayTotals[]): Promise<void> {
    return this.write(tx, ADD_TO_DAYS, days.map(toColumns));
  }

  addToTotals(tx: Tx, days: readonly DayTotals[]): Promise<void> {
    return this.write(tx, ADD_TO_TOTALS, days.map(toColumns));
  }

  async saveMessages(tx: Tx, facts: readonly MessageFact[]): Promise<void> {
    const rows = facts.map(({ messageId, leadId, sentAt, opensMachine, opensUnknown, ...rest }) => ({
      ...rest,
      message_id: messageId,
      lead_id: leadId,
      sent_at: sentAt,
      opens_machine: opensMachine,
      opens_unknown: opensUnknown,
    }));
    await this.write(tx, SAVE_MESSAGES, rows);
  }

  async saveSpans(tx: Tx, spans: readonly Span[]): Promise<void> {
    const rows = spans.map(({ kind, subjectId, seq, leadId, state, gone, fromAt, toAt }) => ({
      kind,
      subject_id: subjectId,
      seq,
      lead_id: leadId,
      state,
      gone,
      from_at: fromAt,
      to_at: toAt,
    }));
    await this.write(tx, SAVE_SPANS, rows);
  }

  /** Forgets everything of the workspace, to be counted again. */
  async clear(tx: Tx): Promise<void> {
    for (const table of ['analytics_days', 'analytics_totals', 'analytics_messages', 'analytics_spans']) {
      await tx.query(`DELETE FROM ${table} WHERE workspace_id = $1`, [tx.workspaceId]);
    }
  }

  private async write(tx: Tx, sql: string, rows: readonly object[]): Promise<void> {
    if (rows.length > 0) await tx.query(sql, [tx.workspaceId, JSON.stringify(rows)]);
  }
}

function toColumns({ day, channel, ...totals }: DayTotals): object {
  const columns = MEASURE_NAMES.map((measure) => [MEASURES[measure], totals[measure]]);
  return { day, channel, ...Object.fromEntries(columns) };
}
