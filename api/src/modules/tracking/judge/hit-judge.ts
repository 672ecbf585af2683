import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { systemActor } from '../../../platform/access';
import { databaseRefusal } from '../../../platform/database';
import { Settling, UnitOfWork } from '../../../platform/work';
import { type TrackedMessage, TrackedMessages } from '../../conversations';
import { grouped } from '../verdict/grouped';
import type { RawHit } from '../hit';
import { MailJudge } from './mail-judge';
import { restAfter } from './pace';
import type { StoredHit } from './verdict-rows';

/** Hits judged in one transaction at most. */
const BATCH = 1_000;
/** Hits that wait for judgement in memory at most; what comes after is found by the sweep. */
const MOST_WAITING = 20_000;

/** A hit and whose it is. */
export interface OwnedHit {
  hit: RawHit;
  owner: Pick<TrackedMessage, 'workspaceId' | 'messageId'>;
}

/** Judges hits right after they were stored: a person's open shows on the sender's screen in milliseconds. */
@Injectable()
export class HitJudge implements OnApplicationShutdown {
  private waiting: RawHit[] = [];
  private working: Promise<void> | undefined;
  private stopped = false;
  private readonly log = new Logger('tracking');

  constructor(
    private readonly messages: TrackedMessages,
    private readonly work: UnitOfWork,
    private readonly mails: MailJudge,
    settling: Settling,
  ) {
    settling.register('tracking-judge', () => this.settle());
  }

  /** Takes stored hits. Losing them here is no loss: they are in the database without a verdict, which the sweep sees. */
  offer(hits: readonly RawHit[]): void {
    if (this.stopped || this.waiting.length + hits.length > MOST_WAITING) return;
    this.waiting.push(...hits);
    this.begin();
  }

  /**
   * Judges hits whose messages are known.
   * @returns those that could not be judged, although the database answers.
   */
  async judge(owned: readonly OwnedHit[]): Promise<OwnedHit[]> {
    const failed: OwnedHit[] = [];
    for (const [workspaceId, ofWorkspace] of grouped(owned, ({ owner }) => owner.workspaceId)) {
      failed.push(...(await this.judgeBatch(workspaceId, ofWorkspace)));
    }
    return failed;
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    await this.working;
  }

  private begin(): void {
    this.working ??= this.drain().finally(() => {
      this.working = undefined;
      if (this.waiting.length > 0) this.begin();
    });
  }

  private async drain(): Promise<void> {
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0, BATCH);
      const began = performance.now();
      try {
        await this.judge(await this.owned(batch));
      } catch (error) {
        this.log.warn(`hits wait for the sweep: ${error instanceof Error ? error.message : 'unknown'}`);
      }
      if (!this.stopped) await restAfter(batch.length, began);
    }
  }

  /** Hits on ids that belong to no message, or no longer, are nobody's. */
  private async owned(hits: readonly RawHit[]): Promise<OwnedHit[]> {
    const owners = await this.messages.byTrackingIds([...new Set(hits.map((hit) => hit.trackingId))]);
    return hits.flatMap((hit) => {
      const owner = owners.get(hit.trackingId);
      return owner ? [{ hit, owner }] : [];
    });
  }

  /** A mail whose hits cannot be judged must not hold up the others: after a failure each mail is tried on its own. */
  private async judgeBatch(workspaceId: string, owned: readonly OwnedHit[]): Promise<OwnedHit[]> {
    try {
      await this.work.run(systemActor(workspaceId, 'tracking'), (tx) => this.mails.judge(tx, owned.map(toStored)));
      return [];
    } catch (error) {
      if (databaseRefusal(error)) throw error;
      const mails = [...grouped(owned, ({ owner }) => owner.messageId).values()];
      if (mails.length === 1) {
        this.log.error({ err: error, workspaceId }, 'hits of a message could not be judged');
        return [...owned];
      }
      const failed: OwnedHit[] = [];
      for (const mail of mails) failed.push(...(await this.judgeBatch(workspaceId, mail)));
      return failed;
    }
  }

  private async settle(): Promise<boolean> {
    if (!this.working) return false;
    await this.working;
    return true;
  }
}

function toStored({ hit, owner }: OwnedHit): StoredHit {
  const { trackingId: _, ...rest } = hit;
  return { ...rest, messageId: owner.messageId, sinceHandedMs: null, prior: null };
}
