import { Injectable } from '@nestjs/common';
import type { Hit, HitKind, Page, Verdict } from '@threadline/contracts';
import { Cursors } from '../../platform/http';
import type { ReadTx } from '../../platform/work';
import { MessagesQueries } from '../conversations';
import { SIGNS } from './hit';
import { isNavigation } from './verdict/hit-facts';

interface Row {
  hit_id: string;
  at: Date;
  kind: HitKind;
  verdict: Verdict;
  rule: string;
  ruleset: string;
  counted: boolean;
  since_handed_ms: string | null;
  method: string;
  user_agent: string | null;
  address_prefix: string | null;
  network: string | null;
  signs: number;
  link_index: number | null;
  link: string | null;
}

/** Reads of judged hits. */
@Injectable()
export class TrackingQueries {
  constructor(
    private readonly messages: MessagesQueries,
    private readonly cursors: Cursors,
  ) {}

  /**
   * Every hit of a message, oldest first.
   * @throws Refusal `not_found`, `invalid_cursor`
   */
  async ofMessage(tx: ReadTx, messageId: string, page: { limit: number; cursor?: string }): Promise<Page<Hit>> {
    await this.messages.one(tx, messageId);
    const list = `hits:${messageId}`;
    const [at, id] = page.cursor ? this.cursors.open(tx.workspaceId, list, page.cursor) : [null, null];
    const rows = await tx.query<Row>(
      `SELECT hit_id, at, kind, verdict, rule, ruleset, counted, since_handed_ms, method, user_agent, address_prefix,
              network, signs, link_index, link
         FROM hit_verdicts
        WHERE message_id = $1 AND ($2::timestamptz IS NULL OR (at, hit_id) > ($2, $3::uuid))
        ORDER BY at, hit_id LIMIT $4`,
      [messageId, at, id, page.limit + 1],
    );
    const shown = rows.slice(0, page.limit);
    const last = rows.length > page.limit ? shown.at(-1) : undefined;
    const nextCursor = last ? this.cursors.seal(tx.workspaceId, list, [last.at.toISOString(), last.hit_id]) : null;
    return { items: shown.map(toHit), nextCursor };
  }
}

function toHit(row: Row): Hit {
  return {
    id: row.hit_id,
    kind: row.kind,
    at: row.at.toISOString(),
    verdict: row.verdict,
    rule: row.rule,
    counted: row.counted,
    ...(row.link === null ? {} : { link: row.link }),
    evidence: {
      method: row.method,
      userAgent: row.user_agent,
      addressPrefix: row.address_prefix,
      network: row.network,
      sinceHandedMs: row.since_handed_ms === null ? null : Number(row.since_handed_ms),
      prefetch: (row.signs & SIGNS.prefetch) !== 0,
      navigation: isNavigation({ signs: row.signs, userAgent: row.user_agent }),
      ruleset: row.ruleset,
    },
  };
}
