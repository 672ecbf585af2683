import { createHash, createPublicKey, verify } from 'node:crypto';
import type { Cryptography } from './verify';

/** Node's own SHA-256 and Ed25519. */
export const nodeCryptography: Cryptography = {
  sha256: (bytes) => createHash('sha256').update(bytes).digest(),
  verifyEd25519: (publicKey, message, signature) => {
    const jwk = { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(publicKey).toString('base64url') };
    return verify(null, message, createPublicKey({ key: jwk, format: 'jwk' }), signature);
  },
};
