const DAY = 86_400_000;

/** Days of history, today included. */
export const DEMO_DAYS = 76;
/** Leads that were brought along in the first week, and all of them together. */
const BROUGHT_ALONG = 34;
export const DEMO_LEADS = 68;

/** How much is written on the days of the week, Sunday first; weekends have a quota of their own. */
const WEEKDAYS = [0, 0.95, 1.2, 1.1, 1.05, 0.75, 0];
const LETTERS_A_DAY = 3.3;
/** How much more is written at the end than at the beginning. */
const GROWTH = 0.2;

export interface DemoDay {
  /** Midnight UTC, in milliseconds. */
  start: number;
  working: boolean;
  /** How many leads come in, and how many letters go out. */
  arrivals: number;
  letters: number;
  /** How many conversations stay open overnight. */
  mostOpen: number;
}

/** A number from 0 to 1 that looks random and is always the same. */
export function noise(number: number, salt: number): number {
  const x = Math.sin(number * 12.9898 + salt * 78.233) * 43_758.5453;
  return x - Math.floor(x);
}

/** What is planned for each day up to the day of `now`, oldest first. */
export function demoDays(now: number): DemoDay[] {
  const today = Math.floor(now / DAY) * DAY;
  const arrivals = new Quota();
  const letters = new Quota();
  return Array.from({ length: DEMO_DAYS }, (_, n) => {
    const start = today - (DEMO_DAYS - 1 - n) * DAY;
    const weight = WEEKDAYS[new Date(start).getUTCDay()] ?? 0;
    const working = weight > 0;
    const grown = 1 + GROWTH * (n / DEMO_DAYS - 0.5);
    const week = 0.9 + 0.2 * noise(Math.floor(n / 7), 1);
    const wanted = LETTERS_A_DAY * weight * grown * week * (0.6 + 0.8 * noise(n, 33));
    return {
      start,
      working,
      arrivals: working ? arrivals.until(arrivedBy(n)) : 0,
      // Now and then somebody cannot let it be.
      letters: working ? letters.plus(wanted) : noise(n, 3) > 0.8 ? 1 : 0,
      mostOpen: Math.round(13 + 7 * (n / DEMO_DAYS) + 2 * noise(n, 8)),
    };
  });
}

/** How many leads there are at the end of a day. */
function arrivedBy(n: number): number {
  const firstWeek = Math.min(1, (n + 1) / 7);
  return BROUGHT_ALONG * firstWeek + (DEMO_LEADS - BROUGHT_ALONG) * ((n + noise(n, 4)) / DEMO_DAYS);
}

/** Makes whole numbers of parts, so that nothing is lost over the days. */
class Quota {
  private wanted = 0;
  private given = 0;

  plus(part: number): number {
    return this.until(this.wanted + part);
  }

  until(wanted: number): number {
    this.wanted = wanted;
    const due = Math.max(0, Math.floor(wanted) - this.given);
    this.given += due;
    return due;
  }
}

/** A time when people read mail: of nights and most of weekends, the next morning. */
export function awake(time: number, number: number): number {
  const start = Math.floor(time / DAY) * DAY;
  const hour = (time - start) / 3_600_000;
  const morning = (days: number) => start + days * DAY + 6.6 * 3_600_000 + noise(number, 5) * 3 * 3_600_000;
  const waking = hour < 6 ? morning(0) : hour > 20.5 ? morning(1) : time;
  const day = new Date(waking).getUTCDay();
  if ((day !== 0 && day !== 6) || noise(number, 6) > 0.85) return waking;
  const monday = Math.floor(waking / DAY) * DAY + (day === 6 ? 2 : 1) * DAY;
  return monday + 6.6 * 3_600_000 + noise(number, 7) * 4 * 3_600_000;
}
