/** SHA-256 of some bytes; given by whoever calls, so that this library runs in Node and in browsers. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array;

/** First byte of what is hashed, so that an entry can never pass for a node of the tree (RFC 9162, 2.1.1). */
const LEAF = 0x00;
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

export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** @throws TypeError when it is not the hex of whole bytes. */
export function fromHex(text: string): Uint8Array {
  if (!/^(?:[0-9a-f]{2})*$/.test(text)) throw new TypeError('This is not hex');
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

export function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}
