export const HIT_KINDS = ['open', 'click'] as const;
export type HitKind = (typeof HIT_KINDS)[number];

export const VERDICTS = ['human', 'machine', 'unknown'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** One hit on a pixel or a tracked link, with the evidence that decided its verdict. */
export interface Hit {
  id: string;
  kind: HitKind;
  at: string;
  verdict: Verdict;
  /** Id of the rule that decided, for example `R9-window`. */
  rule: string;
  /** True for the one hit that moved the counter. */
  counted: boolean;
  /** The destination, for clicks. */
  link?: string;
  evidence: HitEvidence;
}

/** What was seen. Addresses are kept as a prefix only: /24 for IPv4, /48 for IPv6. */
export interface HitEvidence {
  method: string;
  userAgent: string | null;
  addressPrefix: string | null;
  network: string | null;
  /** Milliseconds since the mail server took the message; null when not yet known. */
  sinceHandedMs: number | null;
  prefetch: boolean;
  navigation: boolean;
  ruleset: string;
}
