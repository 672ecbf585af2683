import { Injectable } from '@nestjs/common';
import type { SignInMethod } from '@threadline/contracts';
import { jwtVerify, SignJWT } from 'jose';
import { v7 } from 'uuid';
import { Clock } from '../../platform/clock';
import { Config, Keys } from '../../platform/config';
import { Refusal } from '../../platform/refusal';
import type { Tx } from '../../platform/work';

/** How long the second step may take, in seconds. */
export const TICKET_SECONDS = 300;
const ALGORITHM = 'HS256';
const TYPE = 'threadline-second-step+jwt';
const AUDIENCE = 'threadline-second-step';

/** A sign-in whose first step was right, and that waits for its second one. */
export interface Ticket {
  id: string;
  userId: string;
  workspaceId: string;
  /** How the first step was done. */
  method: SignInMethod;
  issuedAt: Date;
  expiresAt: Date;
}

/**
 * The `mfaToken` between the two steps of a sign-in: a token of its own type, audience and key, so that it is no bearer
 * token and no other token is one of it (ASVS 9.2.2); good for one sign-in, once, for five minutes.
 */
@Injectable()
export class SignInTickets {
  private readonly key: Uint8Array;

  constructor(
    keys: Keys,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {
    this.key = keys.derive('sign-in-tickets');
  }

  issue(userId: string, workspaceId: string, method: SignInMethod): Promise<string> {
    const at = this.clock.millis();
    const now = Math.floor(at / 1000);
    return new SignJWT({ ws: workspaceId, by: method, at })
      .setProtectedHeader({ alg: ALGORITHM, typ: TYPE })
      .setJti(v7())
      .setSubject(userId)
      .setIssuer(this.config.publicUrl)
      .setAudience(AUDIENCE)
      .setIssuedAt(now)
      .setExpirationTime(now + TICKET_SECONDS)
      .sign(this.key);
  }

  /** @throws Refusal `session_ended` when it is no ticket of ours, or too old: the sign-in has to begin again. */
  async read(token: string): Promise<Ticket> {
    try {
      const { payload } = await jwtVerify(token, this.key, {
        algorithms: [ALGORITHM],
        typ: TYPE,
        issuer: this.config.publicUrl,
        audience: AUDIENCE,
        currentDate: this.clock.now(),
        requiredClaims: ['sub', 'exp', 'jti', 'ws', 'by', 'at'],
      });
      const { jti = '', sub = '', exp = 0, ws, by, at } = payload;
      if (typeof ws !== 'string' || typeof at !== 'number') throw new TypeError('claims');
      return {
        id: jti,
        userId: sub,
        workspaceId: ws,
        method: by as SignInMethod,
        issuedAt: new Date(at),
        expiresAt: new Date(exp * 1000),
      };
    } catch {
      // Whatever is wrong with it, the caller learns only that this sign-in is over.
      throw tooLate();
    }
  }

  /** Uses a ticket up, in the transaction that signs in. @throws Refusal `session_ended` when it was used before. */
  async spend(tx: Tx, ticket: Ticket): Promise<void> {
    await tx.query('DELETE FROM spent_tickets WHERE user_id = $1 AND expires_at < $2', [ticket.userId, tx.now]);
    const fresh = await tx.query(
      `INSERT INTO spent_tickets (id, user_id, expires_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING id`,
      [ticket.id, ticket.userId, ticket.expiresAt],
    );
    if (fresh.length === 0) throw tooLate();
    const [person] = await tx.query<{ password_changed_at: Date | null }>(
      'SELECT password_changed_at FROM users WHERE id = $1',
      [ticket.userId],
    );
    const changed = person?.password_changed_at;
    if (!person || (ticket.method === 'password' && changed && changed >= ticket.issuedAt)) throw tooLate();
  }
}

function tooLate(): Refusal {
  return new Refusal('session_ended', { detail: 'This sign-in took too long or was used. Sign in again.' });
}
