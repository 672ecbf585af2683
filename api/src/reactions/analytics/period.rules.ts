const DAY_MS = 86_400_000;

/** The day so many days later; earlier when negative. */
export function dayAfter(day: string, days = 1): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** How many days there are from one day to another, both included. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS) + 1;
}

/** All days of a period. */
export function daysOf(from: string, to: string): string[] {
  const start = Date.parse(`${from}T00:00:00Z`);
  const dayAt = (n: number) => new Date(start + n * DAY_MS).toISOString().slice(0, 10);
  return Array.from({ length: Math.max(daysBetween(from, to), 0) }, (_, n) => dayAt(n));
}

/** A `YYYY-MM-DD` that exists. */
export function isDay(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    /^\d{4}-\d{2}-\d{2}$/.test(value) &&
    !Number.isNaN(Date.parse(`${value}T00:00:00Z`)) &&
    dayAfter(value, 0) === value
  );
}
