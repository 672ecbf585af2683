import { Injectable, Logger } from '@nestjs/common';
import { type Provider, type ProviderEventState, ref } from '@threadline/contracts';
import { systemActor } from '../../../platform/access';
import { Clock } from '../../../platform/clock';
import { SystemDatabase } from '../../../platform/database';
import { type Tx, UnitOfWork } from '../../../platform/work';
import { ProviderBook } from '../providers/provider-book';
import type { ToldEvent } from '../providers/provider-request.rules';
import { Confirmations } from './confirmations';
import { EventFiling } from './event-filing';
import type { Filed } from './filed';

/** So many are worked on in one transaction. */
const BATCH = 50;
/** Tries before an event is shown as failed. */
const MOST_ATTEMPTS = 5;

interface Row {
  id: string;
  connection_id: string;
  item: number;
  received_at: Date;
  provider: Provider;
  raw: Buffer;
  headers: Record<string, string>;
}

interface Round {
  again: boolean;
  done: Promise<void>;
}

/**
 * Works on what providers told, in the order it came. What an event does and that it was done commit together, so it is
 * done once, whichever process takes it in hand.
 */
@Injectable()
export class ProviderEvents {
  private readonly log = new Logger('provider hooks');
  private readonly rounds = new Map<string, Round>();

  constructor(
    private readonly work: UnitOfWork,
    private readonly database: SystemDatabase,
    private readonly book: ProviderBook,
    private readonly filing: EventFiling,
    private readonly confirmations: Confirmations,
    private readonly clock: Clock,
  ) {}

  /** Works on all that waits in a workspace; a wake that comes meanwhile makes it look once more. */
  process(workspaceId: string): Promise<void> {
    const running = this.rounds.get(workspaceId);
    if (running) {
      running.again = true;
      return running.done;
    }
    const round: Round = { again: false, done: Promise.resolve() };
    this.rounds.set(workspaceId, round);
    round.done = this.processAll(workspaceId, round);
    return round.done;
  }

  /** Works on what waits anywhere. Answers whether there was anything. */
  async drain(olderThanMs = 0): Promise<boolean> {
    const rows = await this.database.query<{ workspace_id: string }>(
      `SELECT DISTINCT workspace_id FROM provider_events WHERE state = 'pending' AND received_at <= $1`,
      [new Date(this.clock.millis() - olderThanMs)],
    );
    await Promise.all(rows.map((row) => this.process(row.workspace_id)));
    return rows.length > 0;
  }

  private async processAll(workspaceId: string, round: Round): Promise<void> {
    try {
      do {
        round.again = false;
        while ((await this.processSome(workspaceId, BATCH)) === BATCH);
      } while (round.again);
    } finally {
      this.rounds.delete(workspaceId);
    }
  }

  /** Answers how many were done. What fails together is tried one by one, so that one event holds up no other. */
  private async processSome(workspaceId: string, limit: number): Promise<number> {
    const actor = systemActor(workspaceId, 'provider hooks');
    await this.confirmations.call(workspaceId);
    try {
      return await this.work.run(actor, (tx) => this.take(tx, limit));
    } catch (error) {
      if (limit > 1) {
        this.log.warn({ err: error, workspaceId }, 'events of providers could not be worked on together');
        let done = 0;
        while (done < limit && (await this.processSome(workspaceId, 1)) === 1) done += 1;
        return done;
      }
      this.log.error({ err: error, workspaceId }, 'an event of a provider could not be worked on');
      return this.work.run(actor, (tx) => this.postpone(tx));
    }
  }

  private async take(tx: Tx, limit: number): Promise<number> {
    const rows = await this.next(tx, limit);
    const heard = new Map<string, Partial<Record<ProviderEventState, number>>>();
    for (const row of rows) {
      const { state } = await this.settle(tx, row);
      const states = heard.get(row.connection_id) ?? {};
      heard.set(row.connection_id, { ...states, [state]: (states[state] ?? 0) + 1 });
    }
    for (const [connectionId, states] of heard) {
      tx.append({
        type: 'provider_connection.heard',
        subject: { type: 'provider_connection', id: connectionId },
        about: [ref('provider_connection', connectionId)],
        data: { connectionId, states },
      });
    }
    return rows.length;
  }

  /** Those that waited longest, and nobody else has in hand; for confirmations somebody has to be called first. */
  private next(tx: Tx, limit: number): Promise<Row[]> {
    return tx.query<Row>(
      `SELECT e.id, e.connection_id, e.item, e.received_at, c.provider, r.raw, r.headers
         FROM provider_events e
         JOIN provider_requests r ON r.workspace_id = e.workspace_id AND r.id = e.request_id
         JOIN provider_connections c ON c.workspace_id = e.workspace_id AND c.id = e.connection_id
        WHERE e.state = 'pending' AND e.kind <> 'confirmation'
        ORDER BY e.attempts, e.received_at, e.id LIMIT $1 FOR UPDATE OF e SKIP LOCKED`,
      [limit],
    );
  }

  private async settle(tx: Tx, row: Row): Promise<Filed> {
    const told = this.read(row);
    const filed: Filed = told
      ? await this.filing.file(tx, { connectionId: row.connection_id, receivedAt: row.received_at, told })
      : { state: 'unreadable', reason: 'it cannot be found in what was sent' };
    await tx.query('UPDATE provider_events SET state = $2, message_id = $3, reason = $4 WHERE id = $1', [
      row.id,
      filed.state,
      filed.messageId ?? null,
      filed.reason?.slice(0, 500) ?? null,
    ]);
    return filed;
  }

  private read({ provider, raw, headers, item }: Row): ToldEvent | undefined {
    return this.book.eventsOf(provider, { raw, headers, url: '' })?.[item];
  }

  private async postpone(tx: Tx): Promise<number> {
    const rows = await tx.query<{ id: string }>(
      `WITH next AS (
         SELECT workspace_id, id FROM provider_events WHERE state = 'pending' AND kind <> 'confirmation'
          ORDER BY attempts, received_at, id LIMIT 1 FOR UPDATE SKIP LOCKED
       ), postponed AS (
         UPDATE provider_events e SET attempts = attempts + 1,
                state = CASE WHEN attempts + 1 >= $1 THEN 'failed' ELSE state END,
                reason = CASE WHEN attempts + 1 >= $1 THEN 'given up after several tries' ELSE reason END
           FROM next WHERE e.workspace_id = next.workspace_id AND e.id = next.id RETURNING e.id
       ) SELECT id FROM postponed`,
      [MOST_ATTEMPTS],
    );
    return rows.length;
  }
}
