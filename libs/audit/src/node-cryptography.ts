import * as crypto from 'node:crypto';
import type { Cryptography } from './verify';

/** In one call where Node has it (20.12): half the time of an object that takes and gives. */
const atOnce = 'hash' in crypto;

/** Node's own SHA-256 and Ed25519. */
export const nodeCryptography: Cryptography = {
  sha256: (bytes) =>
    atOnce ? crypto.hash('sha256', bytes, 'buffer') : crypto.createHash('sha256').update(bytes).digest(),
  verifyEd25519: (publicKey, message, signature) => {
    const jwk = { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(publicKey).toString('base64url') };
    return crypto.verify(null, message, crypto.createPublicKey({ key: jwk, format: 'jwk' }), signature);
  },
};
