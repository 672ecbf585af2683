import { Injectable } from '@nestjs/common';
import type { EventType, WebhookKind } from '@threadline/contracts';
import { Clock } from '../../../platform/clock';
import { mayGoOut, SystemDatabase } from '../../../platform/database';
import { Webhooks } from '../endpoints';
import { type SealedSecret, WebhookSecrets } from '../signing';
import { LEASE_MS } from './delivery-limits';
import type { Target } from './delivery.sender';

/** An endpoint that has something due. */
export interface DueEndpoint {
  workspaceId: string;
  webhookId: string;
  /** Somebody asked for it: it is tried at once, however badly the endpoint answered until now. */
  byHand?: boolean;
}

/** A delivery that this process has in hand. */
export interface ClaimedDelivery {
  workspaceId: string;
  id: string;
  webhookId: string;
  eventId: string;
  eventType: EventType;
  body: string;
  /** Others of its conversation wait for it. */
  ordered: boolean;
  tries: number;
  once: boolean;
  claim: string;
  leaseUntil: number;
}

/** An endpoint as it stands at the time of a claim. */
export interface LiveEndpoint extends Target {
  workspaceId: string;
  id: string;
  /** With its port: what attempts of a workspace are counted by. */
  host: string;
  /** Switched on, in a workspace that may send. */
  enabled: boolean;
  failingSince: Date | null;
  toldFailing: boolean;
}

/** What became of a try. */
export interface Outcome {
  delivery: ClaimedDelivery;
  status: 'delivered' | 'failed' | 'pending';
  nextAt: Date | null;
  at: string;
  responseStatus: number | null;
  durationMs: number;
  error: string | null;
  responseBody: string;
  requestHeaders: Record<string, string>;
}

interface ClaimRow {
  workspace_id: string;
  id: string;
  webhook_id: string;
  event_id: string;
  event_type: EventType;
  body: string;
  order_key: string | null;
  tries: number;
  once: boolean;
}

interface EndpointRow {
  workspace_id: string;
  id: string;
  kind: WebhookKind;
  url: string;
  headers: string | null;
  asymmetric: boolean;
  enabled: boolean;
  failing_since: Date | null;
  told_failing_at: Date | null;
  secrets: SealedSecret[];
}

/** The heads of conversations only: what stands behind one that has not arrived waits. */
const IN_ORDER = `(d.order_key IS NULL OR NOT EXISTS (
   SELECT 1 FROM webhook_deliveries h WHERE h.webhook_id = d.webhook_id AND h.status = 'pending'
      AND h.order_key = d.order_key AND h.seq < d.seq))`;

/** The rows behind deliveries, across workspaces: claiming, giving back, writing down. */
@Injectable()
export class DeliveryLedger {
  constructor(
    private readonly database: SystemDatabase,
    private readonly webhooks: Webhooks,
    private readonly secrets: WebhookSecrets,
    private readonly clock: Clock,
  ) {}

  /** Endpoints that have something due by `until` that nobody has in hand, and when. */
  async due(until: Date): Promise<(DueEndpoint & { dueAt: Date })[]> {
    const rows = await this.database.query<{ workspace_id: string; id: string; due_at: Date }>(
      `SELECT w.workspace_id, w.id, n.due_at FROM webhooks w
        CROSS JOIN LATERAL (SELECT min(d.next_at) AS due_at FROM webhook_deliveries d
                             WHERE d.webhook_id = w.id AND d.status = 'pending'
                               AND (d.lease_until IS NULL OR d.lease_until <= $1)) n
        WHERE w.disabled_at IS NULL AND n.due_at <= $1 AND ${mayGoOut('w')}`,
      [until],
    );
    return rows.map((row) => ({ workspaceId: row.workspace_id, webhookId: row.id, dueAt: row.due_at }));
  }

