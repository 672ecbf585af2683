import { type Channel, type Envelope, type Message, type Verdict, VERDICTS } from '@threadline/contracts';
import { type Effect, effectsOf } from './effects.rules';
import { type ChannelKey, dayOf, type Measure, NO_CHANNEL, Tally } from './measures.rules';

/** What is known of one of our messages: all that its share in the numbers follows from. */
export interface MessageFact {
  messageId: string;
  leadId: string | null;
  channel: ChannelKey;
  sentAt: string | null;
  delivered: boolean;
  bounced: boolean;
  opened: boolean;
  clicked: boolean;
  replied: boolean;
  opensMachine: number;
  opensUnknown: number;
}

/** A lead or a conversation in one state, from one time to another; the newest has no end. */
export interface Span {
  kind: 'lead' | 'conversation';
  subjectId: string;
  /** The event that began it. */
  seq: number;
  leadId: string;
  state: string;
  /** True while the lead is deleted: it and its conversations are on no list then. */
  gone: boolean;
  fromAt: string;
  toAt: string | null;
}

const HIT_MEASURES = {
  open: { human: 'opensHuman', machine: 'opensMachine', unknown: 'opensUnknown' },
  click: { human: 'clicksHuman', machine: 'clicksMachine', unknown: 'clicksUnknown' },
} as const satisfies Record<'open' | 'click', Record<Verdict, Measure>>;

/** The share of one message in the numbers of the day it was sent; none before that. */
export function sharesOf(fact: MessageFact): Measure[] {
  if (fact.sentAt === null) return [];
  const shares: Measure[] = ['sent'];
  if (fact.delivered) shares.push('delivered');
  if (fact.bounced) shares.push('bounced');
  if (fact.opened) shares.push('opened');
  else if (fact.opensUnknown > 0) shares.push('openedUnknown');
  else if (fact.opensMachine > 0) shares.push('openedMachine');
  if (fact.clicked) shares.push('clicked');
  if (fact.replied) shares.push('replied');
  return shares;
}

/** What a span counts as, while it lasts. */
export function standingOf(span: Pick<Span, 'kind' | 'state' | 'gone'>): Measure[] {
  if (span.gone) return [];
  if (span.kind === 'lead') return span.state === 'converted' ? ['leads', 'convertedLeads'] : ['leads'];
  return span.state === 'open' ? ['openConversations'] : [];
}

/** Which stored facts a batch of events needs at hand. */
export function neededFor(events: readonly Envelope[]): { messageIds: string[]; leadIds: string[] } {
  const messageIds = new Set<string>();
  const leadIds = new Set<string>();
  for (const effect of events.flatMap(effectsOf)) {
    if (effect.of === 'message') messageIds.add(effect.message.id);
    if (effect.of === 'hits') messageIds.add(effect.messageId);
    if (effect.of === 'lead' || effect.of === 'conversation') leadIds.add(effect.leadId);
  }
  return { messageIds: [...messageIds], leadIds: [...leadIds] };
}

/**
 * The facts in hand while a batch of events is counted. Every change takes the old share out and puts the new one in,
 * so that the roll-up is always the sum over the facts.
 */
export class Sheet {
  readonly tally = new Tally();
  private readonly messages: Map<string, MessageFact>;
  private readonly spans: Map<string, Span>;
  private readonly touchedMessages = new Set<string>();
  private readonly touchedSpans = new Set<Span>();

  /** `facts` and `spans` as they are stored: of the spans, the newest of each subject. */
  constructor(facts: readonly MessageFact[], spans: readonly Span[]) {
    this.messages = new Map(facts.map((fact) => [fact.messageId, fact]));
    this.spans = new Map(spans.map((span) => [`${span.kind} ${span.subjectId}`, span]));
  }

  count(event: Envelope): void {
    for (const effect of effectsOf(event)) this.take(effect, event);
  }

  get changedMessages(): MessageFact[] {
    return [...this.touchedMessages].flatMap((id) => this.messages.get(id) ?? []);
  }

  /** Oldest first, so that one span of a subject ends before the next begins. */
  get changedSpans(): Span[] {
    return [...this.touchedSpans].sort((a, b) => a.seq - b.seq);
  }

