import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Config } from '../../platform/config';
import { SystemDatabase } from '../../platform/database';
import type { Tx } from '../../platform/work';
import type { Browser } from './came-from';

/** 32 random bytes as base64url. */
const FORM = /^[\w-]{43}$/;

/**
 * Browsers that a person has signed in with. Each carries a random cookie that lives longer than any session; only its
 * hash is kept. It opens nothing: it tells a new device from a known one.
 */
@Injectable()
export class KnownDevices {
  /** A page of a neighbouring subdomain can set the plain name, but not the `__Host-` one. */
  readonly cookie: string;

  constructor(
    config: Config,
    private readonly database: SystemDatabase,
  ) {
    this.cookie = config.secure ? '__Host-threadline-device' : 'threadline-device';
  }

  /** True when the person has signed in with the browser of this request before. */
  async isKnown(userId: string, request: Pick<FastifyRequest, 'cookies'>): Promise<boolean> {
    const token = this.tokenIn(request.cookies);
    if (!token) return false;
    const rows = await this.database.query('SELECT 1 FROM known_devices WHERE user_id = $1 AND token_hash = $2', [
      userId,
      hashOf(token),
    ]);
    return rows.length > 0;
  }

  /** What the browser shows, when it has the form of ours. */
  tokenIn(cookies: Record<string, string | undefined>): string | null {
    const token = cookies[this.cookie];
    return token !== undefined && FORM.test(token) ? token : null;
  }

  /**
   * Remembers the browser of a sign-in. Answers whether it is news: somebody who never signed in before has no other
   * device to compare it with.
   */
  async remember(tx: Tx, userId: string, browser: Browser): Promise<{ isNew: boolean }> {
    const token = this.tokenIn(browser.cookies) ?? browser.fresh;
    const [{ others, before } = { others: false, before: false }] = await tx.query<{
      others: boolean;
      before: boolean;
    }>(
      `SELECT EXISTS (SELECT 1 FROM known_devices WHERE user_id = $1) AS others,
              EXISTS (SELECT 1 FROM known_devices WHERE user_id = $1 AND token_hash = $2) AS before`,
      [userId, hashOf(token)],
    );
    await tx.query(
      `INSERT INTO known_devices (user_id, token_hash, first_seen_at, last_seen_at) VALUES ($1, $2, $3, $3)
       ON CONFLICT (user_id, token_hash) DO UPDATE SET last_seen_at = $3`,
      [userId, hashOf(token), tx.now],
    );
    return { isNew: others && !before };
  }
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
