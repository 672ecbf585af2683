import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock';
import { Config } from '../../platform/config';
import { SystemDatabase } from '../../platform/database';
import { Refusal } from '../../platform/refusal';
import type { Tx } from '../../platform/work';

export type LinkPurpose = 'password_reset' | 'email_change' | 'address_confirm';

const HOUR = 3_600_000;

/** How long a link works. Milliseconds. */
export const LINK_LASTS_MS: Record<LinkPurpose, number> = {
  password_reset: HOUR / 2,
  email_change: HOUR / 2,
  address_confirm: 24 * HOUR,
};

/** What the secret of a link stands for. */
export interface AccountLink {
  workspaceId: string;
  userId: string;
  /** The address it was mailed to. */
  email: string;
  /** Of a change of address: the password's hash with the salt of the new one. */
  passwordHash: string | null;
  /** Whether following it shows that one has the address. */
  provesAddress: boolean;
  /** Whether those who look after the workspace could read it in the built-in mailbox. */
  shown: boolean;
}

/** What a link is to be of. */
interface LinkTo {
  userId: string;
  email: string;
  passwordHash?: string | null;
  /** Whether following it shows that one has the address: by default, when it is mailed by a mail server. */
  provesAddress?: boolean;
  /** Whether those who look after the workspace can read it. */
  shown?: boolean;
}

/**
 * SQL for whether the link of hash $1 works at the time $2. One to a new password does until the password or the address
 * has changed, and if it proves the address, until another account has; one to a new address until the password has
 * changed; one that confirms an address until it is another, or confirmed.
 */
const WORKS = `l.token_hash = $1 AND l.used_at IS NULL AND l.expires_at > $2
          AND (l.purpose = 'address_confirm' OR l.created_at > coalesce(u.password_changed_at, '-infinity'))
          AND (l.purpose = 'email_change' OR lower(l.email) = lower(u.email))
          AND (l.purpose <> 'address_confirm' OR u.address_proved_at IS NULL)
          AND (l.purpose <> 'password_reset' OR NOT l.proves_address OR u.address_proved_at IS NOT NULL OR NOT EXISTS (
                 SELECT 1 FROM users o WHERE lower(o.email) = lower(u.email) AND o.address_proved_at IS NOT NULL))`;

/** 256 random bits, as they stand in a link. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What is kept of a token: of so many random bits a plain hash is enough. */
export function hashOfToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** The links in mails that open something of an account: each works once, and not for long. */
@Injectable()
export class AccountLinks {
  constructor(
    private readonly database: SystemDatabase,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** A new link's token, which is in nobody's hands yet. */
  async make(tx: Tx, purpose: LinkPurpose, to: LinkTo) {
    const token = newToken();
    const expiresAt = new Date(tx.now.getTime() + LINK_LASTS_MS[purpose]);
    await tx.query(
      `INSERT INTO account_links (workspace_id, token_hash, purpose, user_id, email, password_hash, created_at, expires_at,
                                  proves_address, shown)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        tx.workspaceId,
        hashOfToken(token),
        purpose,
        to.userId,
        to.email,
        to.passwordHash,
        tx.now,
        expiresAt,
        to.provesAddress ?? this.config.mailProves,
        to.shown ?? false,
      ],
    );
    return { token, expiresAt };
  }

  /** Until the end of the unit of work nobody else counts, or makes, links to this address. */
  async oneAtATime(tx: Tx, email: string): Promise<void> {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('account_links ' || lower($1), 0))`, [email]);
  }

  /** How many were made within the last hour, for an account or to an address. */
  async madeLately(purpose: LinkPurpose, to: { userId: string } | { email: string }): Promise<number> {
    const [condition, whose] = 'userId' in to ? ['user_id = $2', to.userId] : ['lower(email) = lower($2)', to.email];
    const [row] = await this.database.query<{ made: string }>(
      `SELECT count(*) AS made FROM account_links WHERE purpose = $1 AND ${condition} AND created_at > $3`,
      [purpose, whose, new Date(this.clock.millis() - HOUR)],
    );
    return Number(row?.made ?? 0);
  }

  /** What a token stands for. @throws Refusal `invalid_token`, whatever is wrong with it */
  async find(purpose: LinkPurpose, token: string): Promise<AccountLink> {
    const [row] = await this.database.query<{
      workspace_id: string;
      user_id: string;
      email: string;
      password_hash: string | null;
      proves_address: boolean;
      shown: boolean;
    }>(
      `SELECT l.workspace_id, l.user_id, l.email, l.password_hash, l.proves_address, l.shown
         FROM account_links l JOIN users u ON u.id = l.user_id
        WHERE ${WORKS} AND l.purpose = $3`,
      [hashOfToken(token), this.clock.now(), purpose],
    );
    if (!row) throw new Refusal('invalid_token');
    const { workspace_id: workspaceId, user_id: userId, email, password_hash: passwordHash, shown } = row;
    return { workspaceId, userId, email, passwordHash, provesAddress: row.proves_address, shown };
  }

  /**
   * Uses a link up, in a unit of work of its workspace. Until the end of that the account's address and password stay
   * those that the link was made for: whoever runs a directory could else change the address while the link is followed.
   * @throws Refusal `invalid_token` when it works no more
   */
  async spend(tx: Tx, token: string): Promise<void> {
    const spent = await tx.query(
      `WITH working AS (
         SELECT l.token_hash FROM account_links l JOIN users u ON u.id = l.user_id WHERE ${WORKS} FOR UPDATE OF u
       ), spent AS (
         UPDATE account_links l SET used_at = $2 FROM working w
          WHERE l.token_hash = w.token_hash AND l.used_at IS NULL RETURNING 1
       ) SELECT 1 FROM spent`,
      [hashOfToken(token), tx.now],
    );
    if (spent.length === 0) throw new Refusal('invalid_token');
  }
}
