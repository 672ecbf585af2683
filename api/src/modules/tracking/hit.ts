import type { HitKind } from '@threadline/contracts';

/** What the request headers said, kept as bits: one small column, and rules can still be changed afterwards. */
export const SIGNS = {
  /** `Sec-Purpose`, `Purpose`, `X-Purpose` or `X-Moz` speak of prefetch, prerender or preview. */
  prefetch: 1,
  /** `Sec-Fetch-Mode: navigate`. */
  navigate: 2,
  /** `Sec-Fetch-Dest: document`. */
  document: 4,
  /** `Sec-Fetch-User: ?1`. */
  user: 8,
  /** `Accept-Language` is there. */
  language: 16,
  /** `Sec-Fetch-Dest: image`. */
  image: 32,
  /** `Sec-Fetch-Mode: no-cors`. */
  noCors: 64,
} as const;

/** The link number of the honeypot: a link that no person can see. */
export const HONEYPOT = -1;

/** One request on a pixel or a tracked link, as it was taken in. Raw, and never changed. */
export interface RawHit {
  /** UUIDv7, made at intake: what makes recovery from the spool exactly once. */
  id: string;
  /** Milliseconds since the epoch. */
  at: number;
  kind: HitKind;
  trackingId: string;
  method: string;
  userAgent: string | null;
  /** /24 or /48; the whole address is never stored. */
  addressPrefix: string | null;
  /** Label of the known network the whole address lay in. */
  network: string | null;
  /** Bits of SIGNS. */
  signs: number;
  /** For clicks: the number of the link in the mail, HONEYPOT for the invisible one. */
  linkIndex: number | null;
  /** For clicks: where it leads. */
  link: string | null;
}
