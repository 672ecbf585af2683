import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock';
import { SystemDatabase } from '../../platform/database';
import { Refusal } from '../../platform/refusal';
import type { Tx } from '../../platform/work';

export type LinkPurpose = 'password_reset' | 'email_change';

/** How long a link of either kind works. Milliseconds. */
export const LINK_LASTS_MS = 30 * 60_000;

/** What the secret of a link stands for. */
export interface AccountLink {
  workspaceId: string;
  userId: string;
  /** The address it was mailed to. */
  email: string;
}

/** 256 random bits, as they stand in a link. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What is kept of a token: of so many random bits a plain hash is enough. */
export function hashOfToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** The links in mails that open something of an account: each works once, for half an hour. */
@Injectable()
export class AccountLinks {
  constructor(
    private readonly database: SystemDatabase,
    private readonly clock: Clock,
  ) {}

  /** A new link's token, which is in nobody's hands yet. */
  async make(tx: Tx, purpose: LinkPurpose, to: { userId: string; email: string }) {
    const token = newToken();
    const expiresAt = new Date(tx.now.getTime() + LINK_LASTS_MS);
    await tx.query(
      `INSERT INTO account_links (workspace_id, token_hash, purpose, user_id, email, created_at, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [tx.workspaceId, hashOfToken(token), purpose, to.userId, to.email, tx.now, expiresAt],
    );
    return { token, expiresAt };
  }

  /** How many were made for an account since then. */
  async madeSince(purpose: LinkPurpose, userId: string, since: Date): Promise<number> {
    const [row] = await this.database.query<{ made: string }>(
      'SELECT count(*) AS made FROM account_links WHERE user_id = $1 AND purpose = $2 AND created_at > $3',
      [userId, purpose, since],
    );
    return Number(row?.made ?? 0);
  }

  /**
   * What a token stands for. A link to a new password ends when the password or the address has changed since.
   * @throws Refusal `invalid_token`, whatever is wrong with it
   */
  async find(purpose: LinkPurpose, token: string): Promise<AccountLink> {
    const [row] = await this.database.query<{ workspace_id: string; user_id: string; email: string }>(
      `SELECT l.workspace_id, l.user_id, l.email
         FROM account_links l JOIN users u ON u.id = l.user_id
        WHERE l.token_hash = $1 AND l.purpose = $2 AND l.used_at IS NULL AND l.expires_at > $3
          AND (l.purpose <> 'password_reset' OR lower(l.email) = lower(u.email)
               AND l.created_at > coalesce(u.password_changed_at, '-infinity'))`,
      [hashOfToken(token), purpose, this.clock.now()],
    );
    if (!row) throw new Refusal('invalid_token');
    return { workspaceId: row.workspace_id, userId: row.user_id, email: row.email };
  }

  /** Uses a link up, in a unit of work of its workspace. @throws Refusal `invalid_token` when somebody was faster */
  async spend(tx: Tx, token: string): Promise<void> {
    const spent = await tx.query(
      `WITH spent AS (
         UPDATE account_links SET used_at = $2 WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $2
         RETURNING token_hash
       ) SELECT 1 FROM spent`,
      [hashOfToken(token), tx.now],
    );
    if (spent.length === 0) throw new Refusal('invalid_token');
  }
}
