import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type PrivacyKind, type PrivacyRequest, ref } from '@threadline/contracts';
import { Subject } from 'rxjs';
import { v7 } from 'uuid';
import { memberBehind } from '../../platform/access';
import { Keys } from '../../platform/config';
import { isDuplicate } from '../../platform/database';
import { Refusal } from '../../platform/refusal';
import type { Tx } from '../../platform/work';
import { LegalHolds } from '../audit';
import { leadsVisibleTo } from '../leads';
import { firstStage } from './privacy.rules';
import { REQUEST_COLUMNS, type RequestRow } from './request-rows';
import { PrivacyQueries, type RequestRef } from './requests.queries';

/** So long one process has a request in hand before others take it for left behind, in ms. */
const LEASE_MS = 120_000;

/** Asking for an export or an erasure, and the ledger of what became of it. */
@Injectable()
export class PrivacyRequests {
  /** Requests of this process that are due. */
  readonly due$ = new Subject<RequestRef>();
  private readonly subjectKey: Buffer;

  constructor(
    private readonly queries: PrivacyQueries,
    private readonly holds: LegalHolds,
    keys: Keys,
  ) {
    this.subjectKey = keys.derive('privacy-subjects');
  }

  /**
   * Event `privacy_request.made`; it is worked on in the background.
   * @throws Refusal `not_found` for a lead that is absent or erased, `on_hold` with the legal hold that keeps it,
   * `wrong_state` with the request that is under way already
   */
  async make(tx: Tx, { kind, leadId }: { kind: PrivacyKind; leadId: string }): Promise<PrivacyRequest> {
    const parameters: unknown[] = [leadId];
    const visible = leadsVisibleTo(tx.actor, parameters, { deleted: true });
    const [lead] = await tx.query<{ email: string | null }>(
      `SELECT l.email FROM leads l WHERE l.id = $1 AND ${visible}`,
      parameters,
    );
    if (!lead) throw new Refusal('not_found');
    if (kind === 'erase') await this.holds.refuseHeld(tx, ref('lead', leadId));
    const id = v7();
    await this.insert(tx, { id, kind, leadId, subject: this.subjectHash(tx.workspaceId, lead.email ?? leadId) });
    tx.append({
      type: 'privacy_request.made',
      subject: { type: 'privacy_request', id },
      about: [ref('privacy_request', id), ref('lead', leadId)],
      data: { requestId: id, kind, leadId },
    });
    tx.afterCommit(() => this.due$.next({ workspaceId: tx.workspaceId, id }));
    return this.queries.one(tx, id);
  }

  /** Takes a request in hand; undefined when it is in somebody's, or done. */
  async claim(tx: Tx, id: string): Promise<RequestRow | undefined> {
    const [row] = await tx.query<RequestRow>(
      `WITH mine AS (
         UPDATE privacy_requests SET state = 'running', lease_until = $2, attempts = attempts + 1
          WHERE id = $1 AND (state = 'waiting' OR (state = 'running' AND lease_until <= $3)) RETURNING *
       ) SELECT ${REQUEST_COLUMNS} FROM mine r`,
      [id, new Date(tx.now.getTime() + LEASE_MS), tx.now],
    );
    return row;
  }

  /** The request in hand, locked until the transaction ends; undefined when somebody else has it by now. */
  async hold(tx: Tx, { id, attempts }: RequestRow): Promise<RequestRow | undefined> {
    const [row] = await tx.query<RequestRow>(
      `SELECT ${REQUEST_COLUMNS} FROM privacy_requests r
        WHERE r.id = $1 AND r.state = 'running' AND r.attempts = $2 FOR UPDATE`,
      [id, attempts],
    );
    return row;
  }

  /** Writes down how far it has come. */
  async advance(tx: Tx, id: string, to: Pick<RequestRow, 'stage' | 'log_seq' | 'counts'>): Promise<void> {
    await tx.query(
      'UPDATE privacy_requests SET stage = $2, log_seq = $3, counts = $4, lease_until = $5 WHERE id = $1',
      [id, to.stage, to.log_seq, JSON.stringify(to.counts), new Date(tx.now.getTime() + LEASE_MS)],
    );
  }

  /** Lets go of a request, so that it is tried again; or for good, with the reason. Event `privacy_request.ended` then. */
  async giveUp(tx: Tx, request: RequestRow, reason: string, forGood: boolean): Promise<void> {
    if (!(await this.hold(tx, request))) return;
    if (!forGood) {
      // Until the lease is over nobody begins it again: that is the pause.
      await tx.query('UPDATE privacy_requests SET lease_until = $2, failure = $3 WHERE id = $1', [
        request.id,
        new Date(tx.now.getTime() + 5_000),
        reason,
      ]);
      return;
    }
    await tx.query(
      `UPDATE privacy_requests SET state = 'failed', failure = $2, ended_at = $3, lease_until = NULL WHERE id = $1`,
      [request.id, reason, tx.now],
    );
    this.ended(tx, request, 'failed');
  }

  /** It is done: event `privacy_request.ended`. */
  async finish(tx: Tx, request: RequestRow, receipt: string): Promise<void> {
    await tx.query(
      `UPDATE privacy_requests SET state = 'done', stage = NULL, failure = NULL, ended_at = $2, lease_until = NULL, receipt = $3
        WHERE id = $1`,
      [request.id, tx.now, receipt],
    );
    this.ended(tx, request, 'done');
  }

  private ended(tx: Tx, { id, kind, lead_id: leadId }: RequestRow, outcome: 'done' | 'failed'): void {
    tx.append({
      type: 'privacy_request.ended',
      subject: { type: 'privacy_request', id },
      about: [ref('privacy_request', id), ref('lead', leadId)],
      data: { requestId: id, kind, leadId, outcome },
    });
  }

  private async insert(tx: Tx, wanted: { id: string; kind: PrivacyKind; leadId: string; subject: string }) {
    await tx.query('SAVEPOINT asking');
    try {
      await tx.query(
        `INSERT INTO privacy_requests (workspace_id, id, kind, lead_id, subject_hash, state, stage, requested_at, requested_by)
         VALUES ($1, $2, $3, $4, $5, 'waiting', $6, $7, $8)`,
        [
          ...[tx.workspaceId, wanted.id, wanted.kind, wanted.leadId, wanted.subject, firstStage(wanted.kind)],
          ...[tx.now, memberBehind(tx.actor)],
        ],
      );
    } catch (error) {
      if (!isDuplicate(error, 'privacy_requests_open')) throw error;
      await tx.query('ROLLBACK TO SAVEPOINT asking');
      const open = (await this.queries.list(tx)).find(
        ({ kind, leadId, endedAt }) => kind === wanted.kind && leadId === wanted.leadId && endedAt === null,
      );
      throw new Refusal('wrong_state', { detail: 'This is being done already.', ...(open ? { current: open } : {}) });
    }
  }

  private subjectHash(workspaceId: string, identity: string): string {
    return createHmac('sha256', this.subjectKey).update(`${workspaceId}\n${identity.toLowerCase()}`).digest('hex');
  }
}
