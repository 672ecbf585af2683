import type { HitKind, Verdict } from '@threadline/contracts';
import type { AgentClass } from './user-agents';

/**
 * The verdict model: which hits were a person, which a machine, and which cannot be told.
 * Rules are tried in this order and the first that applies decides; open and click have tables of their own, because a
 * picture proxy is a person's open but never a person's click. A change here is a new RULESET: every verdict is stored
 * with the rule and the set that gave it.
 */
export const RULESET = '2026-11-21';

/** Time from the hand-over (the mail server's 250), in milliseconds. */
export const WINDOWS = {
  /** No person is this fast. */
  machine: 2_000,
  /** Delivery-time scans mostly lie in here; an open needs more time than a click to be believed. */
  open: 60_000,
  click: 30_000,
  /** For networks that scan but carry people too. */
  probableNetwork: 600_000,
} as const;

/** Everything a rule may look at: the hit, and what else the same source did to the same mail around it. */
export interface HitFacts {
  kind: HitKind;
  method: string;
  agent: AgentClass;
  /** WebKit that is not Chromium: Safari, or Apple Mail behind the same engine. */
  appleWebKit: boolean;
  /** The request says that nobody asked for it yet. */
  prefetch: boolean;
  /** A top-level navigation in a browser: mode navigate, destination document, by a user, with a language. */
  navigation: boolean;
  /** A picture fetched while a page with the mail in it was laid out: destination image, mode no-cors, with a language. */
  rendering: boolean;
  network: { label: string; role: 'filter' | 'relay'; certainty: 'certain' | 'probable' } | null;
  /** Null: not yet known to be handed over. Negative: fetched before the mail server had taken the mail. */
  sinceHandedMs: number | null;
  honeypot: boolean;
  /** A honeypot hit of the same source within 10 s. */
  nearHoneypot: boolean;
  /** A HEAD of the same ticket by the same source within 1 s. */
  headTwin: boolean;
  /** What the same source followed in this mail around this hit. */
  burst: 'none' | 'two-links' | 'many-links';
}

export interface VerdictRule {
  id: string;
  /** In words, for people who ask why. */
  says: string;
  applies: (facts: HitFacts) => boolean;
  verdict: Verdict;
}

export interface Judgement {
  verdict: Verdict;
  rule: string;
}

/**
 * Evidence that outweighs the time window: for a click the navigation headers that only a browser on the move sends
 * (T32, T37); for an open the fetch of a picture by a page that was being laid out, or a desktop mail program, which
 * fetches for the mail on screen (T07, T09). Scanners follow the pixel's address as a document or with a bare client;
 * the `Sec-` headers cannot be set by scripts in a page (W3C Fetch Metadata).
 */
const strongEvidence = (hit: HitFacts): boolean =>
  hit.kind === 'click' ? hit.navigation : hit.rendering || hit.agent === 'mail-program';

/** Enough once the window has passed: a browser that people use; for opens also what fetches on a reader's behalf. */
const plainEvidence = (hit: HitFacts): boolean =>
  strongEvidence(hit) ||
  hit.agent === 'browser' ||
  (hit.kind === 'open' && (hit.agent === 'image-proxy' || hit.agent === 'apple-mail'));

const before = (hit: HitFacts, limit: number): boolean => hit.sinceHandedMs !== null && hit.sinceHandedMs < limit;

/** Inside the window, and also while the hand-over is not on record: then nothing says that it is over. */
const inWindow = (hit: HitFacts): boolean => hit.sinceHandedMs === null || hit.sinceHandedMs <= WINDOWS[hit.kind];

const rule = (id: string, verdict: Verdict, says: string, applies: VerdictRule['applies']): VerdictRule => ({
  id,
  says,
  applies,
  verdict,
});

