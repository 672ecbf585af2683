import { setTimeout as wait } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { systemActor } from '../../../platform/access';
import { Clock } from '../../../platform/clock';
import { CrashPoints } from '../../../platform/crash';
import { UnitOfWork } from '../../../platform/work';
import { EndpointStates } from '../endpoints';
import { GIVE_UP_MS, TELLS_AT } from './delivery-limits';
import { pauseAfter } from './delivery-retry.rules';
import { DeliveryLedger, type LiveEndpoint, type Outcome } from './delivery.ledger';
import type { Attempted } from './delivery.sender';
import type { Claimed } from './lane';

interface Waiting {
  outcome: Outcome;
  endpoint: LiveEndpoint;
  done: (written: boolean) => void;
}

/** Outcomes that travel in one statement. */
const BATCH = 200;
/**
 * So long outcomes are gathered after a statement, in ms: nobody waits for them but who is to follow in order, and one
 * by one they cost the database several times what they do together.
 */
const GATHER_MS = 25;
/** Milliseconds between tries to write outcomes down, while the database is away. */
const RECORD_AGAIN = [100, 500, 1_000, 2_000, 4_000];

/**
 * Judges attempts and writes them down. Those that end while others are being written, and shortly after, travel together
 * with the next statement. What cannot be written is sent again when its claim runs out: at least once, never lost.
 */
@Injectable()
export class Outcomes {
  private readonly log = new Logger('webhooks');
  private readonly waiting: Waiting[] = [];
  private writing = false;
  /** Ends the gathering, while there is one. */
  private hurry?: () => void;

  constructor(
    private readonly ledger: DeliveryLedger,
    private readonly states: EndpointStates,
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly crash: CrashPoints,
  ) {}

  /** Resolves when it is written down, and what follows from it for the endpoint. */
  async take({ delivery, endpoint }: Claimed, attempted: Attempted): Promise<Outcome> {
    const outcome = this.judge(delivery, attempted);
    if (outcome.status === 'delivered') this.crash.pass('webhook_answered');
    const written = new Promise<boolean>((done) => this.waiting.push({ outcome, endpoint, done }));
    if (!this.writing) void this.write();
    else if (delivery.ordered || this.waiting.length >= BATCH) this.hurry?.();
    if (await written) await this.follow(endpoint, outcome, attempted.gone);
    return outcome;
  }

  private judge(delivery: Claimed['delivery'], attempted: Attempted): Outcome {
    const { error = null, ...attempt } = attempted.attempt;
    const ended = { delivery, ...attempt, error, nextAt: null };
    if (error === null) return { ...ended, status: 'delivered' };
    if (attempted.abort || attempted.gone || delivery.once) return { ...ended, status: 'failed' };
    const at = this.clock.now();
    const { timedOut, retryAfter } = attempted;
    const pause = pauseAfter({
      ...{ tries: delivery.tries + 1, status: attempt.responseStatus, timedOut, at, random: Math.random() },
      ...(retryAfter === undefined ? {} : { retryAfter }),
    });
    if (pause === null) return { ...ended, status: 'failed' };
    return { ...ended, status: 'pending', nextAt: new Date(at.getTime() + pause) };
  }

  private async write(): Promise<void> {
    this.writing = true;
    try {
      while (this.waiting.length > 0) {
        const batch = this.waiting.splice(0, BATCH);
        const written = await this.record(batch);
        for (const { done } of batch) done(written);
        if (!this.waiting.some(({ outcome }) => outcome.delivery.ordered) && this.waiting.length < BATCH)
          await this.gather();
      }
    } finally {
      this.writing = false;
    }
  }

  private async gather(): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, GATHER_MS);
      this.hurry = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.hurry = undefined;
  }

  private async record(batch: readonly Waiting[]): Promise<boolean> {
    for (const pause of [...RECORD_AGAIN, null]) {
      try {
        await this.ledger.record(batch.map(({ outcome }) => outcome));
        await this.noteHealth(batch);
        return true;
      } catch (error) {
        this.log.warn({ err: error, attempts: batch.length }, 'attempts could not be written down');
        if (pause !== null) await wait(pause);
      }
    }
    return false;
  }

  /** Only changes are written: an endpoint that works is not touched by each delivery. */
  private async noteHealth(batch: readonly Waiting[]): Promise<void> {
    const changed = new Map<string, { workspaceId: string; id: string; failingSince: Date | null }>();
    for (const { outcome, endpoint } of batch) {
      const failingSince = outcome.error === null ? null : (endpoint.failingSince ?? new Date(outcome.at));
      if (failingSince?.getTime() === endpoint.failingSince?.getTime()) continue;
      endpoint.failingSince = failingSince;
      changed.set(endpoint.id, { workspaceId: endpoint.workspaceId, id: endpoint.id, failingSince });
    }
    if (changed.size > 0) await this.ledger.noteHealth([...changed.values()]);
  }

  private async follow(endpoint: LiveEndpoint, outcome: Outcome, gone: boolean): Promise<void> {
    const { workspaceId, id } = endpoint;
    const { error, delivery } = outcome;
    const failingFor = endpoint.failingSince ? this.clock.millis() - endpoint.failingSince.getTime() : 0;
    const tell = error !== null && delivery.tries + 1 >= TELLS_AT && !endpoint.toldFailing;
    const end = gone ? 'gone' : error !== null && failingFor >= GIVE_UP_MS ? 'failing' : null;
    const well = error === null && endpoint.toldFailing;
    if (!tell && end === null && !well) return;
    try {
      await this.work.run(systemActor(workspaceId, 'webhooks'), async (tx) => {
        if (well) await this.states.recovered(tx, id);
        if (end !== null) await this.states.disable(tx, id, end);
        else if (tell && error !== null) await this.states.failing(tx, id, { deliveryId: delivery.id, error });
      });
      endpoint.toldFailing = tell;
    } catch (failure) {
      // The next attempt to the endpoint brings the same about.
      this.log.warn({ err: failure, workspaceId, webhookId: id }, 'the state of a webhook could not be noted');
    }
  }
}
