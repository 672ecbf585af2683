import { Injectable } from '@nestjs/common';
import type { InboundMail, InboundMailState, Page } from '@threadline/contracts';
import { Cursors } from '../../../platform/http';
import type { ReadTx } from '../../../platform/work';
import { visibleTo } from '../../reach';

interface Row {
  id: string;
  state: InboundMailState;
  received_at: Date;
  envelope_to: string;
  from_name: string | null;
  from_address: string | null;
  subject: string | null;
  message_id: string | null;
  reason: string | null;
}

/** Reads of mail that came in. */
@Injectable()
export class InboundMailsQueries {
  constructor(private readonly cursors: Cursors) {}

  /** A page of one state, newest first. What no conversation was found for is for those who see all conversations. */
  async list(
    tx: ReadTx,
    { state, limit, cursor }: { state: InboundMailState; limit: number; cursor?: string },
  ): Promise<Page<InboundMail>> {
    const name = `inbound-mails:${state}`;
    const [at, id] = cursor ? this.cursors.open(tx.workspaceId, name, cursor) : [null, null];
    const parameters: unknown[] = [state, at, id, limit + 1];
    const visible = visibleTo(tx.actor, parameters).message('m');
    const within = visible === 'true' ? visible : `message_id IN (SELECT m.id FROM messages m WHERE ${visible})`;
    const rows = await tx.query<Row>(
      `SELECT id, state, received_at, envelope_to, from_name, from_address, subject, message_id, reason
         FROM inbound_mails
        WHERE state = $1 AND ($2::timestamptz IS NULL OR (received_at, id) < ($2, $3::uuid)) AND ${within}
        ORDER BY received_at DESC, id DESC LIMIT $4`,
      parameters,
    );
    const items = rows.slice(0, limit).map(toInboundMail);
    const last = rows.length > limit ? items.at(-1) : undefined;
    return { items, nextCursor: last ? this.cursors.seal(tx.workspaceId, name, [last.receivedAt, last.id]) : null };
  }
}

function toInboundMail(row: Row): InboundMail {
  return {
    id: row.id,
    state: row.state,
    receivedAt: row.received_at.toISOString(),
    to: row.envelope_to,
    from: row.from_address === null ? null : { name: row.from_name ?? '', address: row.from_address },
    subject: row.subject,
    messageId: row.message_id,
    reason: row.reason,
  };
}
