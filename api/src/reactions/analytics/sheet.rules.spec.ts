import { describe, expect, it } from '@jest/globals';
import type { Conversation, Envelope, EventDataMap, EventType, Lead, Message, Verdict } from '@threadline/contracts';
import { COUNTED_EVENTS, EFFECTS } from './effects.rules';
import { type Measure, MEASURE_NAMES, noTotals, type Totals } from './measures.rules';
import { type MessageFact, Sheet, sharesOf, type Span, standingOf } from './sheet.rules';

const MONDAY = '2026-03-02T10:00:00.000Z';
const TUESDAY = '2026-03-03T10:00:00.000Z';
const FRIDAY = '2026-03-06T10:00:00.000Z';

let seq = 0;
function event<T extends EventType>(type: T, data: EventDataMap[T], occurredAt = MONDAY): Envelope {
  seq += 1;
  return { id: String(seq), seq, type, occurredAt, workspaceId: 'w', about: [], data } as unknown as Envelope;
}

function message(changes: Partial<Message> = {}): Message {
  return {
    ...{ id: 'm1', leadId: 'l1', conversationId: 'c1', channel: 'email', direction: 'outbound', status: 'sent' },
    ...{ subject: null, content: '', trackingId: null, authorId: null, createdAt: MONDAY, undoUntil: null },
    ...{ sentAt: MONDAY, deliveredAt: null, openedAt: null, clickedAt: null, repliedAt: null, failure: null },
    ...changes,
  };
}

function lead(changes: Partial<Lead> = {}): Lead {
  return { id: 'l1', name: 'Grace', status: 'new', ...changes } as Lead;
}

function conversation(changes: Partial<Conversation> = {}): Conversation {
  return { id: 'c1', leadId: 'l1', status: 'open', ...changes } as Conversation;
}

function judged(messageId: string, at: string, verdict: Verdict, previous: Verdict | null = null): Envelope {
  const hits = [{ id: 'h1', kind: 'open' as const, verdict, rule: 'R11', at, previous }];
  return event('engagement.judged', { messageId, leadId: 'l1', hits });
}

/** Sums of a sheet by day, without what is zero. */
function days(sheet: Sheet): Record<string, Partial<Totals>> {
  const byDay: Record<string, Partial<Totals>> = {};
  for (const change of sheet.tally.changes) {
    const day = (byDay[change.day] ??= {});
    for (const name of MEASURE_NAMES) if (change[name] !== 0) day[name] = (day[name] ?? 0) + change[name];
  }
  return byDay;
}

function counted(...events: Envelope[]): Record<string, Partial<Totals>> {
  const sheet = new Sheet([], []);
  for (const each of events) sheet.count(each);
  return days(sheet);
}

