import { Injectable, computed, inject } from '@angular/core';
import { Rights, Session } from '../../core/session';

/** Where mails end: without a mail server they stay in the built-in Mailbox. Known to who is signed in. */
@Injectable({ providedIn: 'root' })
export class MailboxHere {
  private readonly me = inject(Session).me;
  private readonly rights = inject(Rights);
  /** Mails do not leave this installation. */
  readonly stays = computed(() => this.me()?.installation.mailbox ?? false);
  /** The person may read them there. */
  readonly openable = computed(() => this.stays() && this.rights.can('mailbox:use'));
}
