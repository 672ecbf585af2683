import { hashes, verify } from '@noble/ed25519';
import { sha256, sha512 } from '@noble/hashes/sha2.js';
import { type Cryptography, toHex } from '@threadline/audit';

hashes.sha512 = sha512;

/**
 * SHA-256 and Ed25519 in plain code: the browser's own hashes answer later, which a million small ones cannot wait for,
 * and are not there at all where the address is not HTTPS.
 */
export const browserCryptography: Cryptography = {
  sha256,
  verifyEd25519: (publicKey, message, signature) => verify(signature, message, publicKey),
};

/** What people compare a public key by: SHA-256 of its 32 bytes, in groups of four. Empty for what is no key. */
export function fingerprint(publicKey: string): string {
  const bytes = keyBytes(publicKey);
  if (!bytes) return '';
  return (toHex(sha256(bytes)).slice(0, 32).match(/.{4}/g) ?? []).join(' ');
}

/** The 32 bytes of a key in base64; null for anything else. */
export function keyBytes(publicKey: string): Uint8Array | null {
  try {
    const bytes = Uint8Array.from(atob(publicKey.trim()), (character) => character.charCodeAt(0));
    return bytes.length === 32 ? bytes : null;
  } catch {
    // Not base64.
    return null;
  }
}
