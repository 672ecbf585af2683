import { Injectable } from '@nestjs/common';
import {
  DEFAULT_POLICIES,
  ref,
  type SessionEnd,
  type SignInMethod,
  type WorkspacePolicies,
} from '@threadline/contracts';
import { v7 } from 'uuid';
import { systemActor } from '../../platform/access';
import { Refusal } from '../../platform/refusal';
import { type Tx, UnitOfWork } from '../../platform/work';
import { type AccountNotice, AccountMails } from '../account-mail';
import { ACCESS_SECONDS, AccessTokens } from './access-tokens';
import { deviceName } from './device-name';
import { type Browser, KnownDevices } from './known-devices';
import { RefreshTokens } from './refresh-tokens';
import { SessionDirectory } from './session-directory';

const DAY = 86_400_000;
/** How long the direct predecessor of a refresh token is still answered, for tabs that refresh at the same time. */
const GRACE_MS = 10_000;

export interface SessionTokens {
  accessToken: string;
  /** Seconds. */
  expiresIn: number;
  refreshToken: string;
}

/** How somebody signed in, and from where. */
export interface Beginning {
  method: SignInMethod;
  /** True when a second factor was shown too, or the method is one by itself. */
  secondFactor: boolean;
  /** The identity provider that vouched for the person, by its issuer; also in the sessions that go on from that one. */
  issuer?: string | null;
  userAgent: string | null;
  ip: string | null;
  /** The browser it came by; absent for what no browser began. */
  browser?: Browser;
  /** For a session that goes on from another one: it is as old as that, and proved as long ago. */
  continues?: { createdAt: Date; provedAt: Date | null };
}

interface Generation {
  session_id: string;
  generation: number;
  used_at: Date | null;
  newest: number;
}

interface Lifetime {
  created_at: Date;
  expires_at: Date;
  last_used_at: Date;
}

interface LiveRow extends Lifetime {
  user_id: string;
  user_agent: string | null;
  ended_at: Date | null;
  /** The password has changed since the person last showed it. */
  outdated: boolean;
}

/** Starting, renewing and ending sessions. */
@Injectable()
export class Sessions {
  constructor(
    private readonly work: UnitOfWork,
    private readonly accessTokens: AccessTokens,
    private readonly refreshTokens: RefreshTokens,
    private readonly directory: SessionDirectory,
    private readonly devices: KnownDevices,
    private readonly mails: AccountMails,
  ) {}

