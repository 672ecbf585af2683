import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { systemActor } from '../../platform/access';
import { Clock } from '../../platform/clock';
import { CrashPoints } from '../../platform/crash';
import { type HandOver, MAIL_DEADLINE, MailTransport, PARALLEL_MAILS } from '../../platform/outbound';
import { Refusal } from '../../platform/refusal';
import { type Tx, UnitOfWork } from '../../platform/work';
import { type ClaimedSend, SendLedger } from '../conversations';
import { MailMaker } from './mail-maker';
import { nextAttempt } from './send-retry.rules';
import { Slots } from './slots';

/** A claim outlasts the hand-over and the writing down of its outcome. */
const LEASE_MS = MAIL_DEADLINE + 30_000;
/** How long a process that stops waits for mails that are under way. */
const CLOSE_MS = 20_000;
/** Milliseconds between tries to write an outcome down, while the database is away. */
const RECORD_AGAIN = [100, 500, 1_000, 2_000, 4_000, 8_000];

/** One workspace's round of claiming; a wake that comes during it makes it go round once more. */
interface Round {
  again: boolean;
  done: Promise<void>;
}

/**
 * Takes due messages in hand and hands them to the mail server. A claim is committed before the server hears of the
 * message, and its outcome is written down in a second unit of work: whatever happens in between, it is not sent twice.
 */
@Injectable()
export class Outbox {
  private readonly log = new Logger('sending');
  private readonly slots = new Slots(PARALLEL_MAILS);
  private readonly rounds = new Map<string, Round>();
  private readonly underWay = new Set<Promise<void>>();
  private open = true;

  constructor(
    private readonly work: UnitOfWork,
    private readonly ledger: SendLedger,
    private readonly transport: MailTransport,
    private readonly maker: MailMaker,
    private readonly clock: Clock,
    private readonly crash: CrashPoints,
  ) {}

  /** Sends everything of a workspace that is due. Resolves when all of it is in hand; some may still be under way. */
  deliver(workspaceId: string): Promise<void> {
    const running = this.rounds.get(workspaceId);
    if (running) {
      running.again = true;
      return running.done;
    }
    const round: Round = { again: false, done: Promise.resolve() };
    this.rounds.set(workspaceId, round);
    round.done = this.claimAll(workspaceId, round);
    return round.done;
  }

  /** Sends what is due in all workspaces, and waits until it has left. Answers whether there was anything. */
  async drain(): Promise<boolean> {
    if (!this.transport.ready) return this.finished();
    const due = await this.ledger.workspacesDue(this.clock.now());
    await Promise.all(due.map((workspaceId) => this.deliver(workspaceId)));
    return (await this.finished()) || due.length > 0;
  }

  /** Claims nothing more, and waits a while for what is under way; what takes longer is unknown afterwards. */
  async close(): Promise<void> {
    this.open = false;
    const patience = new AbortController();
    await Promise.race([
      this.finished(),
      wait(CLOSE_MS, undefined, { signal: patience.signal }).catch(() => undefined),
    ]);
    patience.abort();
  }

  /** Claims whose process is known to be gone become unknown at once instead of when their lease runs out. */
  async abandon(workspaceId: string): Promise<void> {
    const until = new Date(this.clock.millis() + LEASE_MS);
    await this.work.run(systemActor(workspaceId, 'sending'), (tx) => this.ledger.expireLeases(tx, until));
  }

  private async finished(): Promise<boolean> {
    const busy = this.rounds.size > 0 || this.underWay.size > 0;
    while (this.rounds.size > 0 || this.underWay.size > 0) {
      await Promise.allSettled([...[...this.rounds.values()].map(({ done }) => done), ...this.underWay]);
    }
    return busy;
  }

  private async claimAll(workspaceId: string, round: Round): Promise<void> {
    try {
      do {
        round.again = false;
        while (this.open && this.transport.ready && (await this.claimSome(workspaceId)));
      } while (round.again && this.open);
    } finally {
      // Nothing is waited for between the last look at `again` and this: no wake falls in between.
      this.rounds.delete(workspaceId);
    }
  }

  /** Claims as many as can be handed over at once. Answers whether there may be more. */
  private async claimSome(workspaceId: string): Promise<boolean> {
    const slots = await this.slots.take();
    let claims: ClaimedSend[] = [];
    const token = randomUUID();
    try {
      claims = await this.work.run(systemActor(workspaceId, 'sending'), async (tx) => {
        await this.ledger.expireLeases(tx);
        return this.ledger.claimDue(tx, { limit: slots, leaseMs: LEASE_MS, token });
      });
    } finally {
      this.slots.give(slots - claims.length);
    }
    if (claims.length > 0) this.crash.pass('post_claim');
    for (const claim of claims) {
      const sending = this.send(workspaceId, claim, token).finally(() => {
        this.underWay.delete(sending);
        this.slots.give(1);
      });
      this.underWay.add(sending);
    }
    return claims.length === slots;
  }

  private async send(workspaceId: string, claim: ClaimedSend, token: string): Promise<void> {
    const outcome = await this.handOver(claim);
    const at = this.clock.now();
    if (outcome.outcome === 'taken') this.crash.pass('post_data');
    for (const pause of [...RECORD_AGAIN, null]) {
      try {
        return await this.work.run(systemActor(workspaceId, 'sending'), (tx) =>
          this.record(tx, claim, token, outcome, at),
        );
      } catch (error) {
        if (error instanceof Refusal && error.code === 'wrong_state') {
          return this.log.warn({ workspaceId, messageId: claim.id, outcome }, 'a claim had been given up meanwhile');
        }
        this.log.warn(
          { err: error, workspaceId, messageId: claim.id, outcome },
          'an outcome could not be written down',
        );
        if (pause === null) return;
        await wait(pause);
      }
    }
  }

  private async handOver(claim: ClaimedSend): Promise<HandOver> {
    try {
      return await this.transport.send(this.maker.make(claim));
    } catch (error) {
      this.log.error({ err: error, messageId: claim.id }, 'a mail could not be made');
      return { outcome: 'refused', reason: 'Threadline could not make a mail of it' };
    }
  }

  private async record(
    tx: Tx,
    { id, attempt }: ClaimedSend,
    token: string,
    outcome: HandOver,
    at: Date,
  ): Promise<void> {
    switch (outcome.outcome) {
      case 'taken': {
        this.crash.pass('before_handed');
        const delivered = this.transport.builtIn ? { deliveredAt: at } : {};
        return this.ledger.handed(tx, id, token, { at, reply: outcome.reply, ...delivered });
      }
      case 'refused':
        return this.ledger.failed(tx, id, token, outcome.reason);
      case 'unknown':
        return this.ledger.unknown(tx, id, token, outcome.reason);
      case 'later': {
        const pause = nextAttempt(attempt, Math.random());
        if (pause === null) {
          return this.ledger.failed(tx, id, token, `Given up after ${attempt} tries: ${outcome.reason}`);
        }
        return this.ledger.retryLater(tx, id, token, { at: new Date(at.getTime() + pause), reason: outcome.reason });
      }
    }
  }
}
