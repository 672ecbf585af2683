import type { ReceiverAnswer } from '@threadline/contracts';

/** What is kept of a body, in bytes. */
export const KEPT_BYTES = 64 * 1024;
/** Longer than any deadline of ours. */
const SLOW_MS = 20_000;
const MOST_HEADERS = 60;
const LONGEST_VALUE = 4_000;

/** How a request is answered. */
export interface ReceptionAnswer {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string;
  /** Milliseconds to wait before. */
  afterMs: number;
}

const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };

/** What a receiver answers that was told to answer like this. */
export function answerOf(answer: ReceiverAnswer): ReceptionAnswer {
  switch (answer) {
    case 'ok':
      return said(200, { received: true });
    case 'slow':
      return { ...said(200, { received: true }), afterMs: SLOW_MS };
    case 'error':
      return said(500, { error: 'This receiver was told to fail.' });
    case 'gone':
      return said(410, { error: 'This receiver was told to say that it is gone.' });
    case 'busy':
      return {
        ...said(429, { error: 'This receiver was told to say that it is busy.' }),
        headers: { ...JSON_TYPE, 'retry-after': '30' },
      };
  }
}

function said(status: number, body: object): ReceptionAnswer {
  return { status, headers: JSON_TYPE, body: JSON.stringify(body), afterMs: 0 };
}

/** Headers as they came, `[name, value, name, value, …]`, as many and as long as are kept. */
export function keptHeaders(raw: readonly string[]): { name: string; value: string }[] {
  const pairs: { name: string; value: string }[] = [];
  for (let at = 0; at + 1 < raw.length && pairs.length < MOST_HEADERS; at += 2) {
    pairs.push({ name: keepable(raw[at]), value: keepable(raw[at + 1]) });
  }
  return pairs;
}

/** PostgreSQL keeps no NUL. */
function keepable(text = ''): string {
  return text.replaceAll('\0', '').slice(0, LONGEST_VALUE);
}

/** A body as an answer of ours can carry it: text where it is text, byte for byte. */
export function bodyText(bytes: Buffer): { body: string; encoding: 'utf8' | 'base64' } {
  const body = bytes.toString('utf8');
  return Buffer.from(body, 'utf8').equals(bytes)
    ? { body, encoding: 'utf8' }
    : { body: bytes.toString('base64'), encoding: 'base64' };
}
