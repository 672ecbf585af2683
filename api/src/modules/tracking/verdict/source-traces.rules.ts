import type { HitKind } from '@threadline/contracts';
import { grouped } from './grouped';

/** One earlier or later request of a source on the same mail: as much of it as the rules for batches need. */
export interface Trace {
  source: string | null;
  at: number;
  kind: HitKind;
  method: string;
  linkIndex: number | null;
  /** It was the link that no person can see. */
  honeypot: boolean;
}

/** Milliseconds (section 4.1: R3b, R7; T25). */
export const SPANS = { honeypot: 10_000, manyLinks: 10_000, twoLinks: 5_000, headTwin: 1_000 } as const;

/** How far around a hit the traces must reach to judge it, and the hits that it may bring down with it. */
export const REACH = 2 * SPANS.manyLinks;

interface Range {
  from: number;
  to: number;
}
interface SourceTraces {
  honeypots: number[];
  heads: Trace[];
  manyLinks: Range[];
  twoLinks: Range[];
}

/**
 * What the sources of one mail did around each other: invisible links, bursts, HEAD before GET.
 * A source is an address prefix: no more of it is kept.
 */
export class MailTraces {
  private readonly sources = new Map<string | null, SourceTraces>();

  /** `links`: how many tracked links the mail has; null when unknown. */
  constructor(traces: readonly Trace[], links: number | null) {
    for (const [source, own] of grouped(traces, (trace) => trace.source))
      this.sources.set(source, summarise(own, links));
  }

  /** True when something here can bring earlier hits down. */
  get incriminating(): boolean {
    return [...this.sources.values()].some(
      (one) => one.honeypots.length + one.heads.length + one.manyLinks.length + one.twoLinks.length > 0,
    );
  }

  nearHoneypot(hit: Trace): boolean {
    return (this.sources.get(hit.source)?.honeypots ?? []).some((at) => Math.abs(at - hit.at) <= SPANS.honeypot);
  }

  headTwin(hit: Trace): boolean {
    return (this.sources.get(hit.source)?.heads ?? []).some(
      (head) =>
        head.kind === hit.kind &&
        head.linkIndex === hit.linkIndex &&
        head.at <= hit.at &&
        hit.at - head.at <= SPANS.headTwin,
    );
  }

  /** A click is in a burst when it is one of its links; an open when it lies around one. */
  burst(hit: Trace): 'none' | 'two-links' | 'many-links' {
    const own = this.sources.get(hit.source);
    if (!own) return 'none';
    const margin = hit.kind === 'open' ? SPANS.manyLinks : 0;
    if (lies(hit.at, own.manyLinks, margin)) return 'many-links';
    return hit.kind === 'click' && lies(hit.at, own.twoLinks, 0) ? 'two-links' : 'none';
  }
}

function summarise(traces: Trace[], links: number | null): SourceTraces {
  const inOrder = traces.sort((a, b) => a.at - b.at);
  const clicks = inOrder.filter((one) => one.kind === 'click' && !one.honeypot);
  // In a mail of two links, two links are every link: then the longer span of "every link" holds for them.
  const twoLinks = links === 2 ? SPANS.manyLinks : SPANS.twoLinks;
  return {
    honeypots: inOrder.filter((one) => one.honeypot).map((one) => one.at),
    heads: inOrder.filter((one) => one.method === 'HEAD'),
    manyLinks: bursts(clicks, SPANS.manyLinks, 3),
    twoLinks: bursts(clicks, twoLinks, 2),
  };
}

/** The stretches of time in which at least `distinct` links were followed within `span`. */
function bursts(clicks: Trace[], span: number, distinct: number): Range[] {
  const ranges: Range[] = [];
  const seen = new Map<number | null, number>();
  let start = 0;
  for (const click of clicks) {
    seen.set(click.linkIndex, (seen.get(click.linkIndex) ?? 0) + 1);
    for (let first = clicks[start]; first && click.at - first.at > span; first = clicks[++start]) {
      const left = (seen.get(first.linkIndex) ?? 1) - 1;
      if (left === 0) seen.delete(first.linkIndex);
      else seen.set(first.linkIndex, left);
    }
    const from = clicks[start]?.at ?? click.at;
    if (seen.size >= distinct) extend(ranges, from, click.at);
  }
  return ranges;
}

function extend(ranges: Range[], from: number, to: number): void {
  const last = ranges.at(-1);
  if (last && from <= last.to) last.to = to;
  else ranges.push({ from, to });
}

function lies(at: number, ranges: readonly Range[], margin: number): boolean {
  return ranges.some(({ from, to }) => at >= from - margin && at <= to + margin);
}
