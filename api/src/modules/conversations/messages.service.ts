import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import {
  type Channel,
  type Conversation,
  type EventActor,
  type Message,
  MAX_SUBJECT,
  ref,
} from '@threadline/contracts';
import { v7 } from 'uuid';
import { Config } from '../../platform/config';
import { isDuplicate } from '../../platform/database';
import { cleanContent, hasMarkup, previewOf, textOfHtml } from '../../platform/html';
import { Refusal } from '../../platform/refusal';
import type { Tx } from '../../platform/work';
import { DraftsService } from '../drafts';
import { LeadsService } from '../leads';
import { Suppressions } from '../suppressions';
import { ConversationsService } from './conversations.service';
import { collisions, problemsOf, replySubject } from './message.rules';
import { MessagesQueries } from './messages.queries';

export interface OutboundMessage {
  /** Made by the client (UUIDv7), so that its pending message and the event with this id are the same. */
  id?: string;
  leadId: string;
  channel: Channel;
  subject: string | null;
  content: string;
  /** The newest message the sender had seen; null: none; undefined: not said, then nothing collides. */
  afterMessageId?: string | null;
  /** Seconds in which it can be taken back before it leaves. */
  undoSeconds: number;
}

export interface InboundMessage {
  leadId: string;
  channel: Channel;
  subject: string | null;
  /** Sanitised HTML or plain text. */
  content: string;
  receivedAt: Date;
  messageIdHeader: string;
  /** The message of ours that it answers. */
  answers: string | null;
  /** Sent by a machine: shown, but no reply (RFC 3834). */
  automatic: boolean;
}

/** Writing, taking back and receiving messages. What happens to them on their way is the ledger's. */
@Injectable()
export class MessagesService {
  private readonly host: string;

  constructor(
    config: Config,
    private readonly leads: LeadsService,
    private readonly drafts: DraftsService,
    private readonly conversations: ConversationsService,
    private readonly queries: MessagesQueries,
    private readonly suppressions: Suppressions,
  ) {
    this.host = config.mailFrom.split('@')[1] ?? 'localhost';
  }

  /**
   * Accepts a message for sending: message, ledger row, cleared draft and events in one transaction.
   * @throws Refusal `not_found`, `invalid_input`, `no_address`, `address_suppressed`, `duplicate`, `conversation_moved`
   * with the newer messages
   */
  async send(tx: Tx, wanted: OutboundMessage): Promise<{ message: Message; dueAt: Date }> {
    const lead = await this.leads.find(tx, wanted.leadId);
    this.check(wanted);
    if (!lead.email) throw new Refusal('no_address', { detail: `${lead.name} has no e-mail address.` });
    if ((await this.suppressions.among(tx, [lead.email])).size > 0) throw new Refusal('address_suppressed');
    const conversation = await this.conversations.open(tx, lead.id, wanted.channel, wanted.subject);
    await this.refuseCollision(tx, conversation.id, wanted);
    const dueAt = new Date(tx.now.getTime() + wanted.undoSeconds * 1000);
    const message = await this.insertOutbound(tx, conversation.id, wanted, dueAt);
    await tx.query(`INSERT INTO message_sends (workspace_id, id, state, due_at) VALUES ($1, $2, 'queued', $3)`, [
      tx.workspaceId,
      message.id,
      dueAt,
    ]);
    const shown = await this.show(tx, message, conversation.isNew);
    tx.append({ type: 'message.queued', ...aboutMessage(message), data: { message, conversation: shown } });
    await this.drafts.clearForSend(tx, lead.id, wanted.channel);
    return { message, dueAt };
  }

  /**
   * Takes back a message that has not left yet, and puts its text into the draft unless a new one has been begun.
   * @throws Refusal `not_found`, `undo_expired`
   */
  async undo(tx: Tx, id: string): Promise<Message> {
    const message = await this.queries.one(tx, id);
    const taken = await tx.query<{ id: string }>(
      `WITH taken AS (
         UPDATE message_sends SET state = 'cancelled' WHERE id = $1 AND state = 'queued' AND attempts = 0 AND due_at > $2
         RETURNING id
       ) SELECT id FROM taken`,
      [id, tx.now],
    );
    if (taken.length === 0) throw new Refusal('undo_expired');
    await tx.query(`UPDATE messages SET status = 'cancelled', undo_until = NULL WHERE id = $1`, [id]);
    const cancelled = await this.queries.one(tx, id);
    const conversation = await this.conversations.showNewest(tx, message.conversationId, previewOf);
    const latest = await this.leads.untouch(tx, message.leadId, () => this.queries.lastActivity(tx, message.leadId));
    const data = { message: cancelled, conversation, lastActivityAt: latest?.toISOString() ?? null };
    tx.append({ type: 'message.cancelled', ...aboutMessage(cancelled), data });
    await this.drafts.restore(tx, {
      leadId: message.leadId,
      channel: message.channel,
      subject: message.subject,
      content: message.content,
    });
    return cancelled;
  }

