import { describe, expect, it } from '@jest/globals';
import { DEMO_DAYS, DEMO_LEADS } from './demo.calendar';
import { demoLead } from './demo.cast';
import { demoPlan } from './demo.plan';
import type { DemoStep } from './demo.step';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Visitors on all days of the week, at several hours. */
const NOWS = Array.from({ length: 7 }, (_, day) => [2, 9, 15].map((hour) => Date.UTC(2026, 10, 16 + day, hour))).flat();
const WRITING: readonly DemoStep['do'][] = ['letter', 'reminder', 'follow up'];
const MACHINES = ['gateway', 'privacy-proxy'];

interface Written {
  at: number;
  opened: boolean;
  clicked: boolean;
  answered: boolean;
}

/** What was written, and what became of it. */
function letters(plan: readonly DemoStep[]): Written[] {
  const newest = new Map<number, Written>();
  const all: Written[] = [];
  for (const step of plan) {
    const letter = newest.get(step.lead);
    if (WRITING.includes(step.do)) {
      const written = { at: step.at, opened: false, clicked: false, answered: false };
      all.push(written);
      newest.set(step.lead, written);
    } else if (step.do === 'open' && letter) letter.opened ||= !MACHINES.includes(step.reader);
    else if (step.do === 'click' && letter) letter.clicked ||= !MACHINES.includes(step.reader);
    else if (step.do === 'answer' && letter) letter.answered = true;
  }
  return all;
}

/** The numbers of the dashboard: of thirty days, and those at their end. */
function month(plan: readonly DemoStep[], now: number, ago: number) {
  const end = (Math.floor(now / DAY) + 1 - ago) * DAY;
  const sent = letters(plan).filter(({ at }) => at >= end - 30 * DAY && at < end);
  const until = plan.filter(({ at }) => at < end);
  const statuses = new Map(until.flatMap((step) => (step.do === 'status' ? [[step.lead, step.status]] : [])));
  const count = (what: 'opened' | 'clicked' | 'answered') => sent.filter((letter) => letter[what]).length;
  const share = (what: 'opened' | 'clicked' | 'answered') => (100 * count(what)) / sent.length;
  return {
    leads: until.filter((step) => step.do === 'create').length,
    converted: [...statuses.values()].filter((status) => status === 'converted').length,
    sent: sent.length,
    opened: count('opened'),
    clicked: count('clicked'),
    answered: count('answered'),
    openRate: share('opened'),
    clickRate: share('clicked'),
    responseRate: share('answered'),
  };
}

describe('the demo workspace’s story', () => {
  const now = NOWS[10] ?? 0;
  const plan = demoPlan(now);

  it('is told in order, lies in the past, and is always the same', () => {
    const times = plan.map(({ at }) => at);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(times.at(-1)).toBeLessThan(now);
    expect(times[0]).toBeGreaterThan(now - (DEMO_DAYS + 1) * DAY);
    expect(demoPlan(now)).toEqual(plan);
  });

  it.each(NOWS)('creates every lead once, and writes before anything is read (%s)', (at) => {
    const created = new Set<number>();
    const written = new Set<number>();
    for (const { lead, ...step } of demoPlan(at)) {
      if (step.do === 'create') expect(created.has(lead)).toBe(false);
      else expect(created.has(lead)).toBe(true);
      created.add(lead);
      if (WRITING.includes(step.do)) written.add(lead);
      else if (step.do !== 'create' && step.do !== 'status') expect(written.has(lead)).toBe(true);
    }
    expect(created.size).toBeGreaterThanOrEqual(60);
    expect(created.size).toBeLessThanOrEqual(DEMO_LEADS);
  });

  it.each(NOWS)('has every kind of thing in it (%s)', (at) => {
    expect(new Set(demoPlan(at).map((step) => step.do))).toEqual(
      new Set([
        'create',
        ...WRITING,
        'open',
        'click',
        'answer',
        'status',
        'conversation',
        'snooze',
        'draft',
      ] satisfies DemoStep['do'][]),
    );
  });

  it('rests at weekends, and no two weeks are alike', () => {
    const days = new Map<number, number>();
    for (const { at } of letters(plan)) days.set(Math.floor(at / DAY), (days.get(Math.floor(at / DAY)) ?? 0) + 1);
    const first = Math.floor(now / DAY) - DEMO_DAYS + 1;
    const counts = Array.from({ length: DEMO_DAYS }, (_, n) => {
      const weekday = new Date((first + n) * DAY).getUTCDay();
      return { weekend: weekday === 0 || weekday === 6, sent: days.get(first + n) ?? 0 };
    });
    const mean = (wanted: boolean) => {
      const some = counts.filter(({ weekend }) => weekend === wanted);
      return some.reduce((sum, { sent }) => sum + sent, 0) / some.length;
    };
    expect(mean(true)).toBeLessThan(mean(false) / 5);
    const weeks = Array.from({ length: Math.floor(DEMO_DAYS / 7) }, (_, week) =>
      counts.slice(week * 7, week * 7 + 7).map(({ sent }) => sent),
    );
    expect(new Set(weeks.map(String)).size).toBe(weeks.length);
  });

  it.each(NOWS)('shows the month of a good team, beside one much like it (%s)', (at) => {
    const story = demoPlan(at);
    const [after, before] = [month(story, at, 0), month(story, at, 30)];
    for (const { openRate, clickRate, responseRate } of [after, before]) {
      expect([openRate, clickRate, responseRate].map((rate) => Math.round(rate))).toEqual([
        within(45, 65),
        within(10, 25),
        within(15, 30),
      ]);
    }
    for (const number of Object.keys(after) as (keyof typeof after)[]) {
      const change = Math.round(100 * (after[number] / before[number] - 1));
      expect({ number, change }).toEqual({ number, change: within(-15, 40) });
    }
  });

  it('knows as many different people, with addresses that lead nowhere', () => {
    const people = Array.from({ length: DEMO_LEADS }, (_, number) => demoLead(number));
    expect(new Set(people.map(({ email }) => email)).size).toBe(DEMO_LEADS);
    expect(new Set(people.map(({ name }) => name)).size).toBe(DEMO_LEADS);
    expect(people.every(({ email }) => /^[a-z.]+\d+@[a-z]+\.example$/.test(email))).toBe(true);
  });
});

function within(least: number, most: number): unknown {
  return { asymmetricMatch: (value: unknown) => typeof value === 'number' && value >= least && value <= most };
}
