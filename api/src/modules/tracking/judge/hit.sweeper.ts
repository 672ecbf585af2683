import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { HitKind } from '@threadline/contracts';
import { Config } from '../../../platform/config';
import { SystemDatabase } from '../../../platform/database';
import { Settling } from '../../../platform/work';
import { HitJudge, type OwnedHit } from './hit-judge';
import { restAfter } from './pace';

/** How often it is looked for hits that were stored and not judged, in ms. */
const SWEEP_MS = 2_000;
/** How long a hit is left to the process that stored it, in ms; longer than any insert that was answered can take. */
const GRACE_MS = 2_000;
const PAGE = 1_000;

interface Row {
  id: string;
  at: Date;
  kind: HitKind;
  tracking_id: string;
  method: string;
  user_agent: string | null;
  address_prefix: string | null;
  network: string | null;
  signs: number;
  link_index: number | null;
  link: string | null;
  workspace_id: string;
  message_id: string;
  received_at: Date;
}

const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
const UNJUDGED = `
  SELECT h.id, h.received_at, h.at, h.kind, h.tracking_id, h.method, h.user_agent, h.address_prefix, h.network, h.signs, h.link_index,
         h.link, m.workspace_id, m.id AS message_id
    FROM tracking_hits h
    JOIN messages m ON m.tracking_id = h.tracking_id
    LEFT JOIN hit_verdicts v ON v.workspace_id = m.workspace_id AND v.hit_id = h.id
   WHERE (h.received_at, h.id) > ($1, $2::uuid) AND h.received_at <= $3 AND v.hit_id IS NULL
   ORDER BY h.received_at, h.id LIMIT ${PAGE}`;

/**
 * Finds hits that were stored and never judged, because a process died in between or the database went away, and has
 * them judged. That a hit has no verdict is all it goes by.
 */
@Injectable()
export class HitSweeper implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer?: NodeJS.Timeout;
  private sweeping: Promise<boolean> | undefined;
  private readonly log = new Logger('tracking');

  constructor(
    private readonly database: SystemDatabase,
    private readonly judge: HitJudge,
    private readonly config: Config,
    settling: Settling,
  ) {
    settling.register('tracking-sweep', () => this.sweep(0));
  }

  onApplicationBootstrap(): void {
    if (!this.config.roles.has('worker')) return;
    this.timer = setInterval(() => {
      if (!this.sweeping) this.inBackground(() => this.sweep(GRACE_MS));
    }, SWEEP_MS);
    this.timer.unref();
    this.inBackground(() => this.sweep(GRACE_MS));
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.sweeping?.catch(() => undefined);
  }

  /**
   * Has everything judged that was stored more than `grace` milliseconds ago and has no verdict.
   * @returns whether there was any.
   */
  sweep(grace: number): Promise<boolean> {
    const before = this.sweeping ?? Promise.resolve(false);
    const mine = before
      .catch(() => false)
      .then(() => this.lookThrough(grace))
      .finally(() => {
        if (this.sweeping === mine) this.sweeping = undefined;
      });
    this.sweeping = mine;
    return mine;
  }

  private async lookThrough(grace: number): Promise<boolean> {
    const [span] = await this.database.query<{ from: Date; to: Date }>(
      `SELECT swept_to AS "from", clock_timestamp() - make_interval(secs => $1 / 1000.0) AS "to"
         FROM tracking_progress WHERE id = 1`,
      [grace],
    );
    if (!span || span.to <= span.from) return false;
    let judged = 0;
    let [after, afterId] = [span.from, LAST_ID];
    for (;;) {
      const began = performance.now();
      const rows = await this.database.query<Row>(UNJUDGED, [after, afterId, span.to]);
      const last = rows.at(-1);
      if (!last) break;
      // What fails is said where it fails; the raw hits stay, and the others are not held up.
      const failed = await this.judge.judge(rows.map(toOwned));
      judged += rows.length - failed.length;
      [after, afterId] = [last.received_at, last.id];
      await restAfter(rows.length, began);
    }
    await this.database.query('UPDATE tracking_progress SET swept_to = greatest(swept_to, $1) WHERE id = 1', [span.to]);
    return judged > 0;
  }

  private inBackground(work: () => Promise<unknown>): void {
    work().catch((error: unknown) => {
      this.log.warn(`the sweep for hits waits: ${error instanceof Error ? error.message : 'unknown'}`);
    });
  }
}

function toOwned(row: Row): OwnedHit {
  return {
    owner: { workspaceId: row.workspace_id, messageId: row.message_id },
    hit: {
      id: row.id,
      at: row.at.getTime(),
      kind: row.kind,
      trackingId: row.tracking_id,
      method: row.method,
      userAgent: row.user_agent,
      addressPrefix: row.address_prefix,
      network: row.network,
      signs: row.signs,
      linkIndex: row.link_index,
      link: row.link,
    },
  };
}
