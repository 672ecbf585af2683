import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto';
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
  private readonly key: KeyObject;
  /** Whoever turns pages while the secret is rotated goes on turning them. */
  private readonly previous: readonly KeyObject[];

  constructor(keys: Keys) {
    this.key = createSecretKey(keys.derive('cursors'));
    this.previous = keys.previous('cursors').map((key) => createSecretKey(key));
  }

  /** `list` names the list and its sort, for example `leads:-createdAt`. */
  seal(workspaceId: string, list: string, values: readonly CursorValue[]): string {
    const body = Buffer.from(JSON.stringify(values));
    return Buffer.concat([mac(this.key, workspaceId, list, body), body]).toString('base64url');
  }

  /** @throws Refusal `invalid_cursor` for one that was not sealed for this workspace and list. */
  open(workspaceId: string, list: string, cursor: string): CursorValue[] {
    const bytes = Buffer.from(cursor, 'base64url');
    const body = bytes.subarray(16);
    const genuine = (key: KeyObject) => timingSafeEqual(bytes.subarray(0, 16), mac(key, workspaceId, list, body));
    if (bytes.length < 17 || ![this.key, ...this.previous].some(genuine)) throw new Refusal('invalid_cursor');
    return JSON.parse(body.toString()) as CursorValue[];
  }
}

function mac(key: KeyObject, workspaceId: string, list: string, body: Buffer): Buffer {
  return createHmac('sha256', key).update(`${workspaceId}\n${list}\n`).update(body).digest().subarray(0, 16);
}
