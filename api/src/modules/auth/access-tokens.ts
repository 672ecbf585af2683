import { Injectable } from '@nestjs/common';
import { jwtVerify, SignJWT } from 'jose';
import { Clock } from '../../platform/clock';
import { Config, Keys } from '../../platform/config';
import { Refusal } from '../../platform/refusal';

/** Life of an access token, in seconds. Ending a session does not wait for it: see SessionDirectory. */
export const ACCESS_SECONDS = 600;
const ALGORITHM = 'HS256';
const TYPE = 'threadline-access+jwt';
const AUDIENCE = 'threadline-api';

/** Verified tokens that are remembered: checking a signature takes a tenth of a request. */
const REMEMBERED = 5_000;

export interface AccessClaims {
  userId: string;
  workspaceId: string;
  sessionId: string;
}

/** Signs and checks access tokens: one algorithm, one type, one audience, this installation's issuer (ASVS V9). */
@Injectable()
export class AccessTokens {
  private readonly key: Uint8Array;
  /**
   * Tokens that were found good, until they run out: a signature stays good, and checking it is two trips to the thread
   * pool, which a busy server pays for with every request. Whether the session still lives is asked every time.
   */
  private readonly verified = new Map<string, { claims: AccessClaims; expiresAt: number }>();

  constructor(
    keys: Keys,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {
    this.key = keys.derive('access-tokens');
  }

  sign(claims: AccessClaims): Promise<string> {
    const now = Math.floor(this.clock.millis() / 1000);
    return new SignJWT({ ws: claims.workspaceId, sid: claims.sessionId })
      .setProtectedHeader({ alg: ALGORITHM, typ: TYPE })
      .setSubject(claims.userId)
      .setIssuer(this.config.publicUrl)
      .setAudience(AUDIENCE)
      .setIssuedAt(now)
      .setExpirationTime(now + ACCESS_SECONDS)
      .sign(this.key);
  }

  /** @throws Refusal `unauthenticated` */
  async verify(token: string): Promise<AccessClaims> {
    const known = this.verified.get(token);
    if (known && this.clock.millis() < known.expiresAt) return known.claims;
    this.verified.delete(token);
    try {
      const { payload } = await jwtVerify(token, this.key, {
        algorithms: [ALGORITHM],
        typ: TYPE,
        issuer: this.config.publicUrl,
        audience: AUDIENCE,
        currentDate: this.clock.now(),
        requiredClaims: ['sub', 'exp', 'ws', 'sid'],
      });
      if (typeof payload.ws !== 'string' || typeof payload.sid !== 'string' || !payload.sub)
        throw new TypeError('claims');
      const claims = { userId: payload.sub, workspaceId: payload.ws, sessionId: payload.sid };
      this.remember(token, claims, (payload.exp ?? 0) * 1000);
      return claims;
    } catch {
      // Whatever is wrong with a token, the caller learns only that it is not good.
      throw new Refusal('unauthenticated');
    }
  }

  private remember(token: string, claims: AccessClaims, expiresAt: number): void {
    const oldest = this.verified.size >= REMEMBERED ? this.verified.keys().next().value : undefined;
    if (oldest !== undefined) this.verified.delete(oldest);
    this.verified.set(token, { claims, expiresAt });
  }
}
