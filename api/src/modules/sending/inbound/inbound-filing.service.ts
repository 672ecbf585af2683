import { Injectable } from '@nestjs/common';
import type { InboundMailState } from '@threadline/contracts';
import { cleanReceived } from '../../../platform/html';
import { Refusal } from '../../../platform/refusal';
import type { ReadTx, Tx } from '../../../platform/work';
import { MessagesQueries, MessagesService, SendLedger, UnwantedMail } from '../../conversations';
import { deliveryNotice, identityOf, isAutomatic, meaningOf, type ReadMail } from './inbound-mail.rules';
import { UnreadableMail } from './mail-reader';
import { ReplyAddresses } from './reply-addresses';

/** A mail that is kept and not filed yet. */
export interface Kept {
  id: string;
  received_at: Date;
  digest: Buffer;
  envelope_from: string;
  envelope_to: string;
  answers_id: string;
  proven: boolean;
  attempts: number;
  raw: Buffer;
}

interface Filing {
  state: InboundMailState;
  messageId?: string | null;
  reason?: string;
}

/** Tries before a mail that cannot be filed is listed as unmatched. */
const MOST_ATTEMPTS = 5;

/** What becomes of a kept mail, in one transaction with what it does. */
@Injectable()
export class InboundFiling {
  constructor(
    private readonly addresses: ReplyAddresses,
    private readonly messages: MessagesService,
    private readonly queries: MessagesQueries,
    private readonly ledger: SendLedger,
    private readonly unwanted: UnwantedMail,
  ) {}

  async pending(tx: ReadTx, id: string): Promise<Kept | undefined> {
    const [row] = await tx.query<Kept>(
      `SELECT id, received_at, digest, envelope_from, envelope_to, answers_id, proven, attempts, raw
         FROM inbound_mails WHERE id = $1 AND state = 'pending'`,
      [id],
    );
    return row;
  }

  /** Does nothing when another process was faster. */
  async file(tx: Tx, kept: Kept, mail: ReadMail | UnreadableMail): Promise<void> {
    const [mine] = await tx.query(`SELECT id FROM inbound_mails WHERE id = $1 AND state = 'pending' FOR UPDATE`, [
      kept.id,
    ]);
    if (!mine) return;
    if (mail instanceof UnreadableMail) {
      return this.close(tx, kept, null, { state: 'unreadable', reason: mail.message });
    }
    await this.close(tx, kept, mail, await this.decide(tx, kept, mail));
  }

  /** Leaves it for the sweeper; after several tries it is listed as unmatched. */
  async postpone(tx: Tx, kept: Kept): Promise<void> {
    await tx.query(
      `UPDATE inbound_mails SET attempts = attempts + 1,
              state = CASE WHEN attempts + 1 >= $2 THEN 'unmatched' ELSE state END,
              reason = CASE WHEN attempts + 1 >= $2 THEN 'it could not be filed after several tries' ELSE reason END
        WHERE id = $1 AND state = 'pending'`,
      [kept.id, MOST_ATTEMPTS],
    );
  }

  private async decide(tx: Tx, kept: Kept, mail: ReadMail): Promise<Filing> {
    const answered = await this.answered(tx, kept.answers_id);
    if (!answered) return { state: 'unmatched', reason: 'the message it answers is no longer here' };
    const opened = this.addresses.open(kept.envelope_to);
    const toReturnPath = typeof opened === 'object' && opened.kind === 'bounce';
    const notice = deliveryNotice(mail);
    if (notice) {
      if (!kept.proven || !toReturnPath) {
        return { state: 'unmatched', reason: 'a notice of failure that did not come to the address given for it' };
      }
      const { bounced, forGood, reason } = meaningOf(notice);
      if (bounced) await this.ledger.bounced(tx, answered.id, reason);
      if (forGood) await this.unwanted.suppress(tx, answered.id, 'bounced');
      return { state: 'bounce', messageId: answered.id, reason };
    }
    const automatic = toReturnPath || isAutomatic(mail, kept.envelope_from);
    const message = await this.messages.receive(tx, {
      leadId: answered.leadId,
      channel: answered.channel,
      subject: mail.subject,
      content: cleanReceived(mail),
      receivedAt: kept.received_at,
      messageIdHeader: identityOf(mail, kept.digest.toString('hex')),
      answers: answered.id,
      automatic,
    });
    await this.ledger.answered(tx, answered.id, kept.received_at);
    if (!message) return { state: 'duplicate', reason: 'a mail with this Message-ID had come in before' };
    return { state: automatic ? 'automatic' : 'reply', messageId: message.id };
  }

  private async answered(tx: Tx, id: string) {
    try {
      return await this.queries.one(tx, id);
    } catch (error) {
      if (error instanceof Refusal && error.code === 'not_found') return null;
      throw error;
    }
  }

  private async close(tx: Tx, kept: Kept, mail: ReadMail | null, filing: Filing): Promise<void> {
    await tx.query(
      `UPDATE inbound_mails SET state = $2, message_id = $3, reason = $4, from_name = $5, from_address = $6, subject = $7
        WHERE id = $1`,
      [
        kept.id,
        filing.state,
        filing.messageId ?? null,
        filing.reason?.slice(0, 500) ?? null,
        mail?.from?.name ?? null,
        mail?.from?.address.slice(0, 320) ?? null,
        mail?.subject ?? null,
      ],
    );
  }
}