describe('what events do to the numbers', () => {
  it('an open, a click and a reply count on the day their message was sent', () => {
    expect(
      counted(
        event('message.sent', { message: message() }),
        event('message.opened', { message: message({ openedAt: TUESDAY }), hitId: 'h' }, TUESDAY),
        event(
          'message.clicked',
          { message: message({ openedAt: TUESDAY, clickedAt: FRIDAY }), hitId: 'h', link: '' },
          FRIDAY,
        ),
        event(
          'message.replied',
          { message: message({ openedAt: TUESDAY, clickedAt: FRIDAY, repliedAt: FRIDAY }), replyId: 'r' },
          FRIDAY,
        ),
      ),
    ).toEqual({ '2026-03-02': { sent: 1, opened: 1, clicked: 1, replied: 1 } });
  });

  it('a message that is said to be opened or answered twice counts once', () => {
    const opened = event('message.opened', { message: message({ openedAt: TUESDAY }), hitId: 'h' });
    const replied = event('message.replied', {
      message: message({ openedAt: TUESDAY, repliedAt: FRIDAY }),
      replyId: 'r',
    });
    expect(counted(opened, opened, replied, replied)).toEqual({ '2026-03-02': { sent: 1, opened: 1, replied: 1 } });
  });

  it('an open that comes before the hand-over is known counts when it is known', () => {
    const early = message({ status: 'sending', sentAt: null, openedAt: MONDAY });
    expect(counted(event('message.opened', { message: early, hitId: 'h' }))).toEqual({});
    expect(
      counted(
        event('message.opened', { message: early, hitId: 'h' }),
        event('message.sent', { message: message({ openedAt: MONDAY }) }),
      ),
    ).toEqual({ '2026-03-02': { sent: 1, opened: 1 } });
  });

  it('an open that is withdrawn no longer counts, and the next one does', () => {
    const opened = event('message.opened', { message: message({ openedAt: TUESDAY }), hitId: 'h' });
    const withdrawn = event('message.engagement_withdrawn', { message: message(), kind: 'open', hitId: 'h' });
    expect(counted(opened, withdrawn)).toEqual({ '2026-03-02': { sent: 1 } });
    expect(counted(opened, withdrawn, opened)).toEqual({ '2026-03-02': { sent: 1, opened: 1 } });
  });

  it('a message whose hand-over failed or is unknown is not sent', () => {
    expect(
      counted(
        event('message.failed', { message: message({ id: 'm1', status: 'failed', sentAt: null }) }),
        event('message.unknown', { message: message({ id: 'm2', status: 'unknown', sentAt: null }) }),
      ),
    ).toEqual({});
  });

  it('a message that came back was sent', () => {
    expect(counted(event('message.bounced', { message: message({ status: 'bounced' }) }))).toEqual({
      '2026-03-02': { sent: 1, bounced: 1 },
    });
  });

  it('hits count by verdict on their own day; their message counts in one way only', () => {
    const sent = event('message.sent', { message: message() });
    expect(counted(sent, judged('m1', TUESDAY, 'machine'))).toEqual({
      '2026-03-02': { sent: 1, openedMachine: 1 },
      '2026-03-03': { opensMachine: 1 },
    });
    expect(counted(sent, judged('m1', TUESDAY, 'machine'), judged('m1', TUESDAY, 'unknown'))).toEqual({
      '2026-03-02': { sent: 1, openedUnknown: 1 },
      '2026-03-03': { opensMachine: 1, opensUnknown: 1 },
    });
    const opened = event('message.opened', { message: message({ openedAt: FRIDAY }), hitId: 'h' });
    expect(counted(sent, judged('m1', TUESDAY, 'unknown'), judged('m1', FRIDAY, 'human'), opened)).toEqual({
      '2026-03-02': { sent: 1, opened: 1 },
      '2026-03-03': { opensUnknown: 1 },
      '2026-03-06': { opensHuman: 1 },
    });
  });

  it('a verdict that changes moves its hit from one count to the other', () => {
    const sent = event('message.sent', { message: message() });
    expect(counted(sent, judged('m1', TUESDAY, 'unknown'), judged('m1', TUESDAY, 'machine', 'unknown'))).toEqual({
      '2026-03-02': { sent: 1, openedMachine: 1 },
      '2026-03-03': { opensMachine: 1 },
    });
  });

  it('a converted lead that is deleted leaves both counts, and returns to both', () => {
    const created = event('lead.created', { lead: lead() });
    const converted = event('lead.status_changed', {
      lead: lead({ status: 'converted' }),
      from: 'new',
      to: 'converted',
    });
    const deleted = event('lead.deleted', { leadId: 'l1', name: 'Grace' }, TUESDAY);
    const restored = event('lead.restored', { lead: lead({ status: 'converted' }) }, FRIDAY);
    expect(counted(created, converted, deleted, restored)).toEqual({
      '2026-03-02': { leads: 1, convertedLeads: 1 },
      '2026-03-03': { leads: -1, convertedLeads: -1 },
      '2026-03-06': { leads: 1, convertedLeads: 1 },
    });
  });

  it('a deleted lead takes its open conversation along', () => {
    const created = event('lead.created', { lead: lead() });
    const started = event('conversation.started', { conversation: conversation() });
    const deleted = event('lead.deleted', { leadId: 'l1', name: 'Grace' }, TUESDAY);
    const answered = event(
      'message.received',
      { message: message({ id: 'in' }), conversation: conversation() },
      TUESDAY,
    );
    const restored = event('lead.restored', { lead: lead() }, FRIDAY);
    expect(counted(created, started, deleted, answered, restored)).toEqual({
      '2026-03-02': { leads: 1, openConversations: 1, received: 1 },
      '2026-03-03': { leads: -1, openConversations: -1 },
      '2026-03-06': { leads: 1, openConversations: 1 },
    });
  });

  it('a message opens a resolved conversation without an event about its status', () => {
    const resolved = conversation({ status: 'resolved' });
    expect(
      counted(
        event('conversation.started', { conversation: conversation() }),
        event('conversation.status_changed', { conversation: resolved, from: 'open', to: 'resolved' }),
        event('message.queued', { message: message({ sentAt: null }), conversation: conversation() }, TUESDAY),
      ),
    ).toEqual({ '2026-03-03': { openConversations: 1 } });
  });

  it('what follows in the log does not begin earlier, whatever a clock says', () => {
    const sheet = new Sheet([], []);
    sheet.count(event('lead.created', { lead: lead() }, TUESDAY));
    sheet.count(event('lead.deleted', { leadId: 'l1', name: 'Grace' }, MONDAY));
    expect(days(sheet)).toEqual({});
    expect(sheet.changedSpans.map(({ fromAt, toAt }) => [fromAt, toAt])).toEqual([
      [TUESDAY, TUESDAY],
      [TUESDAY, null],
    ]);
  });
});

