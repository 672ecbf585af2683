import { createHash } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { v7 } from 'uuid';
import { systemActor } from '../../../platform/access';
import { UnitOfWork } from '../../../platform/work';
import { type TrackedMessage, TrackedMessages } from '../../conversations';
import { InboundFiling } from './inbound-filing.service';
import { headerOf, namedMessages, type ReadMail } from './inbound-mail.rules';
import { MailReader, UnreadableMail } from './mail-reader';
import { ReplyAddresses } from './reply-addresses';
import type { AddressKind } from './reply-token.rules';

/** A mail as it comes in. */
export interface IncomingMail {
  /** '' for the null sender. */
  envelopeFrom: string;
  envelopeTo: string;
  raw: Buffer;
}

interface Route {
  message: TrackedMessage;
  kind: AddressKind;
  proven: boolean;
}

/**
 * Mail from outside: kept first, then read and filed. Which message it answers is said by the signed token in the
 * address it came to; without one, by the first of its References that is ours.
 */
@Injectable()
export class InboundMails {
  private readonly log = new Logger('inbound mail');

  constructor(
    private readonly work: UnitOfWork,
    private readonly addresses: ReplyAddresses,
    private readonly tracked: TrackedMessages,
    private readonly reader: MailReader,
    private readonly filing: InboundFiling,
  ) {}

  /** True for a recipient that mail is taken for; a forged token is refused before any content is sent. */
  takes(address: string): boolean {
    return this.addresses.takes(address) && this.addresses.open(address) !== 'forged';
  }

  /**
   * Keeps a mail, then files it. When this answers true the mail is on disk; false: it belongs to nobody here, and its
   * sender has to be told so.
   */
  async take(mail: IncomingMail): Promise<boolean> {
    const route = await this.route(mail);
    if (!route) return false;
    const { workspaceId } = route.message;
    const id = await this.keep(route, mail);
    if (id) await this.file(workspaceId, id);
    return true;
  }

  /** Reads a kept mail and makes of it what it is. What fails is tried again by the sweeper. */
  async file(workspaceId: string, id: string): Promise<void> {
    const actor = systemActor(workspaceId, 'inbound');
    const kept = await this.work.read(actor, (tx) => this.filing.pending(tx, id));
    if (!kept) return;
    try {
      const mail = await this.read(kept.raw);
      await this.work.run(actor, (tx) => this.filing.file(tx, kept, mail));
    } catch (error) {
      this.log.warn({ err: error, workspaceId, id }, 'a mail could not be filed');
      await this.work.run(actor, (tx) => this.filing.postpone(tx, kept));
    }
  }

  private async read(raw: Buffer): Promise<ReadMail | UnreadableMail> {
    try {
      return await this.reader.read(raw);
    } catch (error) {
      if (error instanceof UnreadableMail) return error;
      throw error;
    }
  }

  private async route({ envelopeTo, raw }: IncomingMail): Promise<Route | null> {
    const opened = this.addresses.open(envelopeTo);
    if (opened === 'forged' || !this.addresses.takes(envelopeTo)) return null;
    if (opened !== 'none') {
      const message = (await this.tracked.byTrackingIds([opened.trackingId])).get(opened.trackingId);
      return message ? { message, kind: opened.kind, proven: true } : null;
    }
    const named = namedMessages({ inReplyTo: headerOf(raw, 'In-Reply-To'), references: headerOf(raw, 'References') });
    const known = named.length > 0 ? await this.tracked.byHeaders(named) : new Map<string, TrackedMessage>();
    const message = named.map((header) => known.get(header)).find((one) => one !== undefined);
    return message ? { message, kind: 'reply', proven: false } : null;
  }

  /** Answers the new row's id; undefined when the very same mail is there already. */
  private keep({ message, kind, proven }: Route, mail: IncomingMail): Promise<string | undefined> {
    return this.work.run(systemActor(message.workspaceId, 'inbound'), async (tx) => {
      const [row] = await tx.query<{ id: string }>(
        `INSERT INTO inbound_mails (workspace_id, id, state, received_at, digest, envelope_from, envelope_to,
                                    answers_id, proven, raw)
         VALUES ($1, $2, 'pending', $3, $4, $5, $6, $7, $8, $9)
         ON CONFLICT ON CONSTRAINT inbound_mails_once DO NOTHING RETURNING id`,
        [
          tx.workspaceId,
          v7(),
          tx.now,
          createHash('sha256').update(`${kind}\n`).update(mail.raw).digest(),
          mail.envelopeFrom.slice(0, 320),
          mail.envelopeTo.slice(0, 320),
          message.messageId,
          proven,
          mail.raw,
        ],
      );
      return row?.id;
    });
  }
}
