import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Config } from '../config';

const ALGORITHM = 'aes-256-gcm';
const NONCE = 12;
const TAG = 16;

interface Key {
  id: string;
  secret: KeyObject;
}

/**
 * Secrets that have to be read again (TOTP seeds, client secrets) lie in the database as AES-256-GCM under a key that
 * does not: `v1.<key id>.<nonce, ciphertext and tag>`. What it is and whose is authenticated with it, so that a sealed
 * value moved to another row cannot be opened. Older keys of APP_SECRET_PREVIOUS still open, and never seal.
 */
@Injectable()
export class SecretBox {
  private readonly keys: readonly [Key, ...Key[]];

  constructor(config: Config) {
    this.keys = [keyOf(config.appSecret), ...config.previousSecrets.map(keyOf)];
  }

  /** @param about what it is and whose, for example `totp:<user id>` */
  seal(secret: string, about: string): string {
    const [{ id, secret: key }] = this.keys;
    const nonce = randomBytes(NONCE);
    const cipher = createCipheriv(ALGORITHM, key, nonce).setAAD(Buffer.from(about));
    const sealed = Buffer.concat([nonce, cipher.update(secret, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return `v1.${id}.${sealed.toString('base64url')}`;
  }

  /** @throws Error when the value was altered, is about something else, or its key is gone. */
  open(sealed: string, about: string): string {
    const [version, id, text = ''] = sealed.split('.');
    const key = this.keys.find((each) => each.id === id);
    if (version !== 'v1' || !key) throw new Error('A sealed secret cannot be opened: its key is not there');
    const bytes = Buffer.from(text, 'base64url');
    const decipher = createDecipheriv(ALGORITHM, key.secret, bytes.subarray(0, NONCE))
      .setAAD(Buffer.from(about))
      .setAuthTag(bytes.subarray(-TAG));
    return Buffer.concat([decipher.update(bytes.subarray(NONCE, -TAG)), decipher.final()]).toString('utf8');
  }

  /** How everything begins that is sealed with the newest key. */
  get mark(): string {
    return `v1.${this.keys[0].id}.`;
  }

  /** True when it was sealed with a key that is no longer the newest: the rotation command seals it again. */
  isOld(sealed: string): boolean {
    return !sealed.startsWith(this.mark);
  }
}

function keyOf(appSecret: string): Key {
  const bytes = Buffer.from(hkdfSync('sha256', appSecret, 'threadline', 'secrets-at-rest', 32));
  return { id: createHash('sha256').update(bytes).digest('hex').slice(0, 8), secret: createSecretKey(bytes) };
}
