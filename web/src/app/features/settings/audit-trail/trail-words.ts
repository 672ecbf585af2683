import type { AuditExport, AuditExportFilters, AuditSchedule, AuditStream } from '@threadline/contracts';

/** A noun or an action, as it is typed. */
export const ACTION = /^\s*[a-z_]+(\.[a-z_]+(\.v\d+)?)?\s*$/;

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

/** The days of the week, as a select offers them. */
export const WEEKDAYS = DAYS.map((label, at) => ({ value: at + 1, label }));

/** `1,203 entries, 1.4 MB`. */
export function sizeWords({ entries, bytes }: Pick<AuditExport, 'entries' | 'bytes'>): string {
  return `${entries.toLocaleString('en')} ${entries === 1 ? 'entry' : 'entries'}, ${bytesWords(bytes)}`;
}

function bytesWords(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  const [unit, size] = bytes < 1_000_000 ? ['kB', bytes / 1_000] : ['MB', bytes / 1_000_000];
  return `${size.toLocaleString('en', { maximumFractionDigits: size < 10 ? 1 : 0 })} ${unit}`;
}

/** What of the log is in a file. */
export function filterWords(filters: AuditExportFilters): string {
  const { from, to, ...others } = filters;
  const day = (time: string) => time.slice(0, 10);
  const words = Object.values(others).map((value) => `“${String(value)}”`);
  if (from && to) words.push(`${day(from)} to ${day(to)}`);
  else if (from) words.push(`since ${day(from)}`);
  else if (to) words.push(`until ${day(to)}`);
  return words.length === 0 ? 'The whole log' : words.join(', ');
}

/** How far an export has come, in hundredths; a log without entries is done at once. */
export function percent({ done, total }: Pick<AuditExport, 'done' | 'total'>): number {
  return total === 0 ? 100 : Math.min(100, Math.floor((done / total) * 100));
}

/** `About 2 minutes left`; nothing while nobody knows. */
export function leftWords(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined) return '';
  if (seconds < 60) return `About ${Math.max(seconds, 1)} s left`;
  const minutes = Math.round(seconds / 60);
  return `About ${minutes} ${minutes === 1 ? 'minute' : 'minutes'} left`;
}

/** `Every Monday at 09:00, Europe/Berlin`. */
export function slotWords(
  schedule: Pick<AuditSchedule, 'frequency' | 'weekday' | 'monthday' | 'hour' | 'minute' | 'timeZone'>,
): string {
  const { frequency, weekday, monthday, hour, minute, timeZone } = schedule;
  const time = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
  const day = {
    daily: 'Every day',
    weekly: `Every ${DAYS[weekday - 1] ?? 'day'}`,
    monthly: `On the ${ordinal(monthday)} of every month`,
  }[frequency];
  return `${day} at ${time}, ${timeZone}`;
}

function ordinal(day: number): string {
  const ends: Record<number, string> = { 1: 'st', 2: 'nd', 3: 'rd' };
  const end = day >= 11 && day <= 13 ? 'th' : (ends[day % 10] ?? 'th');
  return `${day}${end}`;
}

/** Where a stream goes. */
export function placeWords({ kind, url, host, port, tls }: AuditStream): string {
  if (kind === 'webhook') return url ?? '';
  const address = host?.includes(':') ? `[${host}]` : (host ?? '');
  return `syslog${tls ? ' over TLS' : ''} to ${address}:${port ?? ''}`;
}

/** How a stream fares, in a word and its tone. */
export function fareOf(stream: AuditStream): { words: string; tone: 'good' | 'warn' | 'bad' | 'neutral' } {
  if (stream.state === 'paused') return { words: 'Paused', tone: 'neutral' };
  if (stream.state === 'disabled') return { words: 'Switched off', tone: 'bad' };
  if (stream.failures > 0) return { words: 'Failing', tone: 'warn' };
  return { words: 'Runs', tone: 'good' };
}

/** How far behind the log a stream is. */
export function lagWords({ lag, lastDeliveredAt, entries }: AuditStream): string {
  if (!entries) return 'Checkpoints only';
  if (lag === 0) return lastDeliveredAt ? 'Everything was delivered' : 'Nothing to deliver yet';
  return `${lag.toLocaleString('en')} ${lag === 1 ? 'entry waits' : 'entries wait'}`;
}
