import { Injectable } from '@nestjs/common';
import type { Envelope, WebhookKind } from '@threadline/contracts';
import type { ReadTx, Tx } from '../../../platform/work';
import { Config } from '../../../platform/config';
import type { Share } from './share';
import { bodyOf, type Names } from './body.rules';

/** What a body is known by. */
export function payloadKey(kind: WebhookKind, eventId: string): string {
  return `${kind} ${eventId}`;
}

/** What is sent: made once for an event and kind of endpoint, and kept, so that every attempt sends the same bytes. */
@Injectable()
export class Payloads {
  constructor(private readonly config: Config) {}

  /** Nobody keeps a body until this transaction ends: who changes the kept ones has all of them before it. */
  async hold(tx: Tx): Promise<void> {
    await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 97))', [tx.workspaceId]);
  }

  /** Keeps the bodies of these shares that are not kept yet, and answers those, by `payloadKey`. */
  async keep(tx: Tx, shares: readonly Share[]): Promise<Map<string, string>> {
    await tx.query('SELECT pg_advisory_xact_lock_shared(hashtextextended($1, 97))', [tx.workspaceId]);
    const wanted = new Map<string, { kind: WebhookKind; event: Envelope }>();
    for (const { subscriber, events } of shares) {
      for (const event of events) wanted.set(payloadKey(subscriber.kind, event.id), { kind: subscriber.kind, event });
    }
    const all = await this.asKept(tx, [...wanted.values()]);
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

  /** With what the log says by now of events about leads that are gone: it was erased there since they were read. */
  private async asKept<W extends { event: Envelope }>(tx: Tx, wanted: readonly W[]): Promise<readonly W[]> {
    const leads = [...new Set(wanted.flatMap(({ event }) => idsIn(event.about, 'lead')))];
    if (leads.length === 0) return wanted;
    const there = await tx.query<{ id: string }>('SELECT id FROM leads WHERE id = ANY ($1)', [leads]);
    const known = new Set(there.map(({ id }) => id));
    const gone = new Set(leads.filter((id) => !known.has(id)));
    if (gone.size === 0) return wanted;
    const seqs = wanted.flatMap(({ event }) =>
      idsIn(event.about, 'lead').some((id) => gone.has(id)) ? [event.seq] : [],
    );
    const rows = await tx.query<Pick<Envelope, 'id' | 'data'>>(
      'SELECT id, data FROM events WHERE workspace_id = $1 AND seq = ANY ($2)',
      [tx.workspaceId, seqs],
    );
    const told = new Map(rows.map(({ id, data }) => [id, data]));
    return wanted.map((each) => {
      const data = told.get(each.event.id);
      return data ? { ...each, event: { ...each.event, data } as Envelope } : each;
    });
  }

  /** Names of the leads and people that events are about, for bodies that people read. */
  private async names(tx: ReadTx, events: readonly Envelope[]): Promise<Names> {
    const { publicUrl } = this.config;
    if (events.length === 0) return { of: new Map(), publicUrl };
    const refs = [...new Set(events.flatMap((event) => event.about))];
    const people = events.flatMap(({ actor }) => (actor.type === 'user' ? [actor.id] : []));
    const rows = await tx.query<{ ref: string; name: string }>(
      `SELECT 'lead:' || id AS ref, name FROM leads WHERE id = ANY ($1)
       UNION ALL SELECT 'user:' || user_id, name FROM workspace_people WHERE user_id = ANY ($2)`,
      [idsIn(refs, 'lead'), [...new Set([...idsIn(refs, 'user'), ...people])]],
    );
    return { of: new Map(rows.map(({ ref, name }) => [ref, name])), publicUrl };
  }
}

function idsIn(refs: readonly string[], kind: string): string[] {
  return refs.flatMap((each) => (each.startsWith(`${kind}:`) ? [each.slice(kind.length + 1)] : []));
}
