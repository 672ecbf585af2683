import { Injectable } from '@nestjs/common';
import { SystemDatabase } from '../../platform/database';
import type { Tx } from '../../platform/work';

/** Who may read a mail in the built-in mailbox, besides the account that has proved its address. */
export interface Readers {
  /** Nobody else: not those who look after the workspace either. */
  addresseeOnly?: boolean;
  /** Somebody who may in any case. */
  userId?: string | null;
}

/** A mail in hand. */
export interface ClaimedMail {
  id: string;
  to: { address: string; name: string };
  /** Sealed. */
  body: string;
  messageIdHeader: string;
  /** 1 for the first try. */
  attempt: number;
}

/** What was written before a restore may have left after the backup was made. */
const GOES_OUT = `NOT EXISTS (SELECT 1 FROM outgoing_pauses p
   WHERE p.workspace_id = account_mails.workspace_id AND account_mails.created_at <= p.since)`;

/** How a try ended; `again` when there is another. */
export type MailOutcome =
  { state: 'handed' | 'failed' | 'unknown'; outcome: string } | { state: 'queued'; outcome: string; again: Date };

/**
 * The ledger of the product's own mails: queued → claimed (lease) → handed | failed | unknown. A claim whose lease has
 * run out is due again: such a mail may leave twice, and is never lost.
 */
@Injectable()
export class AccountMailLedger {
  constructor(private readonly database: SystemDatabase) {}

  async workspacesDue(now: Date): Promise<string[]> {
    const rows = await this.database.query<{ workspace_id: string }>(
      `SELECT DISTINCT workspace_id FROM account_mails WHERE state IN ('queued', 'claimed') AND next_at <= $1
          AND ${GOES_OUT}`,
      [now],
    );
    return rows.map((row) => row.workspace_id);
  }

  /** Takes one due mail in hand; what another process has in hand is passed over. */
  async claim(tx: Tx, token: string, until: Date): Promise<ClaimedMail | undefined> {
    const [row] = await tx.query<{
      id: string;
      to_address: string;
      to_name: string;
      body: string;
      message_id_header: string;
      attempts: number;
    }>(
      `WITH due AS (
         SELECT id FROM account_mails WHERE state IN ('queued', 'claimed') AND next_at <= $1 AND ${GOES_OUT}
          ORDER BY next_at, id LIMIT 1 FOR UPDATE SKIP LOCKED
       ), claimed AS (
         UPDATE account_mails m SET state = 'claimed', claim_token = $2, next_at = $3, attempts = attempts + 1
           FROM due WHERE m.id = due.id
         RETURNING m.id, to_address, to_name, body, message_id_header, attempts
       ) SELECT * FROM claimed`,
      [tx.now, token, until],
    );
    return (
      row && {
        id: row.id,
        to: { address: row.to_address, name: row.to_name },
        body: row.body,
        messageIdHeader: row.message_id_header,
        attempt: row.attempts,
      }
    );
  }

  /** Gives up what was written before a restore: it may have left. */
  async doubt(tx: Tx, until: Date): Promise<void> {
    await tx.query(
      `UPDATE account_mails SET state = 'unknown', outcome = $2, claim_token = NULL, body = NULL, ended_at = $3
        WHERE state IN ('queued', 'claimed') AND created_at <= $1`,
      [until, 'it may have left before a backup was restored', tx.now],
    );
  }

  /** Writes down how a try ended, unless somebody else has it in hand by now. */
  async settle(tx: Tx, id: string, token: string, result: MailOutcome): Promise<void> {
    const over = result.state !== 'queued';
    await tx.query(
      `UPDATE account_mails
          SET state = $3, outcome = $4, next_at = coalesce($5, next_at), claim_token = NULL,
              ended_at = CASE WHEN $6 THEN $7::timestamptz END, body = CASE WHEN $6 THEN NULL ELSE body END
        WHERE id = $1 AND claim_token = $2`,
      [id, token, result.state, result.outcome, result.state === 'queued' ? result.again : null, over, tx.now],
    );
  }

  /** The workspace whose mail a Message-ID names, and for whom there it is. */
  async whose(messageIdHeader: string): Promise<({ workspaceId: string } & Required<Readers>) | undefined> {
    const [row] = await this.database.query<{ workspace_id: string; addressee_only: boolean; user_id: string | null }>(
      'SELECT workspace_id, addressee_only, user_id FROM account_mails WHERE message_id_header = $1',
      [messageIdHeader],
    );
    return row && { workspaceId: row.workspace_id, addresseeOnly: row.addressee_only, userId: row.user_id };
  }
}
