import { canonicalJson, type Json } from './canonical';
import { leafBytes, type Sha256 } from './hashing';

/** What the first entry of a log is chained to. */
export const GENESIS: Uint8Array = new Uint8Array(32);

const utf8 = new TextEncoder();

/**
 * The hash of an entry: SHA-256 of 0x00, the entry's canonical JSON and the hash of the entry before it. It is the
 * entry's link in the chain and its leaf in the Merkle tree alike.
 */
export function entryHash(sha256: Sha256, entry: Json, previous: Uint8Array): Uint8Array {
  return sha256(leafBytes(utf8.encode(canonicalJson(entry)), previous));
}
