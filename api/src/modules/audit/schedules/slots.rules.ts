import type { AuditSlotRule } from '@threadline/contracts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** One time a schedule is due. */
export interface Slot {
  /** Local date and time: `2026-11-21T09:00`. */
  slot: string;
  at: Date;
}

/** The first slot after a moment. */
export function slotAfter(rule: AuditSlotRule, moment: Date): Slot {
  // A local day may begin up to 14 hours before that of UTC, or end 12 hours after it.
  const begin = dayOf(localMinutes(rule.timeZone, moment.getTime())) - 1;
  for (let day = begin; day < begin + 70; day += 1) {
    if (!isDue(rule, day)) continue;
    const local = day * DAY_MS + (rule.hour * 60 + rule.minute) * MINUTE_MS;
    const at = instantOf(rule.timeZone, local);
    if (at > moment.getTime()) return { slot: new Date(local).toISOString().slice(0, 16), at: new Date(at) };
  }
  throw new Error('A schedule has no next slot');
}

/** The slots from one that is due up to a moment, that one included; so many at most. */
export function slotsUntil(rule: AuditSlotRule, first: Slot, moment: Date, most: number): Slot[] {
  const slots: Slot[] = [];
  for (let next = first; next.at <= moment && slots.length < most; next = slotAfter(rule, next.at)) slots.push(next);
  return slots;
}

/** Whether a time zone is one that this machine knows. */
export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone.length > 0;
  } catch {
    return false;
  }
}

function isDue({ frequency, weekday, monthday }: AuditSlotRule, day: number): boolean {
  const date = new Date(day * DAY_MS);
  switch (frequency) {
    case 'daily':
      return true;
    case 'weekly':
      return (date.getUTCDay() || 7) === weekday;
    case 'monthly': {
      const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
      return date.getUTCDate() === Math.min(monthday, last);
    }
  }
}

/**
 * The moment at which clocks of a zone show a local time. Of a time they show twice the first; for one they leap over,
 * the minute after the leap.
 */
function instantOf(timeZone: string, local: number): number {
  const offsets = [local - DAY_MS, local + DAY_MS].map((near) => localMinutes(timeZone, near) - near);
  const shown = [...new Set(offsets)]
    .map((offset) => local - offset)
    .filter((instant) => localMinutes(timeZone, instant) === local);
  if (shown.length > 0) return Math.min(...shown);
  // Between the two readings of that local time lies the leap: the first minute that is later.
  let [before, after] = [local - Math.max(...offsets), local - Math.min(...offsets)];
  while (after - before > MINUTE_MS) {
    const middle = before + Math.floor((after - before) / 2 / MINUTE_MS) * MINUTE_MS;
    if (localMinutes(timeZone, middle) < local) before = middle;
    else after = middle;
  }
  return after;
}

const FORMATS = new Map<string, Intl.DateTimeFormat>();

/** What clocks of a zone show, to the minute, as if it were UTC. */
function localMinutes(timeZone: string, instant: number): number {
  let format = FORMATS.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', {
      ...{ timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric' },
      ...{ hour: 'numeric', minute: 'numeric' },
    });
    FORMATS.set(timeZone, format);
  }
  const parts = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute);
}

function dayOf(local: number): number {
  return Math.floor(local / DAY_MS);
}
