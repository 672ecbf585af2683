import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock';
import { Config } from '../../platform/config';
import type { OutgoingMail } from '../../platform/outbound';
import type { ClaimedSend } from '../conversations';
import { TrackingLinks } from '../tracking';
import { ReplyAddresses } from './inbound';
import { mailBody, type TrackingAddresses } from './mail-body.rules';

/** Makes the mail of a claimed message: the same Message-ID, links and pixel on every try. */
@Injectable()
export class MailMaker {
  private readonly tracking: TrackingAddresses;

  constructor(
    private readonly addresses: ReplyAddresses,
    private readonly clock: Clock,
    links: TrackingLinks,
    config: Config,
  ) {
    const ours = `${config.publicUrl}/api/outreach/`;
    this.tracking = {
      pixelUrl: (id) => links.pixelUrl(id),
      honeypotUrl: (id) => links.honeypotUrl(id),
      // Unsubscribing must work without being followed, and what is tracked already is not tracked again.
      clickUrl: (id, index, url) => (url.startsWith(ours) ? null : links.clickUrl(id, index, url)),
    };
  }

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
