import { type DashboardStats, type NumberName, type NumberRow, type NumberRows, RATES } from '@threadline/contracts';
import type { Period } from './dashboard.api';

const DAY_MS = 86_400_000;

/** The day a moment lies on, in the workspace's calendar (UTC). */
export function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** The last so many days, today included. */
export function lastDays(days: number, now: number): { from: string; to: string } {
  return { from: dayOf(now - (days - 1) * DAY_MS), to: dayOf(now) };
}

/** The state that contains more of the log; of equals, the one that came later. */
export function newerStats(shown: DashboardStats, come: DashboardStats): DashboardStats {
  return come.asOf >= shown.asOf ? come : shown;
}

/** The rows behind a number that are loaded so far. */
export interface NumberRowsState {
  number: NumberName;
  period: Period;
  items: readonly NumberRow[];
  nextCursor: string | null;
  count: number;
}

/** What a row is of: unique among the rows of one number. */
export function rowId({ message, conversation, lead }: NumberRow): string {
  return message?.id ?? conversation?.id ?? lead.id;
}

/** The rows with their next page. */
export function withRows(state: NumberRowsState, page: NumberRows): NumberRowsState {
  const known = new Set(state.items.map(rowId));
  const fresh = page.items.filter((row) => !known.has(rowId(row)));
  return { ...state, items: [...state.items, ...fresh], nextCursor: page.nextCursor, count: page.count };
}

/** The numbers of a period or over all time, as far as they are known. */
export type NumberValues = Partial<Readonly<Record<NumberName, number>>>;

/** A rate with what it is made of. */
export interface Share {
  rate: number;
  part: number;
  whole: number;
}

/** What a number is a share of; null for a count, and while its numbers are not known. */
export function shareOf(name: NumberName, values: NumberValues): Share | null {
  const made = partsOf(name);
  if (!made) return null;
  const [rate, part, whole] = [values[name], values[made.of], values[made.per]];
  return rate === undefined || part === undefined || whole === undefined ? null : { rate, part, whole };
}

/** What a rate counts, and of how many; null for a count. */
export function partsOf(name: NumberName): (typeof RATES)[keyof typeof RATES] | null {
  return Object.hasOwn(RATES, name) ? RATES[name as keyof typeof RATES] : null;
}
