import { Injectable } from '@nestjs/common';
import { Subject } from 'rxjs';
import { v7 } from 'uuid';
import { Config } from '../../platform/config';
import { SecretBox } from '../../platform/secrets';
import type { Tx } from '../../platform/work';
import type { Readers } from './account-mail.ledger';
import { writeNotice } from './account-mail.rules';
import { sealedAbout } from './account-post';
import type { AccountNotice } from './account-notice';

/** Mails of the product itself: invitations, links to a new password, and what people have to hear of their account. */
@Injectable()
export class AccountMails {
  /** A workspace of this process has a mail to send. */
  readonly due$ = new Subject<string>();

  constructor(
    private readonly config: Config,
    private readonly secrets: SecretBox,
  ) {}

  /**
   * Puts a mail into the ledger of the unit of work: it leaves after the commit, and not without it. The mail belongs
   * to the workspace of the unit of work.
   * @param readers in the built-in mailbox
   */
  async queue(
    tx: Tx,
    to: { email: string; name: string },
    notice: AccountNotice,
    { addresseeOnly = false, userId = null }: Readers = {},
  ): Promise<void> {
    const id = v7();
    const mail = writeNotice(notice, { name: to.name, publicUrl: this.config.publicUrl, at: tx.now });
    const domain = this.config.mailFrom.slice(this.config.mailFrom.lastIndexOf('@') + 1);
    await tx.query(
      `INSERT INTO account_mails (workspace_id, id, kind, to_address, to_name, body, message_id_header, next_at, created_at,
                                  addressee_only, user_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9, $10)`,
      [
        tx.workspaceId,
        id,
        notice.kind,
        to.email,
        to.name,
        this.secrets.seal(JSON.stringify(mail), sealedAbout(id)),
        `<${id}@${domain}>`,
        tx.now,
        addresseeOnly,
        userId,
      ],
    );
    tx.afterCommit(() => this.due$.next(tx.workspaceId));
  }
}
