import { Injectable } from '@nestjs/common';
import { v7 } from 'uuid';
import { systemActor } from '../../platform/access';
import { previewOf } from '../../platform/html';
import { type Tx, UnitOfWork } from '../../platform/work';
import { AccountMailLedger } from '../account-mail';
import { TrackedMessages } from '../conversations';
import { headerOf, MailReader } from '../sending';

/** Mails that are kept for each workspace, and as many that are for one person. */
const KEPT = 500;

/** What can be noted of a mail, once each. */
export type MailMark = 'opened_at' | 'answered_at' | 'bounced_at';

/** What the built-in mailbox keeps. */
@Injectable()
export class MailboxService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly tracked: TrackedMessages,
    private readonly accountMails: AccountMailLedger,
    private readonly reader: MailReader,
  ) {}

  /**
   * Takes a mail in, in the workspace whose message, or whose mail to a person of its own, its Message-ID names.
   * Answers false when it names none: this mailbox receives from this installation only.
   */
  async take(mail: { envelopeFrom: string; envelopeTo: string; raw: Buffer }): Promise<boolean> {
    const header = headerOf(mail.raw, 'Message-ID');
    if (!header) return false;
    const message = (await this.tracked.byHeaders([header])).get(header);
    const own = message ? undefined : await this.accountMails.whose(header);
    const workspaceId = message?.workspaceId ?? own?.workspaceId;
    if (!workspaceId) return false;
    const read = await this.reader.read(mail.raw);
    await this.work.run(systemActor(workspaceId, 'mailbox'), async (tx) => {
      await tx.query(
        `INSERT INTO mailbox_mails (workspace_id, id, message_id, message_id_header, envelope_from, envelope_to,
                                    from_name, from_address, to_name, to_address, subject, preview, received_at, raw,
                                    addressee_only, user_id)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
        [
          tx.workspaceId,
          v7(),
          message?.messageId ?? null,
          header,
          mail.envelopeFrom,
          mail.envelopeTo,
          read.from?.name ?? '',
          read.from?.address ?? mail.envelopeFrom,
          read.to?.name ?? '',
          read.to?.address ?? mail.envelopeTo,
          read.subject ?? '',
          previewOf(read.text ?? ''),
          tx.now,
          mail.raw,
          own?.addresseeOnly ?? false,
          own?.userId ?? null,
        ],
      );
      await this.prune(tx, own?.addresseeOnly ?? false);
    });
    return true;
  }

  /** Notes what the recipient did, the first time they do it. */
  async mark(tx: Tx, id: string, mark: MailMark): Promise<void> {
    await tx.query(`UPDATE mailbox_mails SET ${mark} = coalesce(${mark}, $2) WHERE id = $1`, [id, tx.now]);
  }

  /** A mail that is not for everybody drives out none that is: that one went would tell of it. */
  private async prune(tx: Tx, addresseeOnly: boolean): Promise<void> {
    await tx.query(
      `DELETE FROM mailbox_mails WHERE addressee_only = $1 AND (received_at, id) <=
         (SELECT received_at, id FROM mailbox_mails WHERE addressee_only = $1
           ORDER BY received_at DESC, id DESC OFFSET ${KEPT} LIMIT 1)`,
      [addresseeOnly],
    );
  }
}
