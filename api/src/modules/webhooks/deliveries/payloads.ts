import { Injectable } from '@nestjs/common';
import type { Envelope, WebhookKind } from '@threadline/contracts';
import type { ReadTx, Tx } from '../../../platform/work';
import { Config } from '../../../platform/config';
import type { Share } from './fan-out';
import { bodyOf, type Names } from './body.rules';

/** What a body is known by. */
export function payloadKey(kind: WebhookKind, eventId: string): string {
  return `${kind} ${eventId}`;
}

/** What is sent: made once for an event and kind of endpoint, and kept, so that every attempt sends the same bytes. */
@Injectable()
export class Payloads {
  constructor(private readonly config: Config) {}

  /** Keeps the bodies of these shares that are not kept yet, and answers those, by `payloadKey`. */
  async keep(tx: Tx, shares: readonly Share[]): Promise<Map<string, string>> {
    const wanted = new Map<string, { kind: WebhookKind; event: Envelope }>();
    for (const { subscriber, events } of shares) {
      for (const event of events) wanted.set(payloadKey(subscriber.kind, event.id), { kind: subscriber.kind, event });
    }
    const all = [...wanted.values()];
    const names = await this.names(
      tx,
      all.filter(({ kind }) => kind !== 'standard').map(({ event }) => event),
    );
    const made = all.map(({ kind, event }) => ({ kind, eventId: event.id, body: bodyOf(kind, event, names) }));
    const rows = await tx.query<{ kind: WebhookKind; event_id: string }>(
      `INSERT INTO webhook_payloads (workspace_id, event_id, kind, body, created_at)
       SELECT $1, p.event_id, p.kind, p.body, $5 FROM unnest($2::uuid[], $3::text[], $4::text[]) AS p (event_id, kind, body)
       ON CONFLICT DO NOTHING RETURNING kind, event_id`,
      [
        tx.workspaceId,
        made.map(({ eventId }) => eventId),
        made.map(({ kind }) => kind),
        made.map(({ body }) => body),
        tx.now,
      ],
    );
    const kept = new Set(rows.map(({ kind, event_id }) => payloadKey(kind, event_id)));
    const bodies = made.map(({ kind, eventId, body }) => [payloadKey(kind, eventId), body] as const);
    return new Map(bodies.filter(([key]) => kept.has(key)));
  }

  /** The body of an event that is in no ledger: a test. */
  async make(tx: ReadTx, kind: WebhookKind, event: Envelope): Promise<string> {
    return bodyOf(kind, event, await this.names(tx, kind === 'standard' ? [] : [event]));
  }

  /** Names of the leads and people that events are about, for bodies that people read. */
  private async names(tx: ReadTx, events: readonly Envelope[]): Promise<Names> {
    const { publicUrl } = this.config;
    if (events.length === 0) return { of: new Map(), publicUrl };
    const refs = [...new Set(events.flatMap((event) => event.about))];
    const idsOf = (kind: string) =>
      refs.flatMap((each) => (each.startsWith(`${kind}:`) ? [each.slice(kind.length + 1)] : []));
    const people = events.flatMap(({ actor }) => (actor.type === 'user' ? [actor.id] : []));
    const rows = await tx.query<{ ref: string; name: string }>(
      `SELECT 'lead:' || id AS ref, name FROM leads WHERE id = ANY ($1)
       UNION ALL SELECT 'user:' || id, name FROM users WHERE id = ANY ($2)`,
      [idsOf('lead'), [...new Set([...idsOf('user'), ...people])]],
    );
    return { of: new Map(rows.map(({ ref, name }) => [ref, name])), publicUrl };
  }
}
