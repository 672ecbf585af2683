import * as crypto from 'node:crypto';
import type { Sha256 } from './hashing';
import type { Cryptography } from './verify';

const BYTES = 32;

/** In one call where Node has it (20.12): a third of the time of an object that takes and gives. */
const sha256: Sha256 = 'hash' in crypto ? atOnce : (bytes) => crypto.createHash('sha256').update(bytes).digest();

/** By way of a string: bytes of a few dozen are made faster here than handed over by the runtime. */
function atOnce(bytes: Uint8Array): Uint8Array {
  const text = crypto.hash('sha256', bytes, 'binary');
  const out = new Uint8Array(BYTES);
  for (let at = 0; at < BYTES; at++) out[at] = text.charCodeAt(at);
  return out;
}

/** Node's own SHA-256 and Ed25519. */
export const nodeCryptography: Cryptography = {
  sha256,
  verifyEd25519: (publicKey, message, signature) => {
    const jwk = { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(publicKey).toString('base64url') };
    return crypto.verify(null, message, crypto.createPublicKey({ key: jwk, format: 'jwk' }), signature);
  },
};
