import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock';
import { SystemDatabase } from '../../platform/database';
import { Refusal } from '../../platform/refusal';

/** Wrong tries allowed within the window, over all doors that ask for a factor together. */
export const TRIES = 5;
export const WINDOW_MS = 5 * 60_000;

/**
 * The budget of wrong tries of a person. A try is taken before anything is compared and given back only when it was
 * right, in statements of their own: a rolled-back request, a new sign-in or a right password win nothing back (A23).
 */
@Injectable()
export class Tries {
  constructor(
    private readonly database: SystemDatabase,
    private readonly clock: Clock,
  ) {}

  /**
   * Runs what compares something a person showed.
   * @param vouched in a session that nothing but an identity provider's word has begun: it has a budget of its own, so
   * that whoever runs the provider uses up nothing of the person's
   * @throws Refusal `too_many_requests`, and what `work` throws
   */
  async spend<T>(userId: string, work: () => Promise<T>, vouched = false): Promise<T> {
    const at = await this.take(userId, vouched);
    try {
      const result = await work();
      await this.giveBack(userId, vouched, at);
      return result;
    } catch (error) {
      const wrong = error instanceof Refusal && error.status === 401;
      if (!wrong) await this.giveBack(userId, vouched, at);
      throw error;
    }
  }

  private async take(userId: string, vouched: boolean): Promise<Date> {
    const now = this.clock.now();
    const since = new Date(now.getTime() - WINDOW_MS);
    const taken = await this.database.query(
      `INSERT INTO factor_tries AS t (user_id, vouched, at) VALUES ($1, $5, ARRAY[$2::timestamptz])
       ON CONFLICT (user_id, vouched) DO UPDATE
         SET at = ARRAY(SELECT each FROM unnest(t.at) each WHERE each > $3) || $2::timestamptz
       WHERE (SELECT count(*) FROM unnest(t.at) each WHERE each > $3) < $4
       RETURNING 1`,
      [userId, now, since, TRIES, vouched],
    );
    if (taken.length > 0) return now;
    const [row] = await this.database.query<{ oldest: Date }>(
      'SELECT min(each) AS oldest FROM factor_tries t, unnest(t.at) each WHERE t.user_id = $1 AND t.vouched = $3 AND each > $2',
      [userId, since, vouched],
    );
    const freeAt = (row?.oldest ?? since).getTime() + WINDOW_MS;
    throw new Refusal('too_many_requests', {
      detail: 'Too many wrong tries. Wait a few minutes.',
      retryAfter: Math.max(1, Math.ceil((freeAt - now.getTime()) / 1000)),
    });
  }

  private async giveBack(userId: string, vouched: boolean, at: Date): Promise<void> {
    await this.database.query(
      `UPDATE factor_tries
          SET at = at[:array_position(at, $2::timestamptz) - 1] || at[array_position(at, $2::timestamptz) + 1:]
        WHERE user_id = $1 AND vouched = $3 AND $2::timestamptz = ANY (at)`,
      [userId, at, vouched],
    );
  }
}
