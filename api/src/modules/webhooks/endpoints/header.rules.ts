/** Headers that are the connection's, the body's or the signature's business. */
const OURS = new Set([
  'accept-encoding',
  'connection',
  'content-encoding',
  'content-length',
  'content-type',
  'cookie',
  'expect',
  'host',
  'keep-alive',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'user-agent',
]);
const MOST_HEADERS = 20;
const LONGEST_VALUE = 2_000;

/** What is wrong with headers that somebody typed; empty when they can be sent. */
export function headerErrors(headers: Readonly<Record<string, unknown>>): { path: string; message: string }[] {
  const entries = Object.entries(headers);
  if (entries.length > MOST_HEADERS) return [{ path: 'headers', message: `must be ${MOST_HEADERS} at most` }];
  const names = entries.map(([name]) => name.toLowerCase());
  return entries.flatMap(([name, value], index) => {
    const wrong = (message: string) => [{ path: `headers.${name.slice(0, 100)}`, message }];
    const lower = name.toLowerCase();
    if (!/^[\w!#$%&'*+.^`|~-]{1,100}$/.test(name)) return wrong('is not a name that a header can have');
    if (OURS.has(lower) || lower.startsWith('webhook-')) return wrong('cannot be set');
    if (names.indexOf(lower) !== index) return wrong('stands there twice');
    if (typeof value !== 'string' || value.length > LONGEST_VALUE || /[^\t\x20-\x7e]/.test(value)) {
      return wrong(`must be one line of at most ${LONGEST_VALUE} ASCII characters`);
    }
    return [];
  });
}

/** The same headers under lower-case names. */
export function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
