import { Injectable } from '@nestjs/common';
import { type Ref, ref } from '@threadline/contracts';
import { SubjectKeys } from '../../platform/audit';
import type { Tx } from '../../platform/work';
import { LegalHolds } from '../audit';
import { Suppressions } from '../suppressions';
import { Payloads } from '../webhooks';
import type { RequestRow } from './request-rows';

/** Events taken at once. */
const EVENTS = 1_000;

type Counts = Record<string, number>;

/**
 * Takes a lead out of everything that is kept. Rows go; the log keeps its numbers and says "erased" where it said who;
 * the audit log's key goes, so that its entries still verify and say nothing; the address stays as a keyed hash that
 * nothing is sent to.
 */
@Injectable()
export class LeadErasure {
  constructor(
    private readonly holds: LegalHolds,
    private readonly keys: SubjectKeys,
    private readonly suppressions: Suppressions,
    private readonly payloads: Payloads,
  ) {}

  /**
   * Rows and keys, in one transaction: before it the lead is there, after it nobody finds it. Event `lead.erased`.
   * @throws Refusal `on_hold` when a legal hold was placed since it was asked for
   */
  async rows(tx: Tx, { id: requestId, lead_id: leadId }: RequestRow): Promise<Counts> {
    const thing: Ref = ref('lead', leadId);
    await this.holds.refuseHeld(tx, thing);
    const [lead] = await tx.query<{ email: string | null; name: string }>(
      'SELECT email, name FROM leads WHERE id = $1 FOR UPDATE',
      [leadId],
    );
    // Tried again after the rows were gone: what is left to do does not need them.
    if (!lead) return {};
    if (lead.email) await this.suppressions.forget(tx, lead.email);
    const before: Counts = {
      ...(await this.providerRequests(tx, leadId, lead.email)),
      ...(await this.answers(tx, leadId, lead.email)),
      ...(await this.files(tx, leadId)),
    };
    const [erased] = await tx.query<{ counts: Counts }>('SELECT erase_lead($1) AS counts', [leadId]);
    await this.keys.drop(tx.query, tx.workspaceId, thing);
    tx.append({
      type: 'lead.erased',
      subject: { type: 'lead', id: leadId },
      about: [thing, ref('privacy_request', requestId)],
      data: { leadId, requestId },
    });
    return { ...before, ...erased?.counts, audit_keys: 1 };
  }

  /** The next events of the log after one; `last` is null when there are no more. */
  async events(tx: Tx, leadId: string, after: string): Promise<{ last: string | null; counts: Counts }> {
    // One that is being kept in this moment, of the event as it was, would be seen by nobody.
    await this.payloads.hold(tx);
    const [step] = await tx.query<{ last: string | null; erased: string; payloads: string }>(
      'SELECT last, erased, payloads FROM erase_lead_events($1, $2, $3)',
      [leadId, after, EVENTS],
    );
    return {
      last: step?.last ?? null,
      counts: { events: Number(step?.erased ?? 0), webhook_payloads: Number(step?.payloads ?? 0) },
    };
  }

  /** What providers told of the lead's messages, as they told it. */
  private async providerRequests(tx: Tx, leadId: string, email: string | null): Promise<Counts> {
    const gone = await tx.query<{ id: string }>(
      `WITH gone AS (
         DELETE FROM provider_requests q USING (
           SELECT e.request_id AS id FROM provider_events e JOIN messages m ON m.id = e.message_id WHERE m.lead_id = $1
           UNION SELECT r.id FROM provider_requests r WHERE position(convert_to($2, 'UTF8') IN r.raw) > 0
         ) of_lead WHERE q.id = of_lead.id RETURNING q.id
       ) SELECT id FROM gone`,
      [leadId, email],
    );
    return { provider_requests: gone.length };
  }

  /** What retries of requests would be answered with, of the last day. */
  private async answers(tx: Tx, leadId: string, email: string | null): Promise<Counts> {
    const conversations = await tx.query<{ id: string }>('SELECT id FROM conversations WHERE lead_id = $1', [leadId]);
    const words = [leadId, ...conversations.map(({ id }) => id), ...(email ? [email] : [])];
    const rows = await tx.query<{ key: string }>(
      `WITH gone AS (
         UPDATE idempotency_keys SET body = '{"erased": true}'
          WHERE workspace_id = $1 AND lower(body::text) LIKE ANY ($2) RETURNING key
       ) SELECT key FROM gone`,
      [tx.workspaceId, words.map((word) => `%${word.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`)],
    );
    return { idempotency_keys: rows.length };
  }

  /** Files that were made of what was known: of this lead, and of the audit log, which may name anybody. */
  private async files(tx: Tx, leadId: string): Promise<Counts> {
    const handed = await tx.query<{ id: string }>(
      `WITH gone AS (
         UPDATE privacy_requests SET file = NULL, file_until = NULL WHERE lead_id = $1 AND file IS NOT NULL RETURNING id
       ) SELECT id FROM gone`,
      [leadId],
    );
    // One that is being made begins anew; its pieces so far may tell of the lead.
    await tx.query(
      `UPDATE audit_exports SET position = 0, entries = 0, bytes = 0, chunks = 0, claim_token = NULL, next_at = $1
        WHERE state IN ('queued', 'running')`,
      [tx.now],
    );
    await tx.query(`UPDATE audit_exports SET expires_at = $1 WHERE state = 'done' AND chunks > 0 AND expires_at > $1`, [
      tx.now,
    ]);
    const pieces = await tx.query<{ number: number }>(
      'WITH gone AS (DELETE FROM audit_export_chunks WHERE workspace_id = $1 RETURNING number) SELECT number FROM gone',
      [tx.workspaceId],
    );
    return { privacy_files: handed.length, audit_export_chunks: pieces.length };
  }
}
