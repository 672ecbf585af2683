import { Injectable } from '@nestjs/common';
import type { MailboxMailPage } from '@threadline/contracts';
import type { Actor } from '../../platform/access';
import { webLinks } from '../../platform/html';
import { Refusal } from '../../platform/refusal';
import { UnitOfWork } from '../../platform/work';
import { MailReader, type ReadMail } from '../sending';
import { frameHtml, headerLines, visibleLinks } from './mail-view.rules';
import { MailboxQueries, type StoredMail } from './mailbox.queries';
import { type MailMark, MailboxService } from './mailbox.service';
import { RecipientPost } from './recipient-post';
import { RecipientWeb } from './recipient-web';

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
    const { stored, read } = await this.read(actor, id);
    const link = webLinks(read.html ?? '')[index];
    if (!link)
      throw new Refusal('invalid_input', { errors: [{ path: 'index', message: 'the mail has no such link' }] });
    // A link of Threadline's own mails is for a person, and leads where it says.
    return stored.mail.messageId === null ? link.href : this.web.click(link.href);
  }

  /** Passes the gateway that guards the recipient's domain. Answers how many requests it made. */
  async scan(actor: Actor, id: string): Promise<number> {
    const { stored, read } = await this.read(actor, id);
    return this.web.scan(read.html ?? '', stored.mail.to.address);
  }

  /** @throws Refusal `wrong_state` with the mail server's words when it was not taken */
  async reply(actor: Actor, id: string, text: string): Promise<MailboxMailPage> {
    const { stored, read } = await this.read(actor, id);
    refuseOwn(stored);
    await this.post.reply(stored, read, text);
    return this.marked(actor, id, 'answered_at');
  }

  /** @throws Refusal `wrong_state` with the mail server's words when it was not taken */
  async bounce(actor: Actor, id: string, kind: 'hard' | 'soft'): Promise<MailboxMailPage> {
    const { stored } = await this.read(actor, id);
    refuseOwn(stored);
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

/** @throws Refusal `wrong_state` for a mail of Threadline itself */
function refuseOwn({ mail }: StoredMail): void {
  if (mail.messageId === null)
    throw new Refusal('wrong_state', { detail: 'Nobody reads what comes back to this mail.' });
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
