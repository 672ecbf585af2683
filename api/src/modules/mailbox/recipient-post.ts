import { Injectable } from '@nestjs/common';
import { v7 } from 'uuid';
import { Clock } from '../../platform/clock';
import { type HandOver, MailTransport } from '../../platform/outbound';
import { Refusal } from '../../platform/refusal';
import type { ReadMail } from '../sending';
import { answerText, headOf } from './mail-view.rules';
import type { StoredMail } from './mailbox.queries';
import { noticeOfFailure } from './notice.rules';

/** What the recipient and their mail server send. */
@Injectable()
export class RecipientPost {
  constructor(
    private readonly transport: MailTransport,
    private readonly clock: Clock,
  ) {}

  async reply({ mail, messageIdHeader }: StoredMail, read: ReadMail, text: string): Promise<void> {
    const to = read.replyTo ?? mail.from;
    const subject = /^re:/i.test(mail.subject) ? mail.subject : `Re: ${mail.subject}`;
    const outcome = await this.transport.send({
      messageId: newMessageId(mail.to.address),
      date: this.clock.now(),
      from: mail.to,
      to,
      replyTo: null,
      returnPath: mail.to.address,
      subject,
      html: null,
      text: answerText(text, { name: mail.from.name || mail.from.address, text: read.text ?? '' }),
      inReplyTo: messageIdHeader,
      references: [...(read.references?.match(/<[^\s<>]+>/g) ?? []), messageIdHeader].slice(-20),
      unsubscribeUrl: null,
      headers: {},
    });
    taken(outcome);
  }

  async bounce({ mail, returnPath, raw }: StoredMail, kind: 'hard' | 'soft'): Promise<void> {
    const content = noticeOfFailure({
      kind,
      messageId: newMessageId(mail.to.address),
      date: this.clock.now(),
      recipient: mail.to.address,
      returnPath,
      originalHead: headOf(raw),
    });
    taken(await this.transport.sendRaw({ returnPath: '', to: returnPath, content }));
  }
}

function newMessageId(address: string): string {
  return `<${v7()}@${address.slice(address.lastIndexOf('@') + 1)}>`;
}

function taken(outcome: HandOver): void {
  if (outcome.outcome !== 'taken') throw new Refusal('wrong_state', { detail: `It was not taken: ${outcome.reason}.` });
}