const METHOD = rule('R1-method', 'machine', 'Not fetched with GET, as a reader does', (hit) => hit.method !== 'GET');
const HEAD_TWIN = rule(
  'R1-head-pair',
  'machine',
  'The same source asked with HEAD within a second',
  (hit) => hit.headTwin,
);
const PREFETCH = rule(
  'R2-prefetch',
  'machine',
  'The request calls itself a prefetch or preview',
  (hit) => hit.prefetch,
);
const HONEYPOT = rule('R3-honeypot', 'machine', 'Followed a link that no person can see', (hit) => hit.honeypot);
const NEAR_HONEYPOT = rule(
  'R3b-honeypot-source',
  'machine',
  'The same source followed an invisible link within 10 seconds',
  (hit) => hit.nearHoneypot,
);
const DECLARED = rule(
  'R4-declared',
  'machine',
  'The user agent says it is a scanner, a preview or a program',
  (hit) => hit.agent === 'declared-machine',
);
const PROXY_CLICK = rule(
  'R4-image-proxy',
  'machine',
  'A picture proxy never clicks for a person',
  (hit) => hit.agent === 'image-proxy',
);
const FILTER_NETWORK = rule(
  'R5-filter-network',
  'machine',
  'Came from a network that only filters mail',
  (hit) => hit.network?.role === 'filter' && hit.network.certainty === 'certain',
);
const APPLE_PRIVACY = rule(
  'R6-apple-privacy',
  'machine',
  'Apple Mail Privacy Protection fetches whether or not anybody reads',
  (hit) => hit.agent === 'apple-privacy',
);
const GMAIL_PREFETCH = rule(
  'R6-gmail-prefetch',
  'machine',
  'Gmail fetched the picture ahead of the reader',
  (hit) => hit.agent === 'gmail-prefetch',
);
const PRIVATE_RELAY = rule(
  'R6-private-relay',
  'unknown',
  'The relay carries readers and automatic fetches alike',
  (hit) => hit.network?.role === 'relay' && hit.appleWebKit && !hit.rendering,
);
const MANY_LINKS = rule(
  'R7-burst',
  'machine',
  'One source followed three links, or all of them, within 10 seconds',
  (hit) => hit.burst === 'many-links',
);
const TWO_LINKS_PERSON = rule(
  'R7-two-links-navigation',
  'unknown',
  'Two links within seconds, but as a browser with a person before it',
  (hit) => hit.burst === 'two-links' && strongEvidence(hit),
);
const TWO_LINKS = rule(
  'R7-two-links',
  'machine',
  'One source followed two links within seconds',
  (hit) => hit.burst === 'two-links',
);
const PROBABLE_NETWORK = rule(
  'R8-probable-network',
  'machine',
  'A mail security network, within ten minutes of delivery',
  (hit) =>
    hit.network?.role === 'filter' &&
    hit.network.certainty === 'probable' &&
    (hit.sinceHandedMs === null || hit.sinceHandedMs <= WINDOWS.probableNetwork),
);
const TOO_FAST = rule('R9-too-fast', 'machine', 'Within two seconds of delivery', (hit) =>
  before(hit, WINDOWS.machine),
);
const NOT_HANDED = rule(
  'R9-not-handed',
  'unknown',
  'The delivery is not on record yet',
  (hit) => hit.sinceHandedMs === null,
);
const WINDOW = rule(
  'R9-window',
  'unknown',
  'Soon after delivery, when scanners are about, and without a sign of a person',
  (hit) => inWindow(hit) && !strongEvidence(hit),
);
const NO_AGENT_OPEN = rule('R10-no-agent', 'unknown', 'No user agent', (hit) => hit.agent === 'none');
const NO_AGENT_CLICK = rule(
  'R10-no-agent',
  'machine',
  'No user agent; browsers send one',
  (hit) => hit.agent === 'none',
);
const IMAGE_PROXY = rule(
  'R11-image-proxy',
  'human',
  'The picture proxy fetched it for a reader',
  (hit) => hit.agent === 'image-proxy',
);
const MAIL_PROGRAM = rule(
  'R11-mail-program',
  'human',
  'A mail program fetched it for the message on screen',
  (hit) => hit.agent === 'mail-program' || hit.agent === 'apple-mail',
);
const RENDERING = rule(
  'R11-rendering',
  'human',
  'A browser fetched it while it laid out the message',
  (hit) => hit.rendering,
);
const NAVIGATION = rule(
  'R11-navigation',
  'human',
  'A browser went there because a person asked it to',
  (hit) => hit.navigation,
);
const PLAIN = rule(
  'R11-browser',
  'human',
  'An ordinary browser, long after delivery, with nothing against it',
  plainEvidence,
);
const OTHERWISE = rule('R12-otherwise', 'unknown', 'Nothing tells', () => true);

export const OPEN_RULES: readonly VerdictRule[] = [
  METHOD,
  HEAD_TWIN,
  PREFETCH,
  HONEYPOT,
  NEAR_HONEYPOT,
  DECLARED,
  FILTER_NETWORK,
  APPLE_PRIVACY,
  GMAIL_PREFETCH,
  PRIVATE_RELAY,
  MANY_LINKS,
  PROBABLE_NETWORK,
  TOO_FAST,
  NOT_HANDED,
  WINDOW,
  NO_AGENT_OPEN,
  IMAGE_PROXY,
  MAIL_PROGRAM,
  RENDERING,
  PLAIN,
  OTHERWISE,
];

export const CLICK_RULES: readonly VerdictRule[] = [
  METHOD,
  HEAD_TWIN,
  PREFETCH,
  HONEYPOT,
  NEAR_HONEYPOT,
  DECLARED,
  PROXY_CLICK,
  FILTER_NETWORK,
  MANY_LINKS,
  TWO_LINKS_PERSON,
  TWO_LINKS,
  PROBABLE_NETWORK,
  TOO_FAST,
  NOT_HANDED,
  WINDOW,
  NO_AGENT_CLICK,
  NAVIGATION,
  PLAIN,
  OTHERWISE,
];

/** Given to an unknown open when the same recipient later opens, clicks or answers beyond doubt. */
export const LATER_PROOF = 'U1-later-proof';

const TABLES: Record<HitKind, readonly VerdictRule[]> = { open: OPEN_RULES, click: CLICK_RULES };

/** Judges one hit: the first rule of its table that applies. */
export function judge(facts: HitFacts): Judgement {
  const found = TABLES[facts.kind].find((one) => one.applies(facts)) ?? OTHERWISE;
  return { verdict: found.verdict, rule: found.id };
}
