/** Where and when the reader is. `now` in milliseconds, `zone` an IANA name. */
export interface Reader {
  now: number;
  zone: string;
  locale: string;
}

type Shape = 'clock' | 'day' | 'dayYear' | 'weekday' | 'weekdayYear' | 'exact' | 'key';

const SHAPES: Record<Shape, Intl.DateTimeFormatOptions> = {
  clock: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  day: { day: 'numeric', month: 'short' },
  dayYear: { day: 'numeric', month: 'short', year: 'numeric' },
  weekday: { weekday: 'long', day: 'numeric', month: 'long' },
  weekdayYear: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  exact: {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
  },
  key: { year: 'numeric', month: '2-digit', day: '2-digit' },
};

/** Making a formatter costs far more than using it, and lists make thousands of times. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(shape: Shape, zone: string, locale: string): Intl.DateTimeFormat {
  const key = `${shape} ${zone} ${locale}`;
  const known = formatters.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(locale, { ...SHAPES[shape], timeZone: zone });
  formatters.set(key, made);
  return made;
}

const HOUR = 3_600_000;

/** Calendar day in the zone, as a string that compares. */
function dayKey(at: number, zone: string): string {
  return formatter('key', zone, 'sv-SE').format(at);
}

function dayBefore(key: string): string {
  return new Date(Date.parse(`${key}T12:00:00Z`) - 24 * HOUR).toISOString().slice(0, 10);
}

function nearDay(at: number, reader: Reader): 'today' | 'yesterday' | 'tomorrow' | null {
  const day = dayKey(at, reader.zone);
  const today = dayKey(reader.now, reader.zone);
  if (day === today) return 'today';
  if (day === dayBefore(today)) return 'yesterday';
  return dayBefore(day) === today ? 'tomorrow' : null;
}

function sameYear(at: number, reader: Reader): boolean {
  return dayKey(at, reader.zone).slice(0, 4) === dayKey(reader.now, reader.zone).slice(0, 4);
}

function dateOf(at: number, reader: Reader): string {
  return formatter(sameYear(at, reader) ? 'day' : 'dayYear', reader.zone, reader.locale).format(at);
}

/** Short, for lists: "14:03" today, "yesterday", "12 Nov", "12 Nov 2024". Empty for what is no time. */
export function relativeTime(iso: string, reader: Reader): string {
  const at = Date.parse(iso);
  if (Number.isNaN(at)) return '';
  const near = nearDay(at, reader);
  return near === 'today' ? clockTime(iso, reader) : (near ?? dateOf(at, reader));
}

/** With the time of day: "14:03" today, "yesterday 14:03", "12 Nov, 14:03". */
export function timeOf(iso: string, reader: Reader): string {
  const at = Date.parse(iso);
  if (Number.isNaN(at)) return '';
  const clock = clockTime(iso, reader);
  const near = nearDay(at, reader);
  if (near === 'today') return clock;
  return near ? `${near} ${clock}` : `${dateOf(at, reader)}, ${clock}`;
}

/** The time of day alone: "14:03". */
export function clockTime(iso: string, reader: Omit<Reader, 'now'>): string {
  const at = Date.parse(iso);
  return Number.isNaN(at) ? '' : formatter('clock', reader.zone, reader.locale).format(at);
}

/** Everything there is to know, for hover: "Sat, 21 Nov 2026, 14:03:27 CET". */
export function exactTime(iso: string, reader: Omit<Reader, 'now'>): string {
  const at = Date.parse(iso);
  return Number.isNaN(at) ? '' : formatter('exact', reader.zone, reader.locale).format(at);
}

/** The line between the days of a conversation: "Today", "Yesterday", "Thursday 12 November". */
export function dayTitle(iso: string, reader: Reader): string {
  const at = Date.parse(iso);
  if (Number.isNaN(at)) return '';
  const near = nearDay(at, reader);
  if (near) return near.charAt(0).toUpperCase() + near.slice(1);
  const shape = sameYear(at, reader) ? 'weekday' : 'weekdayYear';
  return formatter(shape, reader.zone, reader.locale).format(at).replace(',', '');
}

/** A length of time in its largest sensible unit: "8 s", "4 min", "3 h", "2 d". */
export function span(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3_600) return `${Math.round(seconds / 60)} min`;
  if (seconds < 86_400) return `${Math.round(seconds / 3_600)} h`;
  return `${Math.round(seconds / 86_400)} d`;
}