  private take(effect: Effect, event: Envelope): void {
    switch (effect.of) {
      case 'message':
        return this.change(effect.message.id, (fact) => ({ ...fact, ...stateOf(effect.message) }));
      case 'hits':
        return effect.hits.forEach((hit) => this.hit(effect.messageId, hit));
      case 'received':
        return this.tally.add(dayOf(effect.message.createdAt), effect.message.channel, 'received', 1);
      case 'lead':
        return this.lead(effect, event);
      case 'conversation': {
        const { conversationId: subjectId, leadId, status: state } = effect;
        const gone = this.spans.get(`lead ${leadId}`)?.gone ?? false;
        return this.stand({ kind: 'conversation', subjectId, leadId, state, gone }, event);
      }
    }
  }

  private change(messageId: string, to: (fact: MessageFact) => MessageFact): void {
    const before = this.messages.get(messageId) ?? unknownMessage(messageId);
    const after = to(before);
    this.share(before, -1);
    this.share(after, 1);
    this.messages.set(messageId, after);
    this.touchedMessages.add(messageId);
  }

  private share(fact: MessageFact, sign: 1 | -1): void {
    if (fact.sentAt === null) return;
    for (const measure of sharesOf(fact)) this.tally.add(dayOf(fact.sentAt), fact.channel, measure, sign);
  }

  private hit(messageId: string, hit: Extract<Effect, { of: 'hits' }>['hits'][number]): void {
    const day = dayOf(hit.at);
    const measures = HIT_MEASURES[hit.kind];
    const by = Object.fromEntries(VERDICTS.map((verdict) => [verdict, 0])) as Record<Verdict, number>;
    by[hit.verdict] += 1;
    if (hit.previous) by[hit.previous] -= 1;
    for (const verdict of VERDICTS) this.tally.add(day, NO_CHANNEL, measures[verdict], by[verdict]);
    if (hit.kind !== 'open') return;
    this.change(messageId, (fact) => ({
      ...fact,
      opensMachine: fact.opensMachine + by.machine,
      opensUnknown: fact.opensUnknown + by.unknown,
    }));
  }

  /** A lead that is deleted takes its conversations off the lists, and brings them back. */
  private lead({ leadId, status, gone }: Extract<Effect, { of: 'lead' }>, event: Envelope): void {
    const state = status ?? this.spans.get(`lead ${leadId}`)?.state;
    if (state === undefined) return;
    this.stand({ kind: 'lead', subjectId: leadId, leadId, state, gone }, event);
    for (const span of [...this.spans.values()]) {
      if (span.kind === 'conversation' && span.leadId === leadId) this.stand({ ...span, gone }, event);
    }
  }

  private stand(next: Omit<Span, 'seq' | 'fromAt' | 'toAt'>, event: Envelope): void {
    const key = `${next.kind} ${next.subjectId}`;
    const before = this.spans.get(key);
    if (before && before.state === next.state && before.gone === next.gone) return;
    // Clocks of several nodes differ; what follows in the log does not begin earlier.
    const at = before && before.fromAt > event.occurredAt ? before.fromAt : event.occurredAt;
    if (before) this.end(before, at);
    const { kind, subjectId, leadId, state, gone } = next;
    const span: Span = { kind, subjectId, seq: event.seq, leadId, state, gone, fromAt: at, toAt: null };
    for (const measure of standingOf(span)) this.tally.add(dayOf(at), NO_CHANNEL, measure, 1);
    this.spans.set(key, span);
    this.touchedSpans.add(span);
  }

  private end(span: Span, at: string): void {
    span.toAt = at;
    for (const measure of standingOf(span)) this.tally.add(dayOf(at), NO_CHANNEL, measure, -1);
    this.touchedSpans.add(span);
  }
}

function unknownMessage(messageId: string): MessageFact {
  return {
    messageId,
    leadId: null,
    channel: NO_CHANNEL,
    sentAt: null,
    delivered: false,
    bounced: false,
    opened: false,
    clicked: false,
    replied: false,
    opensMachine: 0,
    opensUnknown: 0,
  };
}

function stateOf(
  message: Message,
): Omit<MessageFact, 'messageId' | 'opensMachine' | 'opensUnknown'> & { channel: Channel } {
  return {
    leadId: message.leadId,
    channel: message.channel,
    sentAt: message.sentAt,
    delivered: message.deliveredAt !== null,
    bounced: message.status === 'bounced',
    opened: message.openedAt !== null,
    clicked: message.clickedAt !== null,
    replied: message.repliedAt !== null,
  };
}
