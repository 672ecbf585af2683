import { canonicalJson, type Json } from './canonical';
import { LEAF, type Sha256 } from './hashing';

/** What the first entry of a log is chained to. */
export const GENESIS: Uint8Array = new Uint8Array(32);

const utf8 = new TextEncoder();
/** Of UTF-16, a unit never takes more bytes than this in UTF-8. */
const BYTES_A_UNIT = 3;
let room = new Uint8Array(4_096);

/**
 * The hash of an entry: SHA-256 of 0x00, the entry's canonical JSON and the hash of the entry before it. It is the
 * entry's link in the chain and its leaf in the Merkle tree alike.
 */
export function entryHash(sha256: Sha256, entry: Json, previous: Uint8Array): Uint8Array {
  return textHash(sha256, canonicalJson(entry), previous);
}

/** The same, of an entry's canonical text. */
export function textHash(sha256: Sha256, text: string, previous: Uint8Array): Uint8Array {
  const needed = 1 + text.length * BYTES_A_UNIT + previous.length;
  if (room.length < needed) room = new Uint8Array(needed * 2);
  room[0] = LEAF;
  const { written } = utf8.encodeInto(text, room.subarray(1));
  room.set(previous, 1 + written);
  return sha256(room.subarray(0, 1 + written + previous.length));
}