  /**
   * Takes what is due of these endpoints in hand, up to `most` of each, the longest due first. What another process has
   * in hand is passed by, and so is what belongs to a disabled endpoint, one whose maker has left, or a paused workspace.
   */
  async claim(asked: readonly (DueEndpoint & { most: number })[], token: string): Promise<ClaimedDelivery[]> {
    const now = this.clock.now();
    const leaseUntil = now.getTime() + LEASE_MS;
    const rows = await this.database.query<ClaimRow>(
      `WITH asked AS (SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::int[]) AS a (workspace_id, webhook_id, most)),
       picked AS (
         SELECT p.workspace_id, p.id FROM asked a
           JOIN webhooks w ON w.workspace_id = a.workspace_id AND w.id = a.webhook_id AND w.disabled_at IS NULL
                AND ${mayGoOut('w')}
           JOIN memberships m ON m.workspace_id = w.workspace_id AND m.user_id = w.maker_id AND m.ended_at IS NULL
          CROSS JOIN LATERAL (
            SELECT d.workspace_id, d.id FROM webhook_deliveries d
             WHERE d.webhook_id = a.webhook_id AND d.status = 'pending' AND d.next_at <= $4
               AND (d.lease_until IS NULL OR d.lease_until <= $4) AND ${IN_ORDER}
             ORDER BY d.next_at, d.seq LIMIT a.most FOR UPDATE OF d SKIP LOCKED) p),
       taken AS (
         UPDATE webhook_deliveries d SET claim = $5, lease_until = $6 FROM picked p
          WHERE d.workspace_id = p.workspace_id AND d.id = p.id
         RETURNING d.workspace_id, d.id, d.webhook_id, d.event_id, d.event_type, d.kind, d.order_key, d.tries, d.once, d.seq)
       SELECT t.*, b.body FROM taken t
         JOIN webhook_payloads b ON b.workspace_id = t.workspace_id AND b.event_id = t.event_id AND b.kind = t.kind
        ORDER BY t.seq`,
      [
        asked.map((each) => each.workspaceId),
        asked.map((each) => each.webhookId),
        asked.map((each) => each.most),
        now,
        token,
        new Date(leaseUntil),
      ],
    );
    return rows.map((row) => ({
      workspaceId: row.workspace_id,
      id: row.id,
      webhookId: row.webhook_id,
      eventId: row.event_id,
      eventType: row.event_type,
      body: row.body,
      ordered: row.order_key !== null,
      tries: row.tries,
      once: row.once,
      claim: token,
      leaseUntil,
    }));
  }

  /** These endpoints with everything that a message to them needs, by id. */
  async endpoints(ids: readonly string[]): Promise<Map<string, LiveEndpoint>> {
    const rows = await this.database.query<EndpointRow>(
      `SELECT w.workspace_id, w.id, w.kind, w.url, w.headers, w.signs_asymmetric AS asymmetric,
              w.disabled_at IS NULL AND ${mayGoOut('w')} AS enabled,
              w.failing_since, w.told_failing_at,
              (SELECT json_agg(json_build_object('id', s.id, 'sealed', s.sealed) ORDER BY s.created_at DESC, s.id DESC)
                 FROM webhook_secrets s
                WHERE s.workspace_id = w.workspace_id AND s.webhook_id = w.id
                  AND (s.retires_at IS NULL OR s.retires_at > $2)) AS secrets
         FROM webhooks w WHERE w.id = ANY ($1)`,
      [ids, this.clock.now()],
    );
    return new Map(
      rows.map((row) => [
        row.id,
        {
          workspaceId: row.workspace_id,
          id: row.id,
          kind: row.kind,
          url: row.url,
          host: URL.canParse(row.url) ? new URL(row.url).host : '',
          headers: this.webhooks.openHeaders(row.id, row.headers),
          enabled: row.enabled,
          signers: this.secrets.signers(row.secrets, row.asymmetric),
          failingSince: row.failing_since,
          toldFailing: row.told_failing_at !== null,
        },
      ]),
    );
  }

