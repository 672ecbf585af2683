import { randomBytes, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { ownPath } from '@threadline/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { v7 } from 'uuid';
import { systemActor } from '../../../platform/access';
import { Clock } from '../../../platform/clock';
import { Config } from '../../../platform/config';
import { SecretBox } from '../../../platform/secrets';
import { UnitOfWork } from '../../../platform/work';
import type { Checks } from '../oidc.client';

const LASTS_SECONDS = 10 * 60;
const SEALED_ABOUT = 'sso_visit';

/** A visit to a provider, from the click to the return. */
export interface Visit extends Checks {
  id: string;
  workspaceId: string;
  providerId: string;
  /** A path of this origin. */
  returnTo: string;
  /** Who links an identity to their account, and by which session; null: somebody signs in. */
  link: { userId: string; sessionId: string } | null;
  /** Milliseconds. */
  expiresAt: number;
}

/**
 * Binds a visit to the browser it was begun in: all of it lies sealed in a cookie that scripts cannot read, for ten
 * minutes; a row makes sure that it ends once.
 */
@Injectable()
export class Visits {
  private readonly cookie: string;

  constructor(
    private readonly config: Config,
    private readonly secrets: SecretBox,
    private readonly clock: Clock,
    private readonly work: UnitOfWork,
  ) {
    this.cookie = config.secure ? '__Host-threadline-sso' : 'threadline-sso';
  }

  /** A visit that has not begun: nothing of it is kept yet. */
  plan(about: Pick<Visit, 'workspaceId' | 'providerId' | 'link'> & { returnTo: string | undefined }): Visit {
    const random = () => randomBytes(32).toString('base64url');
    return {
      ...about,
      id: v7(),
      returnTo: ownPath(about.returnTo, this.config.publicUrl),
      state: random(),
      nonce: random(),
      verifier: random(),
      expiresAt: this.clock.millis() + LASTS_SECONDS * 1000,
    };
  }

  /** Begins it: the browser gets the cookie. One that is under way in the same browser is over. */
  async begin(reply: FastifyReply, visit: Visit): Promise<void> {
    await this.work.run(systemActor(visit.workspaceId, 'sso'), async (tx) => {
      await tx.query('DELETE FROM sso_visits WHERE expires_at < $1', [tx.now]);
      await tx.query('INSERT INTO sso_visits (workspace_id, id, expires_at) VALUES ($1, $2, $3)', [
        tx.workspaceId,
        visit.id,
        new Date(visit.expiresAt),
      ]);
    });
    void reply.setCookie(this.cookie, this.secrets.seal(JSON.stringify(visit), SEALED_ABOUT), {
      ...this.attributes,
      maxAge: LASTS_SECONDS,
    });
  }

  /**
   * The visit this browser returns from; null when it began none with this state, or has returned before. A state that
   * is not its own ends nothing: another site can send a browser here too.
   */
  async end(request: FastifyRequest, reply: FastifyReply, state: string | null): Promise<Visit | null> {
    const visit = this.read(request);
    if (!visit || !state || !same(visit.state, state)) return null;
    void reply.clearCookie(this.cookie, this.attributes);
    const rows = await this.work.run(systemActor(visit.workspaceId, 'sso'), (tx) =>
      tx.query('WITH gone AS (DELETE FROM sso_visits WHERE id = $1 RETURNING id) SELECT id FROM gone', [visit.id]),
    );
    return rows.length > 0 && this.clock.millis() < visit.expiresAt ? visit : null;
  }

  private read(request: FastifyRequest): Visit | null {
    const sealed = request.cookies[this.cookie];
    if (!sealed) return null;
    try {
      return JSON.parse(this.secrets.open(sealed, SEALED_ABOUT)) as Visit;
    } catch {
      // Altered, or sealed with a key that is gone: as good as none.
      return null;
    }
  }

  private get attributes() {
    return { path: '/', httpOnly: true, sameSite: 'lax' as const, secure: this.config.secure };
  }
}

function same(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
