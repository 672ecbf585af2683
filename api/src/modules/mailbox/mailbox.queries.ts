import { Injectable } from '@nestjs/common';
import { type MailboxMail, type Page, PERMISSIONS } from '@threadline/contracts';
import { Cursors } from '../../platform/http';
import { readHead } from '../../platform/log';
import { Refusal } from '../../platform/refusal';
import type { ReadTx } from '../../platform/work';
import { visibleTo } from '../reach';

interface Row {
  id: string;
  message_id: string | null;
  author_id: string | null;
  from_name: string;
  from_address: string;
  recipient_id: string | null;
  to_name: string;
  to_address: string;
  subject: string;
  preview: string;
  received_at: Date;
  opened_at: Date | null;
  answered_at: Date | null;
  bounced_at: Date | null;
}

interface RawRow extends Row {
  message_id_header: string;
  envelope_from: string;
  raw: Buffer;
}

/** A mail with its bytes and where it came from. */
export interface StoredMail {
  mail: MailboxMail;
  messageIdHeader: string;
  returnPath: string;
  raw: Buffer;
}

const COLUMNS = `id, message_id, from_name, from_address, to_name, to_address, subject, preview, received_at, opened_at,
  answered_at, bounced_at,
  (SELECT m.author_id FROM messages m WHERE m.id = message_id) AS author_id,
  coalesce((SELECT m.lead_id FROM messages m WHERE m.id = message_id), user_id) AS recipient_id`;

/** Reads of the built-in mailbox. */
@Injectable()
export class MailboxQueries {
  constructor(private readonly cursors: Cursors) {}

  /** Newest first. */
  async list(
    tx: ReadTx,
    { limit, cursor }: { limit: number; cursor?: string },
  ): Promise<Page<MailboxMail> & { asOf: number }> {
    const asOf = await readHead(tx.query, tx.workspaceId);
    const [at, id] = cursor ? this.cursors.open(tx.workspaceId, 'mailbox', cursor) : [null, null];
    const parameters: unknown[] = [at, id, limit + 1];
    const rows = await tx.query<Row>(
      `SELECT ${COLUMNS} FROM mailbox_mails
        WHERE ($1::timestamptz IS NULL OR (received_at, id) < ($1, $2::uuid)) AND ${within(tx, parameters)}
        ORDER BY received_at DESC, id DESC LIMIT $3`,
      parameters,
    );
    const items = rows.slice(0, limit).map(toMail);
    const last = rows.length > limit ? items.at(-1) : undefined;
    const values = last ? [last.receivedAt, last.id] : null;
    return { items, nextCursor: values ? this.cursors.seal(tx.workspaceId, 'mailbox', values) : null, asOf };
  }

  /** @throws Refusal `not_found` */
  async one(tx: ReadTx, id: string): Promise<StoredMail> {
    const parameters: unknown[] = [id];
    const [row] = await tx.query<RawRow>(
      `SELECT ${COLUMNS}, message_id_header, envelope_from, raw FROM mailbox_mails
        WHERE id = $1 AND ${within(tx, parameters)}`,
      parameters,
    );
    if (!row) throw new Refusal('not_found');
    return { mail: toMail(row), messageIdHeader: row.message_id_header, returnPath: row.envelope_from, raw: row.raw };
  }
}

/**
 * The mails of messages that the actor may see. Those of Threadline itself hold links that let their reader in (a reset,
 * an invitation): they are for whom they are addressed to, once the address is proved to be theirs or the mail says whose
 * it is, and for those who may do everything in the workspace, unless they would reach further by it; and for no API key.
 * The word of an identity provider makes nobody an addressee: whoever runs it would read its people's links.
 */
function within(tx: ReadTx, parameters: unknown[]): string {
  const visible = visibleTo(tx.actor, parameters).message('m');
  const ofMessages =
    visible === 'true'
      ? 'message_id IS NOT NULL'
      : `EXISTS (SELECT 1 FROM messages m WHERE m.id = message_id AND ${visible})`;
  const { userId, credential, permissions, vouchedOnly } = tx.actor;
  if (credential?.kind !== 'session') return ofMessages;
  const looksAfter = PERMISSIONS.every((each) => permissions.has(each));
  if (vouchedOnly) return looksAfter ? `(${ofMessages} OR (message_id IS NULL AND NOT addressee_only))` : ofMessages;
  parameters.push(userId);
  const toThem = `lower(to_address) = (SELECT lower(u.email) FROM users u
    WHERE u.id = $${parameters.length}::uuid AND u.address_proved_at IS NOT NULL)`;
  const theirs = `user_id = $${parameters.length}::uuid OR ${toThem}`;
  return `(${ofMessages} OR (message_id IS NULL AND (${looksAfter ? 'NOT addressee_only OR ' : ''}${theirs})))`;
}

function toMail(row: Row): MailboxMail {
  return {
    id: row.id,
    messageId: row.message_id,
    from: { id: row.author_id, name: row.from_name, address: row.from_address },
    to: { id: row.recipient_id, name: row.to_name, address: row.to_address },
    subject: row.subject,
    receivedAt: row.received_at.toISOString(),
    preview: row.preview,
    openedAt: row.opened_at?.toISOString() ?? null,
    answeredAt: row.answered_at?.toISOString() ?? null,
    bouncedAt: row.bounced_at?.toISOString() ?? null,
  };
}