  /** Gives back what was not begun. */
  async release(deliveries: readonly ClaimedDelivery[]): Promise<void> {
    await this.database.query(
      `UPDATE webhook_deliveries d SET claim = NULL, lease_until = NULL
         FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) AS g (workspace_id, id, claim)
        WHERE d.workspace_id = g.workspace_id AND d.id = g.id AND d.claim = g.claim`,
      [
        deliveries.map((each) => each.workspaceId),
        deliveries.map((each) => each.id),
        deliveries.map((each) => each.claim),
      ],
    );
  }

  /** Gives back all that a process that is known to be gone had in hand. */
  async releaseAll(): Promise<void> {
    await this.database.query(
      'UPDATE webhook_deliveries SET claim = NULL, lease_until = NULL WHERE lease_until IS NOT NULL',
    );
  }

  /**
   * Writes attempts down, in one statement. What was cancelled meanwhile stays cancelled unless it was delivered; what
   * was delivered once stays delivered though it failed when sent again by hand; a claim that was overtaken counts no more.
   */
  async record(outcomes: readonly Outcome[]): Promise<void> {
    await this.database.query(RECORD, [
      JSON.stringify(
        outcomes.map((outcome) => ({
          workspace_id: outcome.delivery.workspaceId,
          id: outcome.delivery.id,
          claim: outcome.delivery.claim,
          outcome: outcome.status,
          next_at: outcome.nextAt,
          at: outcome.at,
          finished_at: this.clock.now(),
          response_status: outcome.responseStatus,
          duration_ms: outcome.durationMs,
          error: outcome.error,
          response_body: outcome.responseBody,
          request_headers: outcome.requestHeaders,
        })),
      ),
    ]);
  }

  /** Since when nothing but failures came back from endpoints; null after a success. */
  async noteHealth(states: readonly { workspaceId: string; id: string; failingSince: Date | null }[]): Promise<void> {
    await this.database.query(
      `UPDATE webhooks w SET failing_since = CASE WHEN s.failing_since IS NOT NULL THEN coalesce(w.failing_since, s.failing_since) END
         FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[]) AS s (workspace_id, id, failing_since)
        WHERE w.workspace_id = s.workspace_id AND w.id = s.id`,
      [
        states.map((state) => state.workspaceId),
        states.map((state) => state.id),
        states.map((state) => state.failingSince),
      ],
    );
  }
}

const RECORD = `
  WITH o AS (
    SELECT * FROM jsonb_to_recordset($1::jsonb) AS o (workspace_id uuid, id uuid, claim uuid, outcome text,
      next_at timestamptz, at timestamptz, finished_at timestamptz, response_status int, duration_ms int, error text,
      response_body text, request_headers jsonb)
  ), done AS (
    UPDATE webhook_deliveries d
       SET attempts = d.attempts + 1, tries = d.tries + 1, claim = NULL, lease_until = NULL, once = false,
           status = CASE WHEN d.status <> 'pending' AND o.outcome <> 'delivered' THEN d.status
                         WHEN d.once AND o.outcome = 'failed' AND EXISTS (
                           SELECT 1 FROM webhook_attempts a WHERE a.workspace_id = d.workspace_id AND a.delivery_id = d.id
                              AND a.error IS NULL) THEN 'delivered'
                         ELSE o.outcome END,
           next_at = CASE WHEN d.status = 'pending' THEN o.next_at END,
           finished_at = CASE WHEN d.status = 'pending' AND o.outcome = 'pending' THEN NULL ELSE o.finished_at END
      FROM o WHERE d.workspace_id = o.workspace_id AND d.id = o.id AND d.claim = o.claim
    RETURNING d.workspace_id, d.id, d.attempts, o.at, o.response_status, o.duration_ms, o.error, o.response_body, o.request_headers
  )
  INSERT INTO webhook_attempts (workspace_id, delivery_id, n, at, response_status, duration_ms, error, response_body, request_headers)
  SELECT workspace_id, id, attempts, at, response_status, duration_ms, error, response_body, request_headers FROM done`;
