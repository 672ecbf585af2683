import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type Envelope, isEnvelope, webhookRight } from '@threadline/contracts';
import { v7 } from 'uuid';
import type { Actor } from '../../../platform/access';
import type { ReadTx, Tx } from '../../../platform/work';
import { matches } from '../endpoints';
import { ReachesQueries } from '../../reach';
import { LEASE_MS } from './delivery-limits';
import { DeliveryWake } from './delivery-wake';
import type { ClaimedDelivery } from './delivery.ledger';
import { Dispatcher } from './dispatcher.service';
import { MakersQueries } from './makers.queries';
import { payloadKey, Payloads } from './payloads';
import type { Share, Subscriber } from './share';

/** Which events go to which endpoints, and into the ledger with them. */
@Injectable()
export class FanOut {
  constructor(
    private readonly makers: MakersQueries,
    private readonly reaches: ReachesQueries,
    private readonly payloads: Payloads,
    private readonly wake: DeliveryWake,
    private readonly dispatcher: Dispatcher,
  ) {}

  /** The endpoints that are switched on; or the one of this id, even if it is not. */
  subscribers(tx: ReadTx, id: string | null = null): Promise<Subscriber[]> {
    return tx.query<Subscriber>(
      `SELECT id, kind, event_types, filters, ordered, maker_id, granted, since_seq FROM webhooks
        WHERE CASE WHEN $1::uuid IS NULL THEN disabled_at IS NULL ELSE id = $1 END ORDER BY id`,
      [id],
    );
  }

  /** What each endpoint asks for and its maker may see now, in the log's order. */
  async share(tx: ReadTx, subscribers: readonly Subscriber[], events: readonly Envelope[]): Promise<Share[]> {
    const makers = await this.makers.rights(
      tx,
      subscribers.map((subscriber) => subscriber.maker_id),
    );
    const shown = await this.reaches.shown(tx, [...makers.values()], events);
    return subscribers.flatMap((subscriber) => {
      const maker = makers.get(subscriber.maker_id);
      if (!maker) return [];
      const theirs = shown(maker).events.filter(isEnvelope);
      const wanted = theirs.filter((event) => asksFor(subscriber, event) && mayHave(subscriber, maker, event));
      return wanted.length === 0 ? [] : [{ subscriber, events: wanted }];
    });
  }

  /**
   * Writes deliveries that are due at once. What stands in the ledger already is begun anew if `again` says so, except
   * where it is waiting anyway; otherwise it stays. New ones this process takes in hand as far as it can send them soon,
   * which saves the ledger the claim; the others are claimed like any that are due. Answers how many are due by it.
   */
  async enqueue(tx: Tx, shares: readonly Share[], again = false): Promise<number> {
    if (shares.length === 0) return 0;
    const bodies = await this.payloads.keep(tx, shares);
    const claim = { token: randomUUID(), leaseUntil: tx.now.getTime() + LEASE_MS };
    const rows = shares.flatMap((share) => this.rowsOf(tx, share, again ? new Map<string, string>() : bodies));
    const due = await tx.query<{ id: string }>(
      `INSERT INTO webhook_deliveries (workspace_id, id, webhook_id, event_id, seq, event_type, kind, order_key, status,
                                       next_at, created_at, claim, lease_until)
       SELECT $1, d.id, d.webhook_id, d.event_id, d.seq, d.event_type, d.kind, d.order_key, 'pending', $9, $9,
              CASE WHEN d.in_hand THEN $11::uuid END, CASE WHEN d.in_hand THEN $12::timestamptz END
         FROM unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::bigint[], $6::text[], $7::text[], $8::text[], $10::boolean[])
           AS d (id, webhook_id, event_id, seq, event_type, kind, order_key, in_hand)
       ON CONFLICT ON CONSTRAINT webhook_deliveries_once ${again ? AGAIN : 'DO NOTHING'}
       RETURNING id`,
      [
        tx.workspaceId,
        rows.map(({ id }) => id),
        rows.map(({ subscriber }) => subscriber.id),
        rows.map(({ event }) => event.id),
        rows.map(({ event }) => event.seq),
        rows.map(({ event }) => event.type),
        rows.map(({ subscriber }) => subscriber.kind),
        rows.map(({ orderKey }) => orderKey),
        tx.now,
        rows.map(({ body }) => body !== null),
        claim.token,
        new Date(claim.leaseUntil),
      ],
    );
    const made = new Set(due.map(({ id }) => id));
    const inHand = rows.flatMap((row) => (made.has(row.id) ? claimedBy(tx.workspaceId, row, claim) : []));
    const left = new Set(rows.flatMap(({ subscriber, body }) => (body === null ? [subscriber.id] : [])));
    tx.afterCommit(() => {
      if (inHand.length > 0) this.wake.inHand$.next(inHand);
      if (left.size > 0)
        this.wake.due$.next([...left].map((webhookId) => ({ workspaceId: tx.workspaceId, webhookId })));
    });
    return due.length;
  }

  /** The deliveries of a share; those that are to be taken in hand with the body that was just kept for them. */
  private rowsOf({ workspaceId }: Tx, { subscriber, events }: Share, bodies: ReadonlyMap<string, string>): Row[] {
    // What must not overtake is claimed in its order.
    const none = subscriber.ordered || !this.wake.inHand$.observed;
    const most = none ? 0 : this.dispatcher.appetite({ workspaceId, webhookId: subscriber.id });
    return events.map((event, index) => ({
      id: v7(),
      subscriber,
      event,
      orderKey: subscriber.ordered ? orderKeyOf(event) : null,
      body: index < most ? (bodies.get(payloadKey(subscriber.kind, event.id)) ?? null) : null,
    }));
  }
}

/** A delivery to be; with its body where it is taken in hand. */
interface Row {
  id: string;
  subscriber: Subscriber;
  event: Envelope;
  orderKey: string | null;
  body: string | null;
}

function claimedBy(
  workspaceId: string,
  { id, subscriber, event, body }: Row,
  { token, leaseUntil }: { token: string; leaseUntil: number },
): ClaimedDelivery[] {
  if (body === null) return [];
  const of = { workspaceId, id, webhookId: subscriber.id, eventId: event.id, eventType: event.type };
  return [{ ...of, body, ordered: false, tries: 0, once: false, claim: token, leaseUntil }];
}

const AGAIN = `DO UPDATE SET status = 'pending', tries = 0, once = false, next_at = excluded.next_at, claim = NULL,
         lease_until = NULL, finished_at = NULL, order_key = excluded.order_key
         WHERE webhook_deliveries.status <> 'pending'`;

function asksFor({ id, event_types, filters }: Subscriber, event: Envelope): boolean {
  // An endpoint is not told of itself: telling of its failures would make more of them.
  if (event.subject.type === 'webhook' && event.subject.id === id) return false;
  return (event_types.length === 0 || event_types.includes(event.type)) && matches(filters, event);
}

function mayHave({ granted }: Subscriber, maker: Actor, event: Envelope): boolean {
  const right = webhookRight(event.type);
  return right !== null && maker.permissions.has(right) && (granted === null || granted.includes(right));
}

/** What an ordered endpoint must not be told out of order: the conversation, or the lead where there is none yet. */
function orderKeyOf({ about }: Envelope): string | null {
  return (
    about.find((each) => each.startsWith('conversation:')) ?? about.find((each) => each.startsWith('lead:')) ?? null
  );
}
