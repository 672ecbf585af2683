import { Injectable } from '@nestjs/common';
import type { Envelope, EventType } from '@threadline/contracts';
import { SystemDatabase } from '../database';
import { EVENT_COLUMNS, type EventRow, toEnvelope } from './event-rows';

/** Runs parameterised SQL and answers the rows. */
export type RunQuery = <R extends object>(sql: string, parameters?: unknown[]) => Promise<R[]>;

export interface EventSlice {
  /** Events with a larger seq than this. */
  after: number;
  /** And up to this one, when given. */
  upTo?: number;
  limit: number;
  types?: readonly EventType[];
}

/** Events of one workspace in order, through whichever role `query` runs as. */
export async function readEvents(query: RunQuery, workspaceId: string, slice: EventSlice): Promise<Envelope[]> {
  const rows = await query<EventRow>(
    `SELECT ${EVENT_COLUMNS} FROM events
      WHERE workspace_id = $1 AND seq > $2 AND ($3::bigint IS NULL OR seq <= $3) AND ($4::text[] IS NULL OR type = ANY ($4))
      ORDER BY seq LIMIT $5`,
    [workspaceId, slice.after, slice.upTo ?? null, slice.types ?? null, slice.limit],
  );
  return rows.map(toEnvelope);
}

/**
 * The last number given out in a workspace; 0 before its first event. Asked in the transaction that reads rows, it is
 * the position those rows stand for: what comes after it is not in them.
 */
export async function readHead(query: RunQuery, workspaceId: string): Promise<number> {
  const [head] = await query<{ seq: string }>('SELECT seq FROM workspace_heads WHERE workspace_id = $1', [workspaceId]);
  return Number(head?.seq ?? 0);
}

/** Reads the log for the parts of Threadline that follow it; people read it through their own unit of work. */
@Injectable()
export class EventReader {
  constructor(private readonly database: SystemDatabase) {}

  /** The next events after a position. */
  after(workspaceId: string, slice: EventSlice): Promise<Envelope[]> {
    return readEvents((sql, parameters) => this.database.query(sql, parameters), workspaceId, slice);
  }

  /** The last number given out in each of these workspaces. */
  async heads(workspaceIds: readonly string[]): Promise<Map<string, number>> {
    const rows = await this.database.query<{ workspace_id: string; seq: string }>(
      'SELECT workspace_id, seq FROM workspace_heads WHERE workspace_id = ANY ($1)',
      [workspaceIds],
    );
    return new Map(rows.map((row) => [row.workspace_id, Number(row.seq)]));
  }

  /** The last number given out in a workspace; 0 before its first event. */
  async head(workspaceId: string): Promise<number> {
    return (await this.heads([workspaceId])).get(workspaceId) ?? 0;
  }
}
