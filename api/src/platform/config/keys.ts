import { hkdfSync } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Config } from './config';

/** Keys for each purpose, all derived from APP_SECRET (HKDF-SHA256, RFC 5869), so that one secret is kept. */
@Injectable()
export class Keys {
  constructor(private readonly config: Config) {}

  /** 32 bytes that only this installation knows, different for each purpose. */
  derive(purpose: string): Buffer {
    return keyOf(this.config.appSecret, purpose);
  }

  /**
   * The same of earlier values of APP_SECRET, the newest first: for what people hold that has to go on working after a
   * rotation, such as links in sent mails. They open; they never make anything new.
   */
  previous(purpose: string): Buffer[] {
    return this.config.previousSecrets.map((secret) => keyOf(secret, purpose));
  }
}

function keyOf(secret: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, 'threadline', purpose, 32));
}
