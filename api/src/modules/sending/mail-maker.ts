import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock';
import type { OutgoingMail } from '../../platform/outbound';
import type { ClaimedSend } from '../conversations';
import { TrackingLinks } from '../tracking';
import { ReplyAddresses } from './inbound';
import { mailBody } from './mail-body.rules';

/** Makes the mail of a claimed message: the same Message-ID, links and pixel on every try. */
@Injectable()
export class MailMaker {
  constructor(
    private readonly addresses: ReplyAddresses,
    private readonly tracking: TrackingLinks,
    private readonly clock: Clock,
  ) {}

  make(send: ClaimedSend): OutgoingMail {
    const replyTo = this.addresses.of('reply', send.trackingId);
    return {
      messageId: send.messageIdHeader,
      date: this.clock.now(),
      from: send.from,
      to: send.to,
      replyTo: replyTo === null ? null : { name: send.from.name, address: replyTo },
      returnPath: this.addresses.of('bounce', send.trackingId) ?? send.from.address,
      subject: send.subject ?? '',
      ...mailBody(send.content, send.trackingId, this.tracking),
      inReplyTo: send.inReplyTo,
      references: send.references,
      // One person writes to one person: nothing to unsubscribe from, nothing automatic about it.
      unsubscribeUrl: null,
      headers: {},
    };
  }
}