describe('the sums', () => {
  /** A story of many things in an arbitrary order, the same for the same seed. */
  function story(seed: number, length: number): Envelope[] {
    let state = seed;
    const pick = <X>(values: readonly X[]): X => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      return values[Math.floor((state / 2_147_483_648) * values.length)] as X;
    };
    const maybe = () => pick([null, MONDAY, TUESDAY, FRIDAY]);
    const any = (): Message => ({
      ...message({ id: pick(['m1', 'm2', 'm3']), status: pick(['sent', 'delivered', 'bounced', 'unknown'] as const) }),
      ...{ sentAt: maybe(), deliveredAt: maybe(), openedAt: maybe(), clickedAt: maybe(), repliedAt: maybe() },
    });
    const verdict = () => pick(['human', 'machine', 'unknown'] as const);
    const status = () => pick(['open', 'pending', 'resolved'] as const);
    const makers = [
      (at: string) => event('message.sent', { message: any() }, at),
      (at: string) => event('message.engagement_withdrawn', { message: any(), kind: 'open', hitId: 'h' }, at),
      (at: string) => judged(pick(['m1', 'm2', 'm3']), at, verdict(), pick([null, verdict()])),
      (at: string) =>
        event(
          'lead.created',
          { lead: lead({ id: pick(['l1', 'l2']), status: pick(['new', 'converted'] as const) }) },
          at,
        ),
      (at: string) => event('lead.deleted', { leadId: pick(['l1', 'l2']), name: '' }, at),
      (at: string) =>
        event('conversation.started', { conversation: conversation({ leadId: 'l1', status: status() }) }, at),
    ];
    return Array.from({ length }, () => pick(makers)(pick([MONDAY, TUESDAY, FRIDAY])));
  }

  /** The roll-up as its tables would hold it after batches of this size. */
  function rolledUp(events: Envelope[], batch: number) {
    const sums = new Map<string, Totals>();
    const facts = new Map<string, MessageFact>();
    const spans = new Map<string, Span>();
    for (let from = 0; from < events.length; from += batch) {
      const newest = [...spans.values()].filter((span) => span.toAt === null);
      const sheet = new Sheet(
        [...facts.values()],
        newest.map((span) => ({ ...span })),
      );
      for (const each of events.slice(from, from + batch)) sheet.count(each);
      for (const { day, channel, ...totals } of sheet.tally.changes) {
        const sum = sums.get(`${day} ${channel}`) ?? noTotals();
        for (const name of MEASURE_NAMES) sum[name] += totals[name];
        sums.set(`${day} ${channel}`, sum);
      }
      for (const fact of sheet.changedMessages) facts.set(fact.messageId, fact);
      for (const span of sheet.changedSpans) spans.set(`${span.kind} ${span.subjectId} ${span.seq}`, { ...span });
    }
    const left = [...sums].filter(([, totals]) => MEASURE_NAMES.some((name) => totals[name] !== 0)).sort();
    return { sums: Object.fromEntries(left), facts, spans };
  }

  const STORIES = [1, 2, 3, 4, 5, 6, 7, 8].map((seed) => story(seed, 120));

  it('are the same in batches of any size', () => {
    for (const events of STORIES) {
      const whole = rolledUp(events, events.length);
      for (const batch of [1, 7, 50]) expect(rolledUp(events, batch)).toEqual(whole);
    }
  });

  it('are the sums over the facts', () => {
    for (const events of STORIES) {
      const { sums, facts, spans } = rolledUp(events, 7);
      const expected = noTotals();
      const add = (measures: Measure[]) => measures.forEach((measure) => (expected[measure] += 1));
      for (const fact of facts.values()) add(sharesOf(fact));
      for (const span of spans.values()) if (span.toAt === null) add(standingOf(span));
      const hits = MEASURE_NAMES.filter((name) => name.startsWith('opens') || name.startsWith('clicks'));
      for (const name of MEASURE_NAMES.filter((each) => !hits.includes(each))) {
        const total = Object.values(sums).reduce((sum, totals) => sum + totals[name], 0);
        expect([name, total]).toEqual([name, expected[name]]);
      }
    }
  });
});

describe('the table of effects', () => {
  it('names every event that changes a number', () => {
    expect(COUNTED_EVENTS).toEqual(Object.keys(EFFECTS).filter((type) => EFFECTS[type as EventType] !== null));
    expect(COUNTED_EVENTS).not.toContain('draft.saved');
  });
});
