import { Injectable, Logger } from '@nestjs/common';
import { type Provider, ref } from '@threadline/contracts';
import { v7 } from 'uuid';
import { systemActor } from '../../../platform/access';
import { Attempts, RequestLimits } from '../../../platform/limits';
import { Refusal } from '../../../platform/refusal';
import { type Tx, UnitOfWork } from '../../../platform/work';
import { type CalledConnection, ConnectionsQueries } from '../connections/connections.queries';
import { metaChallenge } from '../providers/meta.rules';
import { ProviderBook } from '../providers/provider-book';
import type { ProviderRequest, ToldEvent } from '../providers/provider-request.rules';
import { HookWake } from './hook-wake';

/** Denials of one connection that one address gets into the audit log in an hour; beyond it is only turned away. */
const MOST_DENIALS = 60;
/** The log is told of denials no more often than this, for a connection. Milliseconds. */
const TELL_AGAIN_MS = 5_000;

/** The door of providers: checks the signature over the bytes, keeps them, and answers only then. */
@Injectable()
export class HookIntake {
  private readonly log = new Logger('provider hooks');

  constructor(
    private readonly work: UnitOfWork,
    private readonly connections: ConnectionsQueries,
    private readonly book: ProviderBook,
    private readonly wake: HookWake,
    private readonly limits: RequestLimits,
    private readonly attempts: Attempts,
  ) {}

  /**
   * Keeps what a provider tells. When this resolves it is on disk, or was before.
   * @throws Refusal `not_found`, `forbidden` for what is not signed, `not_ready` when that cannot be found out now
   */
  async take(provider: Provider, token: string, ip: string, request: ProviderRequest): Promise<void> {
    const connection = await this.called(provider, token, ip);
    if (!(await this.isGenuine(connection, request))) return this.deny(connection, ip);
    const events = this.book.eventsOf(provider, request);
    const nonce = this.book.nonceOf(provider, request);
    const kept = await this.work.run(systemActor(connection.workspaceId, 'provider hooks'), (tx) =>
      this.keep(tx, connection, request, { events, nonce }),
    );
    if (kept === 'replayed') return this.deny(connection, ip);
    if (kept === 'new') this.wake.told(connection.workspaceId);
  }

  /** @throws Refusal `not_found`, `forbidden` */
  async confirm(
    provider: Provider,
    token: string,
    ip: string,
    query: Readonly<Record<string, unknown>>,
  ): Promise<string> {
    const connection = await this.called(provider, token, ip);
    if (provider !== 'meta') throw new Refusal('not_found');
    const challenge = metaChallenge(query, connection);
    if (challenge === null) {
      await this.deny(connection, ip);
      throw new Refusal('forbidden');
    }
    await this.work.run(systemActor(connection.workspaceId, 'provider hooks'), (tx) =>
      tx.query('UPDATE provider_connections SET confirmed_at = $2 WHERE id = $1', [connection.id, tx.now]),
    );
    return challenge;
  }

  private async called(provider: Provider, token: string, ip: string): Promise<CalledConnection> {
    const connection = await this.connections.called(provider, token);
    if (connection) return connection;
    await this.count(ip);
    throw new Refusal('not_found');
  }

  private async isGenuine(connection: CalledConnection, request: ProviderRequest): Promise<boolean> {
    try {
      return await this.book.isGenuine(connection.provider, request, connection);
    } catch (error) {
      this.log.warn({ err: error, connectionId: connection.id }, 'a signature could not be checked');
      throw new Refusal('not_ready', { retryAfter: 30 });
    }
  }

  /**
   * The request, then its events, in the order of their ids, so that two requests with the same events wait for each
   * other and do not lock each other out.
   */
  private async keep(
    tx: Tx,
    { id: connectionId, provider }: CalledConnection,
    request: ProviderRequest,
    { events, nonce }: { events: ToldEvent[] | null; nonce: string | null },
  ): Promise<'new' | 'known' | 'replayed'> {
    const requestId = v7();
    const [made] = await tx.query<{ id: string }>(
      `INSERT INTO provider_requests (workspace_id, id, connection_id, received_at, headers, raw, nonce)
       VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT ON CONSTRAINT provider_requests_nonce DO NOTHING RETURNING id`,
      [tx.workspaceId, requestId, connectionId, tx.now, JSON.stringify(request.headers), request.raw, nonce],
    );
    if (!made) return this.sameAsBefore(tx, connectionId, request, nonce);
    const state = events === null ? 'unreadable' : 'pending';
    const rows = (events ?? [this.book.unreadable(request)])
      .map((event, item) => ({ id: v7(), event_id: event.id, item, kind: event.kind, happened_at: event.at }))
      .sort((one, other) => (one.event_id < other.event_id ? -1 : 1));
    const fresh = await tx.query<{ id: string }>(
      `INSERT INTO provider_events (workspace_id, id, connection_id, request_id, event_id, item, kind, happened_at,
                                    received_at, state, reason)
       SELECT $1, r.id, $2, $3, r.event_id, r.item, r.kind, r.happened_at, $4, $5, $6
         FROM jsonb_to_recordset($7) AS r (id uuid, event_id text, item int, kind text, happened_at timestamptz)
       ON CONFLICT ON CONSTRAINT provider_events_once DO NOTHING RETURNING id`,
      [
        tx.workspaceId,
        connectionId,
        requestId,
        tx.now,
        state,
        events === null ? `this is nothing that ${provider} describes` : null,
        JSON.stringify(rows),
      ],
    );
    if (fresh.length > 0) return events === null ? 'known' : 'new';
    // The nonce has to stay known, or somebody could use it for another event.
    if (nonce === null) await tx.query('DELETE FROM provider_requests WHERE id = $1', [requestId]);
    return 'known';
  }

  /** What may be used once has been used: by the very same request, or by another one that somebody made of it. */
  private async sameAsBefore(
    tx: Tx,
    connectionId: string,
    { raw }: ProviderRequest,
    nonce: string | null,
  ): Promise<'known' | 'replayed'> {
    const [before] = await tx.query<{ raw: Buffer }>(
      'SELECT raw FROM provider_requests WHERE connection_id = $1 AND nonce = $2',
      [connectionId, nonce],
    );
    return before?.raw.equals(raw) ? 'known' : 'replayed';
  }

  /** @throws Refusal `forbidden`, always; `too_many_requests` for an address that goes on and on */
  private async deny({ workspaceId, id }: CalledConnection, ip: string): Promise<never> {
    await this.count(ip);
    await this.attempts.within(`hook:${id}`, ip, MOST_DENIALS);
    await this.work.run(systemActor(workspaceId, 'provider hooks'), async (tx) => {
      tx.note({
        action: 'access.denied',
        outcome: 'denied',
        targets: [ref('provider_connection', id)],
        reason: 'signature',
      });
      const [row] = await tx.query<{ before: Date | null }>(
        `WITH denied AS (
           UPDATE provider_connections SET last_denied_at = $2 WHERE id = $1 RETURNING old.last_denied_at AS before
         ) SELECT before FROM denied`,
        [id, tx.now],
      );
      if (row?.before && tx.now.getTime() - row.before.getTime() < TELL_AGAIN_MS) return;
      tx.append({
        type: 'provider_connection.denied',
        subject: { type: 'provider_connection', id },
        about: [ref('provider_connection', id)],
        data: { connectionId: id },
      });
    });
    throw new Refusal('forbidden');
  }

  private async count(ip: string): Promise<void> {
    const standing = await this.limits.address(ip);
    if (standing.exceeded) throw new Refusal('too_many_requests', { retryAfter: standing.reset });
  }
}
