import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Keys } from '../../platform/config';

/** What stands before the 32 bytes of an Ed25519 seed in PKCS #8 (RFC 8410). */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** The key this installation signs its checkpoints with, derived from APP_SECRET and never in the database. */
@Injectable()
export class CheckpointKey {
  private readonly key: KeyObject;
  /** Raw 32 bytes. */
  readonly publicKey: Buffer;

  constructor(keys: Keys) {
    const der = Buffer.concat([PKCS8, keys.derive('audit-checkpoints')]);
    this.key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
    this.publicKey = Buffer.from(createPublicKey(this.key).export({ format: 'jwk' }).x ?? '', 'base64url');
  }

  sign(bytes: Uint8Array): Buffer {
    return sign(null, bytes, this.key);
  }

  /** For any key: a checkpoint may have been signed before the secret was rotated. */
  verify(publicKey: Uint8Array, bytes: Uint8Array, signature: Uint8Array): boolean {
    const jwk = { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(publicKey).toString('base64url') };
    return verify(null, bytes, createPublicKey({ key: jwk, format: 'jwk' }), signature);
  }
}
