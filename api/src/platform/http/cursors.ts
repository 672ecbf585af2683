import { createHmac, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Keys } from '../config';
import { Refusal } from '../refusal';

export type CursorValue = string | number | null;

/**
 * Keyset cursors that a caller can hold but not make: the values of the last row, authenticated together with the
 * workspace and the list they belong to, so that one of another workspace or another sort is refused.
 */
@Injectable()
export class Cursors {
  private readonly key: Buffer;

  constructor(keys: Keys) {
    this.key = keys.derive('cursors');
  }

  /** `list` names the list and its sort, for example `leads:-createdAt`. */
  seal(workspaceId: string, list: string, values: readonly CursorValue[]): string {
    const body = Buffer.from(JSON.stringify(values));
    return Buffer.concat([this.mac(workspaceId, list, body), body]).toString('base64url');
  }

  /** @throws Refusal `invalid_cursor` for one that was not sealed for this workspace and list. */
  open(workspaceId: string, list: string, cursor: string): CursorValue[] {
    const bytes = Buffer.from(cursor, 'base64url');
    const body = bytes.subarray(16);
    if (bytes.length < 17 || !timingSafeEqual(bytes.subarray(0, 16), this.mac(workspaceId, list, body))) {
      throw new Refusal('invalid_cursor');
    }
    return JSON.parse(body.toString()) as CursorValue[];
  }

  private mac(workspaceId: string, list: string, body: Buffer): Buffer {
    return createHmac('sha256', this.key).update(`${workspaceId}\n${list}\n`).update(body).digest().subarray(0, 16);
  }
}
