import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  type DecipherGCM,
  hkdfSync,
  type KeyObject,
} from 'node:crypto';
import { HONEYPOT } from './hit';
import { linkProblem } from './link.rules';

const TICKET = /^[\w-]{22,64}$/;

/** True for what could be a tracking id: 128 bits or more, at most 64 characters. */
export function isTrackingId(text: string): boolean {
  return TICKET.test(text);
}

const SEALED = /^[\w-]+$/;

/** What a sealed link holds. */
export interface SealedLink {
  /** Number of the link in the mail; HONEYPOT for the invisible one. */
  index: number;
  url: string;
}

const VERSION = 1;
const HEADER = 3;
const NONCE = 12;
const TAG = 16;
/** The number that stands for the honeypot in two unsigned bytes; also the end of what links can be numbered. */
const HONEYPOT_NUMBER = 0xffff;
/** Longest sealed text that is looked at: 31 bytes of frame and the longest link, in base64url. */
const MAX_SEALED = Math.ceil(((NONCE + HEADER + 2048 + TAG) * 4) / 3);

/**
 * Seals links so that a click needs no database: AES-256-GCM, bound to the tracking id, which is authenticated with it
 * and not repeated inside. The nonce is an HMAC of id and content, so that the same link seals alike (a mail rendered
 * twice has the same bytes) and two different ones never share a nonce.
 */
export class LinkSeal {
  private readonly key: KeyObject;
  private readonly nonceKey: KeyObject;
  /** What opens: the key that seals, then those before it. */
  private readonly keys: readonly KeyObject[];

  /** `secret`: 32 bytes from Keys.derive('tracking'); `previous`: those of earlier secrets, which open and never seal. */
  constructor(secret: Buffer, previous: readonly Buffer[] = []) {
    this.key = subkey(secret, 'seal');
    this.keys = [this.key, ...previous.map((each) => subkey(each, 'seal'))];
    this.nonceKey = subkey(secret, 'nonce');
  }

  /** The `l` of a click address. @throws when the link is none that may be redirected to (see linkProblem). */
  seal(trackingId: string, link: SealedLink): string {
    const problem = linkProblem(link.url);
    if (problem) throw new Error(`This link cannot be tracked: ${problem}`);
    const number = link.index === HONEYPOT ? HONEYPOT_NUMBER : link.index;
    if (!Number.isInteger(number) || number < 0 || number > HONEYPOT_NUMBER) throw new Error('Not a link number');
    const header = Buffer.from([VERSION, number >> 8, number & 255]);
    const content = Buffer.concat([header, Buffer.from(link.url)]);
    const nonce = createHmac('sha256', this.nonceKey)
      .update(`${trackingId}\n`)
      .update(content)
      .digest()
      .subarray(0, NONCE);
    const cipher = createCipheriv('aes-256-gcm', this.key, nonce, { authTagLength: TAG });
    cipher.setAAD(Buffer.from(trackingId));
    const sealed = Buffer.concat([nonce, cipher.update(content), cipher.final(), cipher.getAuthTag()]);
    return sealed.toString('base64url');
  }

  /** What was sealed for this tracking id; null for anything else, altered or foreign, in the same few microseconds. */
  open(trackingId: string, sealed: string): SealedLink | null {
    if (sealed.length > MAX_SEALED || !SEALED.test(sealed)) return null;
    const bytes = Buffer.from(sealed, 'base64url');
    if (bytes.length < NONCE + HEADER + TAG || !isCanonical(sealed, bytes)) return null;
    const content = this.decrypt(trackingId, bytes);
    if (content?.[0] !== VERSION) return null;
    const number = content.readUInt16BE(1);
    const url = content.toString('utf8', HEADER);
    return linkProblem(url) === null ? { index: number === HONEYPOT_NUMBER ? HONEYPOT : number, url } : null;
  }

  private decrypt(trackingId: string, bytes: Buffer): Buffer | null {
    for (const key of this.keys) {
      const content = decryptedBy(key, trackingId, bytes);
      if (content) return content;
    }
    return null;
  }
}

function decryptedBy(key: KeyObject, trackingId: string, bytes: Buffer): Buffer | null {
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE), { authTagLength: TAG });
  decipher.setAAD(Buffer.from(trackingId));
  decipher.setAuthTag(bytes.subarray(bytes.length - TAG));
  const content = decipher.update(bytes.subarray(NONCE, bytes.length - TAG));
  return isComplete(decipher) ? content : null;
}

/**
 * Whether the tag fits: the content was sealed with this key for this id. That it does not is an answer, not an error;
 * Node says it by throwing, and where from, which nobody reads, is half the cost of opening.
 */
function isComplete(decipher: DecipherGCM): boolean {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    decipher.final();
    return true;
  } catch {
    return false;
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** As a KeyObject: with a plain buffer, Node prepares the key anew for every use, at four times the cost. */
function subkey(secret: Buffer, purpose: string): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync('sha256', secret, 'link', purpose, 32)));
}

/** base64url is read leniently in its last character: only the one way of writing these bytes is ours. */
function isCanonical(text: string, bytes: Buffer): boolean {
  const rest = bytes.length % 3;
  const length = Math.ceil((bytes.length * 4) / 3);
  if (text.length !== length) return false;
  return rest === 0 || text.endsWith(bytes.toString('base64url', bytes.length - rest));
}
