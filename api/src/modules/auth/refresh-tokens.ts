import { createHash, createHmac, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Keys } from '../../platform/config';

/** Workspace id (16 bytes), then the secret (32 bytes), as base64url. */
const LENGTH = 48;

/**
 * Opaque refresh tokens; only their hashes are kept. A successor is computed from its predecessor, so that the direct
 * predecessor, sent twice by two tabs, is answered with the same successor.
 */
@Injectable()
export class RefreshTokens {
  private readonly key: Buffer;

  constructor(keys: Keys) {
    this.key = keys.derive('refresh-tokens');
  }

  first(workspaceId: string): string {
    return Buffer.concat([uuidBytes(workspaceId), randomBytes(32)]).toString('base64url');
  }

  successorOf(token: string): string {
    const bytes = Buffer.from(token, 'base64url');
    const secret = createHmac('sha256', this.key).update(bytes).digest();
    return Buffer.concat([bytes.subarray(0, 16), secret]).toString('base64url');
  }

  hash(token: string): Buffer {
    return createHash('sha256').update(Buffer.from(token, 'base64url')).digest();
  }

  /** The workspace a token belongs to; undefined when it is not one of ours by its form. */
  workspaceOf(token: string): string | undefined {
    const bytes = Buffer.from(token, 'base64url');
    if (bytes.length !== LENGTH) return undefined;
    const hex = bytes.subarray(0, 16).toString('hex');
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  }
}

function uuidBytes(id: string): Buffer {
  return Buffer.from(id.replaceAll('-', ''), 'hex');
}
