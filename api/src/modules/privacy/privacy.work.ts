import { Injectable, Logger } from '@nestjs/common';
import { systemActor } from '../../platform/access';
import { databaseRefusal } from '../../platform/database';
import { Refusal } from '../../platform/refusal';
import { type Tx, UnitOfWork } from '../../platform/work';
import { LeadCollection } from './lead-collection';
import { LeadErasure } from './lead-erasure';
import { added, FILE_DAYS, stageAfter, TRIES } from './privacy.rules';
import { Receipts } from './receipts';
import type { RequestRow } from './request-rows';
import type { RequestRef } from './requests.queries';
import { PrivacyRequests } from './requests.service';

const DAY = 86_400_000;

/**
 * Works on a request step by step, each in a transaction of its own that also says how far it has come: whoever goes on
 * after a crash begins where the last one ended, and doing a step twice does no more than once.
 */
@Injectable()
export class PrivacyWork {
  private readonly log = new Logger('privacy');
  private open = true;
  private readonly running = new Set<Promise<void>>();

  constructor(
    private readonly work: UnitOfWork,
    private readonly requests: PrivacyRequests,
    private readonly erasure: LeadErasure,
    private readonly collection: LeadCollection,
    private readonly receipts: Receipts,
  ) {}

  /** Does what is left of a request, unless somebody has it in hand. Never throws. */
  async perform(ref: RequestRef): Promise<void> {
    const done = this.steps(ref).finally(() => this.running.delete(done));
    this.running.add(done);
    await done;
  }

  /** Waits for what is in hand. Answers whether there was anything. */
  async settled(): Promise<boolean> {
    const some = this.running.size > 0;
    await Promise.all(this.running);
    return some;
  }

  /** Begins nothing more and waits for the step in hand. */
  async close(): Promise<void> {
    this.open = false;
    await this.settled();
  }

  private async steps({ workspaceId, id }: RequestRef): Promise<void> {
    const actor = systemActor(workspaceId, 'privacy');
    let request: RequestRow | undefined;
    try {
      request = await this.work.run(actor, (tx) => this.requests.claim(tx, id));
      while (request && this.open) {
        const held: RequestRow = request;
        request = await this.work.run(actor, (tx) => this.step(tx, held));
      }
    } catch (error) {
      this.log.error({ err: error, workspaceId, requestId: id }, 'a data subject’s request could not be worked on');
      if (request) await this.giveUp(request, workspaceId, error);
    }
  }

  /** One step; answers the request as it stands then, and nothing when it is over or somebody else has it. */
  private async step(tx: Tx, claimed: RequestRow): Promise<RequestRow | undefined> {
    const request = await this.requests.hold(tx, claimed);
    if (!request?.stage) return undefined;
    switch (request.stage) {
      case 'rows':
        return this.next(tx, request, await this.erasure.rows(tx, request));
      case 'events': {
        const { last, counts } = await this.erasure.events(tx, request.lead_id, request.log_seq);
        if (last === null) return this.next(tx, request, {});
        const further = { ...request, log_seq: last, counts: added(request.counts, counts) };
        await this.requests.advance(tx, request.id, further);
        return further;
      }
      case 'collect':
        return this.next(tx, request, await this.collect(tx, request));
      case 'receipt':
        await this.requests.finish(tx, request, await this.receipts.sign(tx, request));
        return undefined;
    }
  }

  private async next(tx: Tx, request: RequestRow, counts: Record<string, number>): Promise<RequestRow> {
    const stage = stageAfter(request.kind, request.stage ?? 'receipt');
    const further = { ...request, stage, counts: added(request.counts, counts) };
    await this.requests.advance(tx, request.id, further);
    return further;
  }

  private async collect(tx: Tx, { id, lead_id: leadId }: RequestRow): Promise<Record<string, number>> {
    const bundle = await this.collection.collect(tx, leadId, tx.now);
    await tx.query('UPDATE privacy_requests SET file = $2, file_until = $3 WHERE id = $1', [
      id,
      JSON.stringify(bundle),
      new Date(tx.now.getTime() + FILE_DAYS * DAY),
    ]);
    return Object.fromEntries(Object.entries(bundle.sections).map(([name, rows]) => [name, rows.length]));
  }

  /** What was refused stays refused; anything else is tried again a few times. */
  private async giveUp(request: RequestRow, workspaceId: string, error: unknown): Promise<void> {
    // While the database is away there is nothing to write to: the lease runs out, and the sweeper goes on.
    if (databaseRefusal(error)) return;
    const refused = error instanceof Refusal;
    const reason = refused ? error.message : 'Threadline could not do this; its log says why.';
    try {
      await this.work.run(systemActor(workspaceId, 'privacy'), (tx) =>
        this.requests.giveUp(tx, request, reason, refused || request.attempts >= TRIES),
      );
    } catch (failed) {
      this.log.warn({ err: failed, requestId: request.id }, 'a request is let go of when its lease runs out');
    }
  }
}
