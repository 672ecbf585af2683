/** What somebody received, as they pasted it. */
export interface ReceivedMessage {
  id: string;
  /** Seconds since 1970, as text. */
  timestamp: string;
  /** All signatures of the header, separated by spaces. */
  signature: string;
  body: string;
}

/** What became of one signature of the header. */
export interface SignatureCheck {
  /** `v1` or `v1a`, or whatever stood there. */
  version: string;
  value: string;
  /** unchecked: no key was given that it could be checked with. */
  state: 'matches' | 'differs' | 'unchecked' | 'malformed';
}

/** One thing that is wrong or right, in words. */
export interface Finding {
  tone: 'good' | 'warn' | 'bad';
  text: string;
}

/** Receivers take nothing that is older or newer than this, in seconds. */
export const TOLERANCE_SECONDS = 300;

/** Reads the three headers out of what somebody pasted: lines of `name: value`, of curl, or JSON of an object. */
export function headersIn(text: string): Pick<ReceivedMessage, 'id' | 'timestamp' | 'signature'> {
  const found = new Map<string, string>();
  const pairs = /["']?(webhook-(?:id|timestamp|signature))["']?\s*[:=]\s*["']?([^"'\r\n]*)/giu;
  for (const [, name = '', value = ''] of text.matchAll(pairs)) found.set(name.toLowerCase(), value.trim());
  const read = (name: string): string => found.get(name)?.replace(/["',\s]+$/u, '') ?? '';
  return { id: read('webhook-id'), timestamp: read('webhook-timestamp'), signature: read('webhook-signature') };
}

/** The bytes of `whsec_…` or of plain base64; null for what is neither. */
export function keyBytes(key: string, prefix: 'whsec_' | 'whpk_'): Uint8Array<ArrayBuffer> | null {
  return fromBase64(key.trim().replace(prefix, ''));
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> | null {
  if (text === '' || !/^[A-Za-z0-9+/_-]+={0,2}$/u.test(text)) return null;
  try {
    return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (each) => each.charCodeAt(0));
  } catch {
    return null;
  }
}

/** Checks every signature of the header with the secret (`v1`) and the public key (`v1a`); nothing leaves the browser. */
export async function checkSignatures(
  message: ReceivedMessage,
  keys: { secret: Uint8Array<ArrayBuffer> | null; publicKey: Uint8Array<ArrayBuffer> | null },
): Promise<SignatureCheck[]> {
  const signed = new TextEncoder().encode(`${message.id}.${message.timestamp}.${message.body}`);
  const each = message.signature.split(/\s+/u).filter(Boolean);
  return Promise.all(
    each.map(async (text) => {
      const [version = '', value = ''] = text.split(/,(.*)/su);
      const bytes = fromBase64(value);
      if (!bytes) return { version, value, state: 'malformed' as const };
      const key = version === 'v1' ? keys.secret : version === 'v1a' ? keys.publicKey : null;
      if (!key) return { version, value, state: 'unchecked' as const };
      const matches = await (version === 'v1' ? hmacMatches(key, signed, bytes) : ed25519Matches(key, signed, bytes));
      return { version, value, state: matches ? ('matches' as const) : ('differs' as const) };
    }),
  );
}

async function hmacMatches(
  key: Uint8Array<ArrayBuffer>,
  signed: Uint8Array<ArrayBuffer>,
  signature: Uint8Array<ArrayBuffer>,
): Promise<boolean> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const imported = await crypto.subtle.importKey('raw', key, algorithm, false, ['verify']);
  return crypto.subtle.verify('HMAC', imported, signature, signed);
}

async function ed25519Matches(
  key: Uint8Array<ArrayBuffer>,
  signed: Uint8Array<ArrayBuffer>,
  signature: Uint8Array<ArrayBuffer>,
): Promise<boolean> {
  try {
    const imported = await crypto.subtle.importKey('raw', key, 'Ed25519', false, ['verify']);
    return await crypto.subtle.verify('Ed25519', imported, signature, signed);
  } catch {
    // A key of the wrong length verifies nothing.
    return false;
  }
}

/** Where two texts part, as receivers count: in bytes of UTF-8, the first one being 0. Null when they are the same. */
export function firstDifference(
  received: string,
  sent: string,
): { byte: number; received: string; sent: string } | null {
  const [one, other] = [new TextEncoder().encode(received), new TextEncoder().encode(sent)];
  const most = Math.max(one.length, other.length);
  for (let at = 0; at < most; at += 1) {
    if (one[at] !== other[at]) return { byte: at, received: excerpt(one, at), sent: excerpt(other, at) };
  }
  return null;
}

/** What stands around a byte; characters that are cut through are left out. */
function excerpt(bytes: Uint8Array, at: number): string {
  return new TextDecoder().decode(bytes.subarray(Math.max(0, at - 16), at + 24)).replaceAll('\uFFFD', '');
}

/** How a body came to be another one, as far as that can be told. */
export function howItChanged(received: string, sent: string): string {
  if (received.trim() === sent.trim()) return 'Only blanks or line ends around it differ.';
  if (received.replaceAll('\r\n', '\n') === sent.replaceAll('\r\n', '\n')) return 'Only its line ends differ.';
  const [one, other] = [parsed(received), parsed(sent)];
  if (one === undefined)
    return received === ''
      ? 'Nothing was read of it.'
      : 'What was read is no JSON any more: it was cut or changed on the way.';
  if (JSON.stringify(one) === JSON.stringify(other)) {
    return 'It means the same, but it was parsed and written anew. Verify the raw bytes, before anything parses them.';
  }
  if (canonical(one) === canonical(other)) {
    return 'It means the same, but its keys stand in another order: it was parsed and written anew. Verify the raw bytes.';
  }
  return 'It says something else than what was sent.';
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${canonical(each)}`).join()}}`;
}

/** What is known of the delivery that it should be. */
export interface SentMessage {
  id: string;
  body: string | null;
}

/** Everything there is to say about what was received, the worst first. */
export function findings(
  message: ReceivedMessage,
  checks: readonly SignatureCheck[],
  { nowSeconds, sent }: { nowSeconds: number; sent: SentMessage | null },
): Finding[] {
  const found = [...aboutHeaders(message, nowSeconds), ...aboutSent(message, sent)];
  const matching = checks.filter(({ state }) => state === 'matches').length;
  if (matching > 0) {
    const many = checks.length > 1 ? `${matching} of ${checks.length} signatures match` : 'The signature matches';
    return [...found, { tone: 'good', text: `${many}: this is what was signed with this key.` }];
  }
  if (checks.length > 0 && checks.every(({ state }) => state === 'unchecked' || state === 'malformed')) {
    return [...found, { tone: 'warn', text: 'No signature could be checked: a key of its kind is missing.' }];
  }
  if (checks.length > 0) found.push({ tone: 'bad', text: noMatch(message, sent) });
  return found;
}

function aboutHeaders({ id, timestamp, signature }: ReceivedMessage, nowSeconds: number): Finding[] {
  const found: Finding[] = [];
  const missing = Object.entries({ 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature })
    .filter(([, value]) => value === '')
    .map(([name]) => name);
  if (missing.length > 0) found.push({ tone: 'bad', text: `Missing: ${missing.join(', ')}.` });
  if (timestamp !== '' && !/^\d+$/u.test(timestamp)) {
    found.push({ tone: 'bad', text: 'The timestamp is no whole number of seconds.' });
  } else if (timestamp !== '') {
    const age = nowSeconds - Number(timestamp);
    if (age > TOLERANCE_SECONDS) {
      found.push({
        tone: 'warn',
        text: `The timestamp is ${age} seconds old. A receiver refuses what is older than ${TOLERANCE_SECONDS} seconds when it comes; every attempt is signed anew.`,
      });
    }
    if (age < -TOLERANCE_SECONDS) {
      found.push({ tone: 'warn', text: `The timestamp lies ${-age} seconds ahead. One of the two clocks is wrong.` });
    }
  }
  return found;
}

function aboutSent({ id, body }: ReceivedMessage, sent: SentMessage | null): Finding[] {
  if (!sent) return [];
  const found: Finding[] = [];
  if (id !== '' && id !== sent.id) {
    found.push({ tone: 'bad', text: `webhook-id is ${id}, but this delivery was sent with ${sent.id}.` });
  }
  if (sent.body === null) return found;
  const difference = firstDifference(body, sent.body);
  if (!difference) return [...found, { tone: 'good', text: 'The body is byte for byte what was sent.' }];
  const { byte, received, sent: there } = difference;
  return [
    ...found,
    {
      tone: 'bad',
      text: `The body differs from byte ${byte} on: “${received}” was received, “${there}” was sent. ${howItChanged(body, sent.body)}`,
    },
  ];
}

function noMatch({ id, body }: ReceivedMessage, sent: SentMessage | null): string {
  if (sent && sent.body === body && sent.id === id) {
    return 'No signature matches though id and body are what was sent: the secret is another endpoint’s, or was rotated more than 24 hours ago, or the timestamp was changed.';
  }
  return 'No signature matches. Either the secret is another endpoint’s, or the id, the timestamp or the body is not what was signed.';
}
