import { HONEYPOT, type RawHit, SIGNS } from '../hit';
import type { NetworkIndex } from './networks.rules';
import type { MailTraces, Trace } from './source-traces.rules';
import { agentClass, isAppleWebKit } from './user-agents';
import type { HitFacts } from './verdict.rules';

const has = (signs: number, ...wanted: (keyof typeof SIGNS)[]): boolean =>
  wanted.every((sign) => (signs & SIGNS[sign]) !== 0);

/** A hit, whoever's it is. */
type SeenHit = Omit<RawHit, 'id' | 'trackingId'>;

/** The hit as one of its source's traces. */
export function traceOf(hit: SeenHit): Trace {
  return {
    source: hit.addressPrefix,
    at: hit.at,
    kind: hit.kind,
    method: hit.method,
    linkIndex: hit.linkIndex,
    honeypot: hit.linkIndex === HONEYPOT,
  };
}

/** A top-level navigation by a person. Safari does not send `Sec-Fetch-User`, so it is not asked for there. */
export function isNavigation(hit: Pick<SeenHit, 'signs' | 'userAgent'>): boolean {
  return has(hit.signs, 'navigate', 'document', 'language') && (has(hit.signs, 'user') || isAppleWebKit(hit.userAgent));
}

/** Everything the rules may look at, for one hit. `handedAt`: milliseconds since the epoch, null when not on record. */
export function factsOf(hit: SeenHit, handedAt: number | null, traces: MailTraces, networks: NetworkIndex): HitFacts {
  const trace = traceOf(hit);
  return {
    kind: hit.kind,
    method: hit.method,
    agent: agentClass(hit.userAgent),
    appleWebKit: isAppleWebKit(hit.userAgent),
    prefetch: has(hit.signs, 'prefetch'),
    navigation: isNavigation(hit),
    rendering: has(hit.signs, 'image', 'noCors', 'language'),
    network: networks.labelled(hit.network),
    sinceHandedMs: handedAt === null ? null : hit.at - handedAt,
    honeypot: hit.linkIndex === HONEYPOT,
    nearHoneypot: traces.nearHoneypot(trace),
    headTwin: traces.headTwin(trace),
    burst: traces.burst(trace),
  };
}