  /** Starts a session inside the unit of work that signed the person in. */
  async start(tx: Tx, userId: string, beginning: Beginning): Promise<SessionTokens> {
    const sessionId = v7();
    const refreshToken = this.refreshTokens.first(tx.workspaceId);
    const { sessionMaxDays } = await this.policies(tx);
    const { createdAt, provedAt } = beginning.continues ?? { createdAt: tx.now, provedAt: tx.now };
    await tx.query(
      `INSERT INTO sessions (workspace_id, id, user_id, created_at, last_used_at, proved_at, expires_at,
                             method, second_factor, user_agent, ip, issuer)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
      [
        tx.workspaceId,
        sessionId,
        userId,
        createdAt,
        tx.now,
        provedAt,
        new Date(createdAt.getTime() + sessionMaxDays * DAY),
        beginning.method,
        beginning.secondFactor,
        beginning.userAgent?.slice(0, 300),
        beginning.ip,
        beginning.issuer,
      ],
    );
    await this.keep(tx, refreshToken, sessionId, 1);
    await this.notice(tx, userId, beginning);
    this.started(tx, sessionId, userId);
    return this.tokens(tx.workspaceId, userId, sessionId, refreshToken);
  }

  /**
   * Puts a new session in the place of one whose person has just proved who they are (ASVS 7.2.4): same age, same way
   * of signing in, other id and other tokens.
   * @throws Refusal `session_ended`
   */
  async replace(tx: Tx, sessionId: string): Promise<SessionTokens> {
    const [old] = await tx.query<{ user_id: string }>(
      'SELECT user_id FROM sessions WHERE id = $1 AND ended_at IS NULL FOR UPDATE',
      [sessionId],
    );
    if (!old) throw new Refusal('session_ended');
    const newId = v7();
    const refreshToken = this.refreshTokens.first(tx.workspaceId);
    await tx.query(
      `INSERT INTO sessions (workspace_id, id, user_id, created_at, last_used_at, proved_at, expires_at,
                             method, second_factor, user_agent, ip, issuer)
       SELECT workspace_id, $2, user_id, created_at, $3, $3, expires_at, method, second_factor, user_agent, ip, issuer
         FROM sessions WHERE id = $1`,
      [sessionId, newId, tx.now],
    );
    await this.keep(tx, refreshToken, newId, 1);
    this.started(tx, newId, old.user_id);
    await this.end(tx, sessionId, 'switched');
    return this.tokens(tx.workspaceId, old.user_id, newId, refreshToken);
  }

  /** Remembers the browser; one that the person never used before is told of by mail (ASVS 6.3.7). */
  private async notice(tx: Tx, userId: string, { browser, method, userAgent, ip }: Beginning): Promise<void> {
    if (!browser) return;
    const { isNew } = await this.devices.remember(tx, userId, browser, method === 'sso');
    if (isNew) await this.tell(tx, userId, { kind: 'new_device', device: deviceName(userAgent), ip });
  }

  private async tell(tx: Tx, userId: string, notice: AccountNotice): Promise<void> {
    const [person] = await tx.query<{ email: string; name: string }>('SELECT email, name FROM users WHERE id = $1', [
      userId,
    ]);
    if (person) await this.mails.queue(tx, person, notice);
  }

  private started(tx: Tx, sessionId: string, userId: string): void {
    tx.append({
      type: 'session.started',
      subject: { type: 'session', id: sessionId },
      about: [ref('session', sessionId), ref('user', userId)],
      data: { sessionId, userId },
    });
  }

  /**
   * Exchanges a refresh token for its successor. A used one ends the whole session, unless it is the direct
   * predecessor and was used within the last ten seconds.
   * @throws Refusal `session_ended`
   */
  async refresh(token: string): Promise<SessionTokens> {
    const workspaceId = this.refreshTokens.workspaceOf(token);
    if (!workspaceId) throw new Refusal('session_ended');
    const renewed = await this.work.run(systemActor(workspaceId, 'auth'), (tx) => this.rotate(tx, token));
    if (!renewed) throw new Refusal('session_ended');
    return this.tokens(workspaceId, renewed.userId, renewed.sessionId, renewed.refreshToken);
  }

  /** Ends the session a refresh token belongs to; an unknown token is no error. */
  async logout(token: string): Promise<void> {
    const workspaceId = this.refreshTokens.workspaceOf(token);
    if (!workspaceId) return;
    await this.work.run(systemActor(workspaceId, 'auth'), async (tx) => {
      const generation = await this.find(tx, token);
      if (generation) await this.end(tx, generation.session_id, 'logout');
    });
  }

  /** Ends a session; its tokens, requests and sockets stop working at once. Ending twice is no error. */
  async end(tx: Tx, sessionId: string, reason: SessionEnd): Promise<void> {
    const [ended] = await tx.query<{ user_id: string }>(
      `WITH done AS (
         UPDATE sessions SET ended_at = $2, ended_reason = $3 WHERE id = $1 AND ended_at IS NULL RETURNING user_id
       ) SELECT user_id FROM done`,
      [sessionId, tx.now, reason],
    );
    if (!ended) return;
    tx.append({
      type: 'session.ended',
      subject: { type: 'session', id: sessionId },
      about: [ref('session', sessionId), ref('user', ended.user_id)],
      data: { sessionId, userId: ended.user_id, reason },
    });
    tx.afterCommit(() => this.directory.forget(sessionId));
  }

  /** Ends all sessions of a person in this workspace, but for one when it is named. Answers how many. */
  async endAll(tx: Tx, userId: string, reason: SessionEnd, except?: string): Promise<number> {
    const sessions = await tx.query<{ id: string }>(
      'SELECT id FROM sessions WHERE user_id = $1 AND ended_at IS NULL AND id IS DISTINCT FROM $2 ORDER BY id FOR UPDATE',
      [userId, except ?? null],
    );
    for (const { id } of sessions) await this.end(tx, id, reason);
    return sessions.length;
  }

  private async rotate(tx: Tx, token: string) {
    const found = await this.find(tx, token);
    if (!found) return undefined;
    const session = await this.liveSession(tx, found.session_id);
    if (!session) return undefined;
    const renewed = {
      userId: session.user_id,
      sessionId: found.session_id,
      refreshToken: this.refreshTokens.successorOf(token),
    };
    if (found.used_at === null) {
      await tx.query('UPDATE refresh_tokens SET used_at = $2 WHERE token_hash = $1', [
        this.refreshTokens.hash(token),
        tx.now,
      ]);
      await this.keep(tx, renewed.refreshToken, found.session_id, found.generation + 1);
      await tx.query('UPDATE sessions SET last_used_at = $2 WHERE id = $1', [found.session_id, tx.now]);
      return renewed;
    }
    const justNow = tx.now.getTime() - found.used_at.getTime() <= GRACE_MS;
    if (found.generation === found.newest - 1 && justNow) return renewed;
    await this.end(tx, found.session_id, 'reused');
    await this.tell(tx, session.user_id, { kind: 'session_reused', device: deviceName(session.user_agent) });
    return undefined;
  }

  /** Locks the session's row, so that two refreshes take turns. */
  private async liveSession(tx: Tx, sessionId: string): Promise<LiveRow | undefined> {
    const [session] = await tx.query<LiveRow>(
      `SELECT user_id, user_agent, created_at, expires_at, last_used_at, ended_at,
              coalesce(proved_at, created_at) < (SELECT password_changed_at FROM users WHERE id = user_id) AS outdated
         FROM sessions WHERE id = $1 FOR UPDATE`,
      [sessionId],
    );
    if (!session || session.ended_at) return undefined;
    if (session.outdated) {
      await this.end(tx, sessionId, 'password_changed');
      return undefined;
    }
    if (isOver(session, await this.policies(tx), tx.now)) {
      await this.end(tx, sessionId, 'expired');
      return undefined;
    }
    return session;
  }

  private async policies(tx: Tx): Promise<WorkspacePolicies> {
    const [row] = await tx.query<{ policies: Partial<WorkspacePolicies> }>('SELECT policies FROM workspaces');
    return { ...DEFAULT_POLICIES, ...row?.policies };
  }

  private async find(tx: Tx, token: string): Promise<Generation | undefined> {
    const hash = this.refreshTokens.hash(token);
    const [row] = await tx.query<{ session_id: string }>(
      'SELECT session_id FROM refresh_tokens WHERE token_hash = $1',
      [hash],
    );
    if (!row) return undefined;
    // Read again behind the session's lock: another tab may just have used the token.
    await tx.query('SELECT 1 FROM sessions WHERE id = $1 FOR UPDATE', [row.session_id]);
    const [generation] = await tx.query<Generation>(
      `SELECT t.session_id, t.generation, t.used_at,
              (SELECT max(n.generation) FROM refresh_tokens n WHERE n.session_id = t.session_id) AS newest
         FROM refresh_tokens t WHERE t.token_hash = $1`,
      [hash],
    );
    return generation;
  }

  private async keep(tx: Tx, token: string, sessionId: string, generation: number): Promise<void> {
    await tx.query(
      `INSERT INTO refresh_tokens (workspace_id, token_hash, session_id, generation, created_at) VALUES ($1, $2, $3, $4, $5)`,
      [tx.workspaceId, this.refreshTokens.hash(token), sessionId, generation, tx.now],
    );
  }

  private async tokens(
    workspaceId: string,
    userId: string,
    sessionId: string,
    refreshToken: string,
  ): Promise<SessionTokens> {
    const accessToken = await this.accessTokens.sign({ userId, workspaceId, sessionId });
    return { accessToken, expiresIn: ACCESS_SECONDS, refreshToken };
  }
}

/** A policy that was tightened since holds for sessions that began before it, too. */
function isOver(session: Lifetime, { sessionIdleDays, sessionMaxDays }: WorkspacePolicies, now: Date): boolean {
  const end = Math.min(
    session.expires_at.getTime(),
    session.last_used_at.getTime() + sessionIdleDays * DAY,
    session.created_at.getTime() + sessionMaxDays * DAY,
  );
  return now.getTime() > end;
}