  /**
   * Takes in a message from a lead. The same Message-ID twice is one message.
   * @returns undefined when it was there already
   */
  async receive(tx: Tx, inbound: InboundMessage): Promise<Message | undefined> {
    const conversation = await this.conversations.open(tx, inbound.leadId, inbound.channel, inbound.subject);
    const [made] = await tx.query<{ id: string }>(
      `INSERT INTO messages (workspace_id, id, lead_id, conversation_id, channel, direction, status, subject, content,
                             message_id_header, created_at)
       VALUES ($1, $2, $3, $4, $5, 'inbound', 'received', $6, $7, $8, $9)
       ON CONFLICT ON CONSTRAINT messages_header DO NOTHING RETURNING id`,
      [
        tx.workspaceId,
        v7(),
        inbound.leadId,
        conversation.id,
        inbound.channel,
        inbound.subject?.slice(0, MAX_SUBJECT) ?? null,
        inbound.content,
        inbound.messageIdHeader,
        inbound.receivedAt,
      ],
    );
    if (!made) return undefined;
    const message = await this.queries.one(tx, made.id);
    const contact: EventActor = { type: 'contact', id: inbound.leadId };
    const shown = await this.show(tx, message, conversation.isNew, contact);
    tx.append({ type: 'message.received', ...aboutMessage(message), data: { message, conversation: shown } }, contact);
    if (inbound.answers && !inbound.automatic) await this.markReplied(tx, inbound.answers, message);
    return message;
  }

  private async markReplied(tx: Tx, answered: string, reply: Message): Promise<void> {
    const [first] = await tx.query<{ id: string }>(
      `WITH replied AS (
         UPDATE messages SET replied_at = $2 WHERE id = $1 AND direction = 'outbound' AND replied_at IS NULL RETURNING id
       ) SELECT id FROM replied`,
      [answered, reply.createdAt],
    );
    if (!first) return;
    const message = await this.queries.one(tx, answered);
    const contact: EventActor = { type: 'contact', id: message.leadId };
    tx.append({ type: 'message.replied', ...aboutMessage(message), data: { message, replyId: reply.id } }, contact);
  }

  private check(wanted: OutboundMessage): void {
    const readable = hasMarkup(wanted.content) ? textOfHtml(wanted.content) : wanted.content;
    const errors = problemsOf(wanted.channel, readable, wanted.subject);
    if (errors.length > 0) throw new Refusal('invalid_input', { errors });
  }

  /** The conversation is locked here, so that of two colleagues who send at once one sees the other's message. */
  private async refuseCollision(tx: Tx, conversationId: string, wanted: OutboundMessage): Promise<void> {
    const { afterMessageId } = wanted;
    if (afterMessageId === undefined) return;
    if (afterMessageId !== null && (await this.queries.one(tx, afterMessageId)).conversationId !== conversationId) {
      throw new Refusal('invalid_input', {
        errors: [{ path: 'afterMessageId', message: 'is not a message of this conversation' }],
      });
    }
    const newer = await this.queries.after(tx, conversationId, afterMessageId);
    if (collisions(newer, tx.actor.userId).length > 0) throw new Refusal('conversation_moved', { current: newer });
  }

  private async insertOutbound(tx: Tx, conversationId: string, wanted: OutboundMessage, dueAt: Date): Promise<Message> {
    const id = wanted.id ?? v7();
    const [conversation] = await tx.query<{ subject: string | null }>(
      'SELECT subject FROM conversations WHERE id = $1',
      [conversationId],
    );
    try {
      await tx.query(
        `INSERT INTO messages (workspace_id, id, lead_id, conversation_id, channel, direction, status, subject, content,
                               tracking_id, author_id, message_id_header, created_at, undo_until)
         VALUES ($1, $2, $3, $4, $5, 'outbound', 'queued', $6, $7, $8, $9, $10, $11, $12)`,
        [
          tx.workspaceId,
          id,
          wanted.leadId,
          conversationId,
          wanted.channel,
          wanted.subject ?? replySubject(conversation?.subject ?? null),
          cleanContent(wanted.content),
          randomBytes(18).toString('base64url'),
          tx.actor.userId,
          `<${id}@${this.host}>`,
          tx.now,
          wanted.undoSeconds > 0 ? dueAt : null,
        ],
      );
    } catch (error) {
      throw isDuplicate(error, 'messages_pkey') ? new Refusal('duplicate') : error;
    }
    return this.queries.one(tx, id);
  }

  private async show(tx: Tx, message: Message, isNew: boolean, as?: EventActor): Promise<Conversation> {
    const newest = {
      id: message.id,
      preview: previewOf(message.content),
      direction: message.direction,
      at: new Date(message.createdAt),
    };
    const conversation = await this.conversations.show(tx, message.conversationId, newest, as);
    if (isNew) {
      const subject = { type: 'conversation' as const, id: conversation.id };
      const about = [ref('conversation', conversation.id), ref('lead', conversation.leadId)];
      tx.append({ type: 'conversation.started', subject, about, data: { conversation } }, as);
    }
    await this.leads.touch(tx, message.leadId, new Date(message.createdAt));
    return conversation;
  }
}

/** Subject and refs of an event about a message. */
export function aboutMessage(message: Message) {
  return {
    subject: { type: 'message' as const, id: message.id },
    about: [ref('message', message.id), ref('conversation', message.conversationId), ref('lead', message.leadId)],
  };
}
