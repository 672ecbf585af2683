import {
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import { WEBHOOK_PUBLIC_KEY_PREFIX, WEBHOOK_SECRET_PREFIX } from '@threadline/contracts';

/** What an endpoint's messages are signed with. */
export interface SigningSecret {
  /** `whsec_…`, shared with the receiver. */
  secret: string;
  /** PKCS #8, base64: for `v1a` signatures, and never shown. */
  privateKey: string;
}

const SECRET_BYTES = 32;

/** A new secret and a new key pair, and the public key as receivers are given it. */
export function makeSecret(): { signing: SigningSecret; publicKey: string } {
  const pair = generateKeyPairSync('ed25519');
  return {
    signing: {
      secret: WEBHOOK_SECRET_PREFIX + randomBytes(SECRET_BYTES).toString('base64'),
      privateKey: pair.privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
    },
    publicKey: WEBHOOK_PUBLIC_KEY_PREFIX + rawPublicKey(pair.publicKey).toString('base64'),
  };
}

/** The bytes behind `whsec_…`, ready to sign: given as mere bytes, Node takes several times the signature to make them it. */
export function keyOf(secret: string): KeyObject {
  return createSecretKey(Buffer.from(secret.slice(WEBHOOK_SECRET_PREFIX.length), 'base64'));
}

/** The private key, ready to sign. */
export function privateKeyOf({ privateKey }: SigningSecret): KeyObject {
  return createPrivateKey({ key: Buffer.from(privateKey, 'base64'), type: 'pkcs8', format: 'der' });
}

/** `whpk_…` back into a key that verifies. */
export function publicKeyOf(text: string): KeyObject {
  const raw = Buffer.from(text.slice(WEBHOOK_PUBLIC_KEY_PREFIX.length), 'base64');
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') }, format: 'jwk' });
}

function rawPublicKey(key: KeyObject): Buffer {
  return Buffer.from(key.export({ format: 'jwk' }).x ?? '', 'base64url');
}
