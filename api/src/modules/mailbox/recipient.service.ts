import { Injectable, Logger } from '@nestjs/common';
import type { MailboxMailPage } from '@threadline/contracts';
import { v7 } from 'uuid';
import type { Actor } from '../../platform/access';
import { Clock } from '../../platform/clock';
import { remoteImages, webLinks } from '../../platform/html';
import { type HandOver, LoopbackClient, type LoopbackRequest, MailTransport } from '../../platform/outbound';
import { Refusal } from '../../platform/refusal';
import { UnitOfWork } from '../../platform/work';
import { MailReader, type ReadMail } from '../sending';
import { BROWSER, GATEWAY, gatewayAddress, MAIL_PROGRAM } from './mail-agents.rules';
import { answerText, frameHtml, headerLines, headOf, visibleLinks } from './mail-view.rules';
import { MailboxQueries, type StoredMail } from './mailbox.queries';
import { type MailMark, MailboxService } from './mailbox.service';
import { noticeOfFailure } from './notice.rules';

/**
 * Plays the person who got a mail, and the machines around them: everything goes the way it goes in the world, over
 * HTTP to the public tracking addresses and over SMTP to the address the mail names.
 */
@Injectable()
export class Recipient {
  constructor(
    private readonly work: UnitOfWork,
    private readonly queries: MailboxQueries,
    private readonly mailbox: MailboxService,
    private readonly reader: MailReader,
    private readonly web: RecipientWeb,
    private readonly post: RecipientPost,
  ) {}

  /** The mail as the screen shows it; looking at it there tells nobody. */
  async show(actor: Actor, id: string): Promise<MailboxMailPage> {
    const { stored, read } = await this.read(actor, id);
    return page(stored, read);
  }

  /** Opens it in a mail program that loads pictures. */
  async open(actor: Actor, id: string): Promise<MailboxMailPage> {
    const { read } = await this.read(actor, id);
    await this.web.open(read.html ?? '');
    return this.marked(actor, id, 'opened_at');
  }

  /**
   * Follows a link in a browser. Answers where it led.
   * @throws Refusal `invalid_input` when the mail has no such link
   */
  async click(actor: Actor, id: string, index: number): Promise<string | null> {
    const { read } = await this.read(actor, id);
    const link = webLinks(read.html ?? '')[index];
    if (!link)
      throw new Refusal('invalid_input', { errors: [{ path: 'index', message: 'the mail has no such link' }] });
    return this.web.click(link.href);
  }

  /** Passes the gateway that guards the recipient's domain. Answers how many requests it made. */
  async scan(actor: Actor, id: string): Promise<number> {
    const { stored, read } = await this.read(actor, id);
    return this.web.scan(read.html ?? '', stored.mail.to.address);
  }

  /** @throws Refusal `wrong_state` with the mail server's words when it was not taken */
  async reply(actor: Actor, id: string, text: string): Promise<MailboxMailPage> {
    const { stored, read } = await this.read(actor, id);
    await this.post.reply(stored, read, text);
    return this.marked(actor, id, 'answered_at');
  }

  /** @throws Refusal `wrong_state` with the mail server's words when it was not taken */
  async bounce(actor: Actor, id: string, kind: 'hard' | 'soft'): Promise<MailboxMailPage> {
    const { stored } = await this.read(actor, id);
    await this.post.bounce(stored, kind);
    return this.marked(actor, id, 'bounced_at');
  }

  private async read(actor: Actor, id: string): Promise<{ stored: StoredMail; read: ReadMail }> {
    const stored = await this.work.read(actor, (tx) => this.queries.one(tx, id));
    return { stored, read: await this.reader.read(stored.raw) };
  }

  private async marked(actor: Actor, id: string, mark: MailMark): Promise<MailboxMailPage> {
    await this.work.run(actor, (tx) => this.mailbox.mark(tx, id, mark));
    return this.show(actor, id);
  }
}

/** What the recipient's programs ask over HTTP. */
@Injectable()
export class RecipientWeb {
  private readonly log = new Logger('mailbox');

  constructor(private readonly loopback: LoopbackClient) {}

  async open(html: string): Promise<void> {
    const pictures = remoteImages(html).filter((url) => this.loopback.isOurs(url));
    await Promise.all(pictures.map((url) => this.loopback.fetch({ method: 'GET', url, headers: MAIL_PROGRAM })));
  }

  async click(url: string): Promise<string | null> {
    // A link that is not tracked leads where it says; nothing of ours hears of it.
    if (!this.loopback.isOurs(url)) return url;
    const { status, headers } = await this.loopback.fetch({ method: 'GET', url, headers: BROWSER });
    return status >= 300 && status < 400 ? (headers.location ?? null) : null;
  }

  async scan(html: string, recipient: string): Promise<number> {
    const urls = [...remoteImages(html), ...webLinks(html).map(({ href }) => href)].filter((url) =>
      this.loopback.isOurs(url),
    );
    const from = gatewayAddress(recipient.slice(recipient.lastIndexOf('@') + 1));
    const asked = [...new Set(urls)].flatMap((url): LoopbackRequest[] =>
      (['HEAD', 'GET'] as const).map((method) => ({ method, url, headers: GATEWAY, from })),
    );
    const answers = await Promise.allSettled(asked.map((request) => this.loopback.fetch(request)));
    for (const answer of answers) {
      if (answer.status === 'rejected') this.log.warn({ err: answer.reason as unknown }, 'the gateway got no answer');
    }
    return asked.length;
  }
}

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

function page({ mail, raw }: StoredMail, read: ReadMail): MailboxMailPage {
  const html = read.html ?? '';
  return {
    ...mail,
    html: frameHtml(html),
    text: read.text ?? '',
    headers: headerLines(raw),
    links: visibleLinks(html),
  };
}

function newMessageId(address: string): string {
  return `<${v7()}@${address.slice(address.lastIndexOf('@') + 1)}>`;
}

function taken(outcome: HandOver): void {
  if (outcome.outcome !== 'taken') throw new Refusal('wrong_state', { detail: `It was not taken: ${outcome.reason}.` });
}
