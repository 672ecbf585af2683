/** SHA-256 of some bytes; given by whoever calls, so that this library runs in Node and in browsers. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array;

/** First byte of what is hashed, so that an entry can never pass for a node of the tree (RFC 9162, 2.1.1). */
export const LEAF = 0x00;
const NODE = 0x01;

export function leafBytes(...parts: readonly Uint8Array[]): Uint8Array {
  return joined(LEAF, parts);
}

export function nodeBytes(left: Uint8Array, right: Uint8Array): Uint8Array {
  return joined(NODE, [left, right]);
}

function joined(first: number, parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(1 + parts.reduce((sum, part) => sum + part.length, 0));
  bytes[0] = first;
  let at = 1;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

const PAIRS = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

export function toHex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += PAIRS[byte];
  return text;
}

/** @throws TypeError when it is not the hex of whole bytes. */
export function fromHex(text: string): Uint8Array {
  const bytes = new Uint8Array(Math.floor(text.length / 2));
  let good = text.length % 2 === 0;
  for (let at = 0; at < bytes.length; at++) {
    const [high, low] = [digit(text.charCodeAt(2 * at)), digit(text.charCodeAt(2 * at + 1))];
    good &&= high >= 0 && low >= 0;
    bytes[at] = high * 16 + low;
  }
  if (!good) throw new TypeError('This is not hex');
  return bytes;
}

/** Of `0` to `9` and `a` to `f`; -1 for any other. */
function digit(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  return code >= 97 && code <= 102 ? code - 87 : -1;
}

export function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  if (one.length !== other.length) return false;
  for (let at = 0; at < one.length; at++) if (one[at] !== other[at]) return false;
  return true;
}

/** Undefined when it is no base64. */
export function fromBase64(text: string): Uint8Array | undefined {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    // Not base64: then it is neither key nor signature, and the caller says so.
    return undefined;
  }
}
