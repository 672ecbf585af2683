import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock';
import { SystemDatabase } from '../../../platform/database';

/** How long a browser may take to sign, in milliseconds. */
export const CHALLENGE_MS = 5 * 60_000;

/** What a signature is asked for; one made for another purpose is worth nothing. */
export type Purpose = 'add' | 'sign-in' | 'second-step' | 'prove';

/** What browsers were asked to sign: kept here, taken once, whatever comes of it. */
@Injectable()
export class PasskeyChallenges {
  constructor(
    private readonly database: SystemDatabase,
    private readonly clock: Clock,
  ) {}

  /** @param boundTo the session or the sign-in that asked; null where nobody is known yet */
  async keep(challenge: string, purpose: Purpose, boundTo: string | null): Promise<void> {
    const now = this.clock.millis();
    await this.database.query('DELETE FROM passkey_challenges WHERE expires_at < $1', [new Date(now)]);
    await this.database.query(
      'INSERT INTO passkey_challenges (challenge, purpose, bound_to, expires_at) VALUES ($1, $2, $3, $4)',
      [challenge, purpose, boundTo, new Date(now + CHALLENGE_MS)],
    );
  }

  /** True once, for what was asked there. */
  async take(challenge: string, purpose: Purpose, boundTo: string | null): Promise<boolean> {
    const taken = await this.database.query(
      `DELETE FROM passkey_challenges
        WHERE challenge = $1 AND purpose = $2 AND bound_to IS NOT DISTINCT FROM $3 AND expires_at >= $4
        RETURNING 1`,
      [challenge, purpose, boundTo, this.clock.now()],
    );
    return taken.length > 0;
  }
}
