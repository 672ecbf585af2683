import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Config } from '../../platform/config';
import { SystemDatabase } from '../../platform/database';
import type { Tx } from '../../platform/work';

/** What tells one browser from another: the cookies it sent, and the token it gets when it had none. */
export interface Browser {
  cookies: Record<string, string | undefined>;
  fresh: string;
}

/** 32 random bytes as base64url. */
const FORM = /^[\w-]{43}$/;
/** After so many new browsers within the hour, one more is no news. */
const NEW_AT_ONCE = 5;
const LATELY_MS = 3_600_000;
/** As long as browsers keep the cookie: 400 days. */
const FORGOTTEN_MS = 400 * 86_400_000;

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

  /**
   * Those of the people who have signed in with the browser of this request before, by something of their own: whoever
   * runs an identity provider signs in as them with as many browsers as they like.
   */
  async knowing(userIds: readonly string[], request: Pick<FastifyRequest, 'cookies'>): Promise<string[]> {
    const token = this.tokenIn(request.cookies);
    if (!token) return [];
    const rows = await this.database.query<{ user_id: string }>(
      'SELECT user_id FROM known_devices WHERE user_id = ANY ($1) AND token_hash = $2 AND NOT vouched_only',
      [userIds, hashOf(token)],
    );
    return rows.map((row) => row.user_id);
  }

  /** What the browser shows, when it has the form of ours. */
  tokenIn(cookies: Record<string, string | undefined>): string | null {
    const token = cookies[this.cookie];
    return token !== undefined && FORM.test(token) ? token : null;
  }

  /**
   * Remembers the browser of a sign-in. Answers whether it is news: somebody who never signed in before has no other
   * device to compare it with, and a program that keeps no cookies is new so often that it no longer is.
   * @param vouched it was an identity provider's word alone that signed in
   */
  async remember(tx: Tx, userId: string, browser: Browser, vouched = false): Promise<{ isNew: boolean }> {
    const token = this.tokenIn(browser.cookies) ?? browser.fresh;
    const [seen] = await tx.query<{ any: boolean; this_one: boolean; lately: number }>(
      `SELECT count(*) > 0 AS any, coalesce(bool_or(token_hash = $2), false) AS this_one,
              (count(*) FILTER (WHERE first_seen_at > $3))::int AS lately
         FROM known_devices WHERE user_id = $1`,
      [userId, hashOf(token), new Date(tx.now.getTime() - LATELY_MS)],
    );
    await tx.query('DELETE FROM known_devices WHERE user_id = $1 AND last_seen_at < $2', [
      userId,
      new Date(tx.now.getTime() - FORGOTTEN_MS),
    ]);
    await tx.query(
      `INSERT INTO known_devices AS d (user_id, token_hash, first_seen_at, last_seen_at, vouched_only)
       VALUES ($1, $2, $3, $3, $4)
       ON CONFLICT (user_id, token_hash) DO UPDATE SET last_seen_at = $3, vouched_only = d.vouched_only AND $4`,
      [userId, hashOf(token), tx.now, vouched],
    );
    return { isNew: !!seen && seen.any && !seen.this_one && seen.lately <= NEW_AT_ONCE };
  }
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
