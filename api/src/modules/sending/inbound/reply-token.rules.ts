import { createHmac, timingSafeEqual } from 'node:crypto';

/** Answers come to one address, notices of failure to another; a token for the one does not open the other. */
export type AddressKind = 'reply' | 'bounce';

const MAC_BYTES = 10;
/** A local part has 64 characters at most (RFC 5321), `bounce+` among them. */
const MOST_BYTES = 35;
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';

/**
 * Signed tokens for plus-addresses, one per message and kind. In base32 and lower case: mail servers on the way may
 * change the case of an address.
 */
export class ReplyTokens {
  /** `key`: 32 bytes from Keys.derive('reply'); `previous`: those of earlier secrets, which open and never seal. */
  constructor(
    private readonly key: Buffer,
    private readonly previous: readonly Buffer[] = [],
  ) {}

  seal(kind: AddressKind, trackingId: string): string {
    const id = Buffer.from(trackingId, 'base64url');
    if (id.toString('base64url') !== trackingId || id.length === 0 || id.length + MAC_BYTES > MOST_BYTES) {
      throw new Error('Not a tracking id that fits an address');
    }
    return base32(Buffer.concat([id, mac(this.key, kind, id)]));
  }

  /** The tracking id that was sealed for this kind; null for anything else. */
  open(kind: AddressKind, token: string): string | null {
    const bytes = fromBase32(token.toLowerCase());
    if (!bytes || bytes.length <= MAC_BYTES || bytes.length > MOST_BYTES) return null;
    const id = bytes.subarray(0, bytes.length - MAC_BYTES);
    const signed = bytes.subarray(id.length);
    const genuine = [this.key, ...this.previous].some((key) => timingSafeEqual(signed, mac(key, kind, id)));
    return genuine ? id.toString('base64url') : null;
  }
}

function mac(key: Buffer, kind: AddressKind, id: Buffer): Buffer {
  return createHmac('sha256', key).update(`${kind}\n`).update(id).digest().subarray(0, MAC_BYTES);
}

function base32(bytes: Buffer): string {
  let text = '';
  let bits = 0;
  let value = 0;
  for (const byte of bytes) {
    value = (value << 8) | byte;
    for (bits += 8; bits >= 5; bits -= 5) text += ALPHABET.charAt((value >>> (bits - 5)) & 31);
    value &= (1 << bits) - 1;
  }
  return bits > 0 ? text + ALPHABET.charAt((value << (5 - bits)) & 31) : text;
}

/** Null for what is not the one way of writing some bytes. */
function fromBase32(text: string): Buffer | null {
  if (text.length > 100) return null;
  const bytes: number[] = [];
  let bits = 0;
  let value = 0;
  for (const character of text) {
    const digit = ALPHABET.indexOf(character);
    if (digit < 0) return null;
    value = (value << 5) | digit;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((value >>> bits) & 255);
      value &= (1 << bits) - 1;
    }
  }
  const found = Buffer.from(bytes);
  return base32(found) === text ? found : null;
}
