import { isEnvelope, type Envelope, type LogMessage } from '@threadline/contracts';

/** A stretch of the log without holes: all of `from` to `to`, of which these envelopes may be seen. */
export interface Span {
  from: number;
  to: number;
  envelopes: readonly Envelope[];
}

/** More held-back stretches than these are not kept; they come again with what is missing. */
const MOST_HELD = 1_000;

/** The place of one service in the log: lets through what follows, drops what was there, holds back what is ahead. */
export class LogCursor {
  private held: Span[] = [];
  private at: number | null = null;

  /** The last number up to which everything came; null before the beginning is known. */
  get position(): number | null {
    return this.at;
  }

  /** Something came that does not follow: numbers between are missing. */
  get hole(): boolean {
    return this.at !== null && this.held.length > 0;
  }

  /** The highest number that was heard of, held back or not. */
  get heard(): number {
    return this.held.reduce((highest, span) => Math.max(highest, span.to), this.at ?? 0);
  }

  /** Everything after `seq` counts from now on, forwards or backwards. Answers what thereby became ready. */
  begin(seq: number): Envelope[] {
    this.at = seq;
    return this.drain();
  }

  /** Another log, or too much missed: nothing held back is of use. */
  restart(seq: number): void {
    this.held = [];
    this.at = seq;
  }

  /** Answers the envelopes that may be handed on now, in order. */
  accept(span: Span): Envelope[] {
    if (this.at !== null && span.to <= this.at) return [];
    const follows = this.at !== null && span.from <= this.at + 1;
    if (follows || this.held.length < MOST_HELD) this.held.push(span);
    return this.drain();
  }

  private drain(): Envelope[] {
    if (this.at === null || this.held.length === 0) return [];
    const ready: Envelope[] = [];
    const ahead: Span[] = [];
    let at = this.at;
    for (const span of this.held.toSorted((a, b) => a.from - b.from)) {
      if (span.from > at + 1) {
        ahead.push(span);
      } else if (span.to > at) {
        for (const envelope of span.envelopes) if (envelope.seq > at) ready.push(envelope);
        at = span.to;
      }
    }
    this.at = at;
    this.held = ahead;
    return ready;
  }
}

/** The stretches of a message: one, unless numbers are missing inside it. */
export function spansOf(message: Pick<LogMessage, 'events'>): Span[] {
  const spans: { from: number; to: number; envelopes: Envelope[] }[] = [];
  for (const event of message.events) {
    let span = spans.at(-1);
    if (!span || event.seq !== span.to + 1) {
      span = { from: event.seq, to: event.seq, envelopes: [] };
      spans.push(span);
    }
    span.to = event.seq;
    if (isEnvelope(event)) span.envelopes.push(event);
  }
  return spans;
}
