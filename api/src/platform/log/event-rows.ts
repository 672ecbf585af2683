import type { Envelope } from '@threadline/contracts';

/** A row of `events` as the driver gives it. */
export interface EventRow {
  workspace_id: string;
  seq: string;
  id: string;
  type: string;
  occurred_at: Date;
  actor_type: string;
  actor_id: string;
  subject_type: string;
  subject_id: string;
  about: string[];
  data: unknown;
}

export const EVENT_COLUMNS =
  'workspace_id, seq, id, type, occurred_at, actor_type, actor_id, subject_type, subject_id, about, data';

/**
 * Takes `$2` numbers from the workspace's counter and writes that many events, in one statement. The counter row stays
 * locked until the commit that follows, so numbers are gapless and in commit order.
 */
export const APPEND_EVENTS = `
  WITH head AS (
    UPDATE workspace_heads SET seq = seq + $2 WHERE workspace_id = $1 RETURNING seq - $2 AS base
  ), written AS (
    INSERT INTO events (workspace_id, seq, id, type, occurred_at, actor_type, actor_id,
                        subject_type, subject_id, about, data, request_id)
    SELECT $1, head.base + e.n, e.id, e.type, e.occurred_at, e.actor_type, e.actor_id,
           e.subject_type, e.subject_id, e.about, e.data, $4
      FROM head, ROWS FROM (jsonb_to_recordset($3::jsonb)
           AS (n int, id uuid, type text, occurred_at timestamptz, actor_type text, actor_id text,
               subject_type text, subject_id text, about text[], data jsonb)) AS e
  )
  SELECT base FROM head`;

/** The parameter of APPEND_EVENTS that carries the events. */
export function eventParameter(events: readonly Envelope[]): string {
  return JSON.stringify(
    events.map((event, index) => ({
      n: index + 1,
      id: event.id,
      type: event.type,
      occurred_at: event.occurredAt,
      actor_type: event.actor.type,
      actor_id: event.actor.id,
      subject_type: event.subject.type,
      subject_id: event.subject.id,
      about: event.about,
      data: event.data,
    })),
  );
}

/** A stored event in the shape that everybody sees. */
export function toEnvelope(row: EventRow): Envelope {
  return {
    id: row.id,
    seq: Number(row.seq),
    type: row.type,
    workspaceId: row.workspace_id,
    occurredAt: row.occurred_at.toISOString(),
    actor: { type: row.actor_type, id: row.actor_id },
    subject: { type: row.subject_type, id: row.subject_id },
    about: row.about,
    data: row.data,
  } as Envelope;
}
