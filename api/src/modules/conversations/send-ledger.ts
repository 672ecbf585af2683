import { Injectable } from '@nestjs/common';
import type { Channel, EventType, Message, MessageStatus, SuppressionReason } from '@threadline/contracts';
import { Config } from '../../platform/config';
import { mayGoOut, SystemDatabase } from '../../platform/database';
import { Refusal } from '../../platform/refusal';
import type { Tx } from '../../platform/work';
import { Suppressions } from '../suppressions';
import { ConversationsQueries } from './conversations.queries';
import { mayBecome } from './message.rules';
import { aboutMessage } from './messages.service';
import { MessagesQueries } from './messages.queries';

/** A message in hand to be sent, with all that is needed for it. */
export interface ClaimedSend {
  /** The message's id too. */
  id: string;
  leadId: string;
  conversationId: string;
  channel: Channel;
  trackingId: string;
  from: { name: string; address: string };
  to: { name: string; address: string };
  subject: string | null;
  /** Sanitised HTML, or plain text. */
  content: string;
  messageIdHeader: string;
  inReplyTo: string | null;
  references: string[];
  /** 1 for the first try. */
  attempt: number;
}

interface ClaimRow {
  id: string;
  lead_id: string;
  conversation_id: string;
  channel: Channel;
  tracking_id: string;
  author_name: string | null;
  lead_name: string;
  lead_email: string | null;
  subject: string | null;
  content: string;
  message_id_header: string;
  attempts: number;
  earlier: string[] | null;
}

type Outcome = Extract<
  EventType,
  'message.sent' | 'message.delivered' | 'message.failed' | 'message.unknown' | 'message.bounced'
>;

const SUPPRESSED: Record<SuppressionReason, string> = {
  erased: 'Nothing may be sent to this address any more: its owner asked to be forgotten.',
  bounced: 'Nothing is sent to this address: an earlier message came back for good.',
  complained: 'Nothing is sent to this address: an earlier message was reported as spam.',
};

/**
 * The send ledger: queued → claimed (token, lease) → handed | failed | unknown | cancelled, one row a message.
 * A claim is committed before the mail server hears of the message, so a cut hand-over is known to have been begun,
 * and is never begun again by itself.
 */
@Injectable()
export class SendLedger {
  constructor(
    private readonly queries: MessagesQueries,
    private readonly conversations: ConversationsQueries,
    private readonly database: SystemDatabase,
    private readonly config: Config,
    private readonly suppressions: Suppressions,
  ) {}

  /** Workspaces with messages that are due, or whose claims have run out. */
  async workspacesDue(now: Date): Promise<string[]> {
    const rows = await this.database.query<{ workspace_id: string }>(
      `SELECT DISTINCT workspace_id FROM message_sends
        WHERE (state = 'queued' AND due_at <= $1 AND ${mayGoOut('message_sends')}) OR (state = 'claimed' AND lease_until <= $1)`,
      [now],
    );
    return rows.map((row) => row.workspace_id);
  }

  /** What waits to become due before then, in any workspace. */
  async dueBefore(until: Date): Promise<{ workspaceId: string; dueAt: Date }[]> {
    const rows = await this.database.query<{ workspace_id: string; due_at: Date }>(
      `SELECT DISTINCT workspace_id, due_at FROM message_sends WHERE state = 'queued' AND due_at <= $1`,
      [until],
    );
    return rows.map((row) => ({ workspaceId: row.workspace_id, dueAt: row.due_at }));
  }

  /** Workspaces with messages in somebody's hand. */
  async workspacesClaimed(): Promise<string[]> {
    const rows = await this.database.query<{ workspace_id: string }>(
      `SELECT DISTINCT workspace_id FROM message_sends WHERE state = 'claimed'`,
    );
    return rows.map((row) => row.workspace_id);
  }

  /** Takes due messages in hand; what another process has in hand is passed over, and what may not be sent fails. */
  async claimDue(
    tx: Tx,
    { limit, leaseMs, token }: { limit: number; leaseMs: number; token: string },
  ): Promise<ClaimedSend[]> {
    const claimed = await tx.query<{ id: string }>(
      `WITH due AS (
         SELECT workspace_id, id FROM message_sends WHERE state = 'queued' AND due_at <= $1
            AND ${mayGoOut('message_sends')}
          ORDER BY due_at, id LIMIT $2 FOR UPDATE SKIP LOCKED
       ), claimed AS (
         UPDATE message_sends s SET state = 'claimed', claim_token = $3, lease_until = $4, attempts = attempts + 1
           FROM due WHERE s.workspace_id = due.workspace_id AND s.id = due.id RETURNING s.id
       ) SELECT id FROM claimed`,
      [tx.now, limit, token, new Date(tx.now.getTime() + leaseMs)],
    );
    const ids = claimed.map(({ id }) => id);
    if (ids.length === 0) return [];
    await tx.query(`UPDATE messages SET status = 'sending', undo_until = NULL WHERE id = ANY ($1)`, [ids]);
    return this.withoutSuppressed(tx, await this.inHand(tx, ids), token);
  }

