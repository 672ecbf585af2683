import type { Envelope } from '@threadline/contracts';

/** Why a webhook was not accepted. */
export type WebhookFault = 'missing_headers' | 'too_old' | 'too_new' | 'no_match' | 'unreadable';

/** This did not come from Threadline as it stands here: answer 400 and do nothing with it. */
export class WebhookRefused extends Error {
  override readonly name = 'WebhookRefused';

  constructor(
    readonly fault: WebhookFault,
    words: string,
  ) {
    super(words);
  }
}

export interface WebhookVerifierOptions {
  /** How far the time of sending may be from now, in seconds: 300. */
  toleranceSeconds?: number;
  /** Milliseconds since 1970. */
  now?: () => number;
}

type HeaderSource = Headers | Readonly<Record<string, string | string[] | undefined>>;

interface Key {
  scheme: 'v1' | 'v1a';
  bytes: Uint8Array<ArrayBuffer>;
}

const encoder = new TextEncoder();

/**
 * Tells whether a webhook is Threadline's: signed as Standard Webhooks says, with HMAC (`whsec_…`) or Ed25519 (`whpk_…`).
 * Runs wherever Web Crypto is: Node, Deno, Bun, workers and browsers.
 */
export class WebhookVerifier {
  private readonly keys: readonly Key[];
  private readonly tolerance: number;
  private readonly now: () => number;

  /**
   * @param secrets one, or several while they are exchanged: what any of them has signed is taken
   * @throws TypeError when there is none, as when the environment has none
   */
  constructor(secrets: string | readonly string[], options: WebhookVerifierOptions = {}) {
    const given = [secrets].flat();
    if (given.length === 0 || !given.every(Boolean)) throw new TypeError('The secret of the webhook is missing');
    this.keys = given.map(readKey);
    this.tolerance = options.toleranceSeconds ?? 300;
    this.now = options.now ?? Date.now;
  }

  /**
   * @param body as it came, byte for byte: read before anything parses it
   * @returns what happened
   * @throws WebhookRefused
   */
  async verify(body: string | Uint8Array, headers: HeaderSource): Promise<Envelope> {
    const [id, timestamp, signatures] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) =>
      headerOf(headers, name),
    );
    if (!id || !timestamp || !signatures)
      throw new WebhookRefused('missing_headers', 'A header of the signature is missing.');
    this.checkTime(timestamp);
    const text = typeof body === 'string' ? body : new TextDecoder().decode(body);
    const signed = encoder.encode(`${id}.${timestamp}.${text}`);
    if (!(await this.isSigned(signed, signatures)))
      throw new WebhookRefused('no_match', 'No signature is of this body.');
    return readEnvelope(text);
  }

  private checkTime(timestamp: string): void {
    const seconds = /^\d{1,12}$/.test(timestamp) ? Number(timestamp) : NaN;
    const age = Math.floor(this.now() / 1_000) - seconds;
    if (Number.isNaN(age)) throw new WebhookRefused('missing_headers', 'The time of sending cannot be read.');
    if (age > this.tolerance) throw new WebhookRefused('too_old', 'It was sent too long ago.');
    if (age < -this.tolerance) throw new WebhookRefused('too_new', 'It claims to come from the future.');
  }

  private async isSigned(signed: Uint8Array<ArrayBuffer>, signatures: string): Promise<boolean> {
    for (const each of signatures.split(' ')) {
      const [scheme, encoded = ''] = each.split(',');
      const signature = bytesOf(encoded);
      if (!signature) continue;
      for (const key of this.keys) if (key.scheme === scheme && (await matches(key, signature, signed))) return true;
    }
    return false;
  }
}

/** Web Crypto compares in constant time. */
async function matches(
  key: Key,
  signature: Uint8Array<ArrayBuffer>,
  signed: Uint8Array<ArrayBuffer>,
): Promise<boolean> {
  const algorithm = key.scheme === 'v1' ? { name: 'HMAC', hash: 'SHA-256' } : { name: 'Ed25519' };
  const imported = await crypto.subtle.importKey('raw', key.bytes, algorithm, false, ['verify']);
  return crypto.subtle.verify(algorithm.name, imported, signature, signed);
}

function readKey(secret: string): Key {
  const scheme = secret.startsWith('whpk_') ? 'v1a' : 'v1';
  const bytes = bytesOf(secret.replace(/^wh(?:sec|pk)_/, ''));
  if (!bytes || bytes.length === 0) throw new TypeError('A secret begins with whsec_ or whpk_, and base64 follows.');
  return { scheme, bytes };
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  } catch {
    // Not base64: nothing that could match.
    return null;
  }
}

function headerOf(headers: HeaderSource, name: string): string | undefined {
  if (headers instanceof Headers) return headers.get(name) ?? undefined;
  const found = Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
  return Array.isArray(found) ? found.join(' ') : found;
}

function readEnvelope(text: string): Envelope {
  try {
    return JSON.parse(text) as Envelope;
  } catch (cause) {
    throw Object.assign(new WebhookRefused('unreadable', 'The body is no JSON.'), { cause });
  }
}
