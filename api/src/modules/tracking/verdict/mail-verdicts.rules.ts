import type { Verdict } from '@threadline/contracts';
import type { RawHit } from '../hit';
import { type Judgement, LATER_PROOF } from './verdict.rules';

/** A hit of one mail, with the verdict it has so far. */
export interface HitOfMail extends Omit<RawHit, 'trackingId'> {
  /** Null for a hit that nobody has judged yet. */
  prior: (Judgement & { counted: boolean }) | null;
}

/** What a hit is after all. */
export interface Settled<H extends HitOfMail = HitOfMail> extends Judgement {
  hit: H;
  /** It moved the counter: the one of its recipient and kind, and link for clicks. */
  counted: boolean;
  /** Different from before in any way. */
  changed: boolean;
}

/**
 * Brings the verdicts of one mail's hits together (section 4.1, "Upgrades", and `counted`).
 *
 * A later open, click or answer beyond doubt turns an unknown open before it into a person's. Exactly one hit counts
 * for each kind and link: the one that has counted stays it as long as it is a person's; otherwise the earliest that
 * is a person's by its own evidence; otherwise the earliest that later proof made one.
 *
 * `judgeOwn` is asked for what the hit's own facts say. `answeredAt`: when the recipient answered this mail, in
 * milliseconds; null when they have not.
 */
export function settleMail<H extends HitOfMail>(
  hits: readonly H[],
  judgeOwn: (hit: H) => Judgement,
  answeredAt: number | null,
): Settled<H>[] {
  const own = hits.map((hit) => ({ hit, ...judgeOwn(hit) }));
  const proofAt = own.reduce(
    (latest, { hit, verdict, rule }) =>
      verdict === 'human' && rule !== LATER_PROOF ? Math.max(latest, hit.at) : latest,
    answeredAt ?? -Infinity,
  );
  const final = own.map(({ hit, verdict, rule }) =>
    hit.kind === 'open' && verdict === 'unknown' && hit.at < proofAt
      ? { hit, verdict: 'human' as Verdict, rule: LATER_PROOF }
      : { hit, verdict, rule },
  );
  const counting = countingHits(final);
  return final.map((one) => {
    const counted = counting.has(one.hit.id);
    const { prior } = one.hit;
    const changed = !prior || prior.verdict !== one.verdict || prior.rule !== one.rule || prior.counted !== counted;
    return { ...one, counted, changed };
  });
}

/** For each kind and link the one hit that counts, by id. */
function countingHits(final: readonly (Judgement & { hit: HitOfMail })[]): Set<string> {
  const chosen = new Map<string, Judgement & { hit: HitOfMail }>();
  for (const one of final) {
    if (one.verdict !== 'human') continue;
    const key = one.hit.kind === 'open' ? 'open' : `click ${one.hit.linkIndex}`;
    const other = chosen.get(key);
    if (!other || precedes(one, other)) chosen.set(key, one);
  }
  return new Set([...chosen.values()].map(({ hit }) => hit.id));
}

function precedes(one: Judgement & { hit: HitOfMail }, other: Judgement & { hit: HitOfMail }): boolean {
  return compare(rank(one), rank(other)) < 0;
}

function rank({ hit, rule }: Judgement & { hit: HitOfMail }): [number, number, number, string] {
  return [hit.prior?.counted ? 0 : 1, rule === LATER_PROOF ? 1 : 0, hit.at, hit.id];
}

function compare(a: readonly (number | string)[], b: readonly (number | string)[]): number {
  for (let index = 0; index < a.length; index++) {
    const [left = 0, right = 0] = [a[index], b[index]];
    if (left !== right) return left < right ? -1 : 1;
  }
  return 0;
}

/** What becomes of a message's "opened" or "clicked". */
export interface MarkChange {
  /** The hit that had set it and is no person's any more. */
  withdraw: { hitId: string } | null;
  /** The hit that sets it now. */
  mark: { hitId: string; at: number; link: string | null } | null;
}

/**
 * What the settled hits mean for the message's mark of that kind. `markedAt`: when the message is said to be opened or
 * clicked at present. All hits that count, or did, must be among `settled`.
 */
export function markChange(settled: readonly Settled[], kind: 'open' | 'click', markedAt: number | null): MarkChange {
  const ofKind = settled.filter(({ hit }) => hit.kind === kind);
  const gone = ofKind.find(({ hit, counted }) => hit.prior?.counted && !counted && hit.at === markedAt);
  const [first] = ofKind.filter(({ counted }) => counted).sort((a, b) => compare(rank(a), rank(b)));
  const mark =
    first && (markedAt === null || gone) ? { hitId: first.hit.id, at: first.hit.at, link: first.hit.link } : null;
  return { withdraw: gone ? { hitId: gone.hit.id } : null, mark };
}