  /** The mail server took it. With `deliveredAt`, the recipient's own server did. */
  async handed(
    tx: Tx,
    id: string,
    token: string,
    result: { at: Date; reply: string; deliveredAt?: Date },
  ): Promise<void> {
    await this.settle(tx, id, token, 'handed', result.reply, result.at);
    await tx.query('UPDATE messages SET sent_at = $2, failure = NULL WHERE id = $1', [id, result.at]);
    await this.become(tx, id, 'sent', 'message.sent');
    if (!result.deliveredAt) return;
    await tx.query('UPDATE messages SET delivered_at = $2 WHERE id = $1', [id, result.deliveredAt]);
    await this.become(tx, id, 'delivered', 'message.delivered');
  }

  /** The mail server refused it for good. */
  async failed(tx: Tx, id: string, token: string, reason: string): Promise<void> {
    await this.settle(tx, id, token, 'failed', reason, null);
    await this.become(tx, id, 'failed', 'message.failed', reason);
  }

  /** The connection was cut after the text began and before the answer: it may have left, it may not. */
  async unknown(tx: Tx, id: string, token: string, reason: string): Promise<void> {
    await this.settle(tx, id, token, 'unknown', reason, null);
    await this.become(tx, id, 'unknown', 'message.unknown', reason);
  }

  /** It certainly did not leave: back into the queue, to go out later under the same Message-ID, and says so. */
  async retryLater(tx: Tx, id: string, token: string, { at, reason }: { at: Date; reason: string }): Promise<void> {
    await this.settle(tx, id, token, 'queued', reason, null);
    await tx.query('UPDATE message_sends SET due_at = $2 WHERE id = $1', [id, at]);
    await tx.query(`UPDATE messages SET status = 'queued', failure = $2 WHERE id = $1`, [id, reason]);
    await this.queuedAgain(tx, id);
  }

  /**
   * Claims whose holder has died become unknown. Answers how many.
   * @param until leases that run out by then count as run out; later than now where no holder can be alive.
   */
  async expireLeases(tx: Tx, until = tx.now): Promise<number> {
    const rows = await tx.query<{ id: string }>(
      `WITH expired AS (
         UPDATE message_sends SET state = 'unknown', reply = 'the process that was sending it ended'
          WHERE state = 'claimed' AND lease_until <= $1 RETURNING id
       ) SELECT id FROM expired`,
      [until],
    );
    const reason = 'Threadline was interrupted while handing this message to the mail server; it may have left.';
    for (const { id } of rows) await this.become(tx, id, 'unknown', 'message.unknown', reason);
    return rows.length;
  }

  /**
   * A person decides to send a message again that failed, or of which it is not known whether it left.
   * @throws Refusal `not_found`, `wrong_state`
   */
  async sendAgain(tx: Tx, id: string): Promise<Message> {
    const { status } = await this.queries.one(tx, id);
    if (status !== 'failed' && status !== 'unknown') throw new Refusal('wrong_state');
    await tx.query(
      `UPDATE message_sends SET state = 'queued', due_at = $2, attempts = 0, claim_token = NULL WHERE id = $1`,
      [id, tx.now],
    );
    await tx.query(`UPDATE messages SET status = 'queued', failure = NULL WHERE id = $1`, [id]);
    return this.queuedAgain(tx, id);
  }

  /**
   * A person has it before them: if it was not known whether it left, it is known now. It counts as sent when its
   * hand-over was begun, which is when it was due. Answers whether that was news.
   * @param from `sending` too, for a provider's word that overtakes the answer of the mail server.
   */
  async seen(tx: Tx, id: string, at: Date, from: readonly MessageStatus[] = ['unknown']): Promise<boolean> {
    const { status, sentAt } = await this.queries.one(tx, id);
    if (!from.includes(status)) return false;
    const [handed] = await tx.query<{ handed_at: Date }>(
      `WITH handed AS (
         UPDATE message_sends SET state = 'handed', handed_at = least(due_at, $2), claim_token = NULL WHERE id = $1
         RETURNING handed_at
       ) SELECT handed_at FROM handed`,
      [id, at],
    );
    await tx.query('UPDATE messages SET sent_at = coalesce(sent_at, $2), failure = NULL WHERE id = $1', [
      id,
      handed?.handed_at ?? at,
    ]);
    if (sentAt === null) await this.become(tx, id, 'sent', 'message.sent');
    return true;
  }

