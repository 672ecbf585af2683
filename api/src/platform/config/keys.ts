import { hkdfSync } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Config } from './config';

/** Keys for each purpose, all derived from APP_SECRET (HKDF-SHA256, RFC 5869), so that one secret is kept. */
@Injectable()
export class Keys {
  constructor(private readonly config: Config) {}

  /** 32 bytes that only this installation knows, different for each purpose. */
  derive(purpose: string): Buffer {
    return Buffer.from(hkdfSync('sha256', this.config.appSecret, 'threadline', purpose, 32));
  }
}