  /** It was answered: so it was delivered, if nothing was known of it until now. */
  async answered(tx: Tx, id: string, at: Date): Promise<void> {
    if (!(await this.seen(tx, id, at))) return;
    await tx.query('UPDATE messages SET delivered_at = $2 WHERE id = $1', [id, at]);
    await this.become(tx, id, 'delivered', 'message.delivered');
  }

  /** Somebody who knows says that it arrived. Also settles its hand-over; never takes anything back. */
  async delivered(tx: Tx, id: string, at: Date): Promise<void> {
    await this.seen(tx, id, at, ['unknown', 'sending']);
    const { status } = await this.queries.one(tx, id);
    if (!mayBecome(status, 'delivered')) return;
    await tx.query('UPDATE messages SET delivered_at = $2 WHERE id = $1', [id, at]);
    await this.become(tx, id, 'delivered', 'message.delivered');
  }

  /** It came back. Also settles an unknown hand-over: what bounced had left. */
  async bounced(tx: Tx, id: string, reason: string): Promise<void> {
    const { status } = await this.queries.one(tx, id);
    if (mayBecome(status, 'bounced')) await this.become(tx, id, 'bounced', 'message.bounced', reason);
  }

  /** Addresses may have been suppressed after this was written. */
  private async withoutSuppressed(tx: Tx, claims: ClaimedSend[], token: string): Promise<ClaimedSend[]> {
    const suppressed = await this.suppressions.among(
      tx,
      claims.map(({ to }) => to.address),
    );
    for (const { id, to } of claims) {
      const suppression = suppressed.get(to.address);
      if (suppression) await this.failed(tx, id, token, SUPPRESSED[suppression.reason]);
    }
    return claims.filter(({ to }) => !suppressed.has(to.address));
  }

  private async settle(
    tx: Tx,
    id: string,
    token: string,
    state: string,
    reply: string,
    handedAt: Date | null,
  ): Promise<void> {
    const [mine] = await tx.query<{ id: string }>(
      `WITH mine AS (
         UPDATE message_sends SET state = $3, reply = $4, handed_at = $5, claim_token = NULL, lease_until = NULL
          WHERE id = $1 AND claim_token = $2 AND state IN ('claimed', 'unknown') RETURNING id
       ) SELECT id FROM mine`,
      [id, token, state, reply.slice(0, 1_000), handedAt],
    );
    // Fencing: whoever lost the claim has no say any more.
    if (!mine) throw new Refusal('wrong_state', { detail: 'This claim has been taken over.' });
  }

  private async become(tx: Tx, id: string, status: MessageStatus, type: Outcome, failure?: string): Promise<void> {
    await tx.query(
      'UPDATE messages SET status = $2, failure = coalesce($3, failure), undo_until = NULL WHERE id = $1',
      [id, status, failure ?? null],
    );
    const message = await this.queries.one(tx, id);
    tx.append({ type, ...aboutMessage(message), data: { message } });
  }

  private async queuedAgain(tx: Tx, id: string): Promise<Message> {
    const message = await this.queries.one(tx, id);
    const conversation = await this.conversations.made(tx, message.conversationId);
    tx.append({ type: 'message.queued', ...aboutMessage(message), data: { message, conversation } });
    return message;
  }

  private async inHand(tx: Tx, ids: string[]): Promise<ClaimedSend[]> {
    const rows = await tx.query<ClaimRow>(
      `SELECT m.id, m.lead_id, m.conversation_id, m.channel, m.tracking_id, u.name AS author_name, l.name AS lead_name,
              l.email AS lead_email, m.subject, m.content, m.message_id_header, s.attempts,
              (SELECT array_agg(e.message_id_header ORDER BY e.created_at, e.id)
                 FROM (SELECT message_id_header, created_at, id FROM messages
                        WHERE conversation_id = m.conversation_id AND created_at < m.created_at
                          AND status NOT IN ('cancelled', 'failed')
                        ORDER BY created_at DESC, id DESC LIMIT 10) e) AS earlier
         FROM messages m
         JOIN message_sends s ON s.workspace_id = m.workspace_id AND s.id = m.id
         JOIN leads l ON l.workspace_id = m.workspace_id AND l.id = m.lead_id
         LEFT JOIN workspace_people u ON u.workspace_id = m.workspace_id AND u.user_id = m.author_id
        WHERE m.id = ANY ($1) ORDER BY m.created_at, m.id`,
      [ids],
    );
    return rows.map((row) => ({
      id: row.id,
      leadId: row.lead_id,
      conversationId: row.conversation_id,
      channel: row.channel,
      trackingId: row.tracking_id,
      from: { name: row.author_name ?? 'Threadline', address: this.config.mailFrom },
      to: { name: row.lead_name, address: row.lead_email ?? '' },
      subject: row.subject,
      content: row.content,
      messageIdHeader: row.message_id_header,
      inReplyTo: row.earlier?.at(-1) ?? null,
      references: row.earlier ?? [],
      attempt: row.attempts,
    }));
  }
}
