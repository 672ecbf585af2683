import type { Readable } from 'node:stream';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { createTransport, type SendMailOptions, type SMTPPoolOptions } from 'nodemailer';
import { Config } from '../config';
import { type HandOver, judgeFailure, type SendFailure } from './hand-over.rules';
import { envelopeAddress, headerText, type MailAddress, messageIdText, UnsendableMail } from './mail-address';

/** A mail to one person, as its parts. */
export interface OutgoingMail {
  /** Given by us, with angle brackets, the same on every try. */
  messageId: string;
  date: Date;
  from: MailAddress;
  to: MailAddress;
  /** Where answers go, when not to `from`. */
  replyTo: MailAddress | null;
  /** Where notices of failure go; '' for none (RFC 5321, for notices themselves). */
  returnPath: string;
  subject: string;
  html: string | null;
  text: string;
  inReplyTo: string | null;
  references: readonly string[];
  /** For bulk mail only: the https address that one-click unsubscribing posts to (RFC 8058). */
  unsubscribeUrl: string | null;
  /** Further header lines. */
  headers: Readonly<Record<string, string>>;
}

/** A mail whose bytes exist already. */
export interface RawMail {
  returnPath: string;
  to: string;
  content: Buffer;
}

/** Mails under way at the same time. Whoever hands over more than this only waits. */
export const PARALLEL_MAILS = 5;
/** One hand-over takes this long at most, in milliseconds: a claim on a mail must outlast it. */
export const MAIL_DEADLINE = 90_000;

const LIMITS = { dnsTimeout: 5_000, connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 60_000 };

type Pool = ReturnType<typeof openPool>;

/** What was read of one mail, to know whether the server can have any of it. */
interface Progress {
  streams: Readable[];
}

/**
 * Hands mail to the mail server of SMTP_URL or, without one, to the built-in mailbox on this machine. Says how it ended
 * and never tries twice by itself: whether another try is safe is decided where the ledger is.
 */
@Injectable()
export class MailTransport implements OnApplicationShutdown {
  private pool: Pool | null;
  private readonly underWay = new WeakMap<AbortSignal, Progress>();
  private readonly name: string;

  constructor(private readonly config: Config) {
    this.name = new URL(config.publicUrl).hostname;
    this.pool = config.smtpUrl === null ? null : this.open({ url: config.smtpUrl });
  }

  /** True while mail goes to the built-in mailbox: what it takes has been delivered. */
  get builtIn(): boolean {
    return this.config.smtpUrl === null;
  }

  /** False until there is somewhere to hand mail to. */
  get ready(): boolean {
    return this.pool !== null;
  }

  /** Called by the built-in mailbox once it listens; does nothing where a mail server is configured. */
  useBuiltIn(port: number): void {
    if (!this.builtIn) return;
    this.pool?.close();
    this.pool = this.open({ host: '127.0.0.1', port, secure: false, ignoreTLS: true });
  }

  /** Called by the built-in mailbox when it stops listening. */
  leaveBuiltIn(): void {
    if (!this.builtIn) return;
    this.pool?.close();
    this.pool = null;
  }

  /** Hands over a mail made of parts. Never throws for what the mail or the server is like. */
  async send(mail: OutgoingMail, deadline = MAIL_DEADLINE): Promise<HandOver> {
    try {
      return await this.handOver(compose(mail), deadline);
    } catch (error) {
      return refusedHere(error);
    }
  }

  /** Hands over a mail whose bytes exist already. */
  async sendRaw(mail: RawMail, deadline = MAIL_DEADLINE): Promise<HandOver> {
    try {
      const envelope = { from: mail.returnPath && envelopeAddress(mail.returnPath), to: [envelopeAddress(mail.to)] };
      return await this.handOver({ envelope, raw: mail.content }, deadline);
    } catch (error) {
      return refusedHere(error);
    }
  }

  onApplicationShutdown(): void {
    this.pool?.close({ force: true });
    this.pool = null;
  }

  private async handOver(options: SendMailOptions, deadline: number): Promise<HandOver> {
    if (!this.pool) return { outcome: 'later', reason: 'there is no mail server to hand it to yet' };
    const stop = new AbortController();
    const progress: Progress = { streams: [] };
    this.underWay.set(stop.signal, progress);
    const timer = setTimeout(() => stop.abort(), deadline);
    try {
      const { response } = await this.pool.sendMail({ ...options, signal: stop.signal });
      return { outcome: 'taken', reply: response.replace(/\s+/g, ' ').trim().slice(0, 500) };
    } catch (error) {
      return judgeFailure(failureOf(error), contentBegan(progress));
    } finally {
      clearTimeout(timer);
    }
  }

  private open(server: Pick<SMTPPoolOptions, 'url' | 'host' | 'port' | 'secure' | 'ignoreTLS'>): Pool {
    const pool = openPool({ ...server, name: this.name });
    pool.use('stream', ({ data, message }, done) => {
      const progress = data.signal && this.underWay.get(data.signal);
      if (!progress) return done(new Error('a mail came without its record of progress'));
      const create = message.createReadStream.bind(message);
      // The pool makes another stream when it moves a mail to another connection. It may not once a byte has left.
      message.createReadStream = (streamOptions) => {
        const stream = create(streamOptions);
        if (contentBegan(progress)) stream.destroy(new Error('this mail has been on its way already'));
        progress.streams.push(stream);
        return stream;
      };
      done();
    });
    return pool;
  }
}

function openPool(options: Omit<SMTPPoolOptions, 'pool'>) {
  return createTransport({
    ...options,
    ...LIMITS,
    pool: true,
    maxConnections: PARALLEL_MAILS,
    maxMessages: 100,
    maxRequeues: 2,
    disableFileAccess: true,
    disableUrlAccess: true,
    logger: false,
  });
}

function contentBegan(progress: Progress): boolean {
  return progress.streams.some((stream) => stream.readableDidRead);
}

/** @throws UnsendableMail */
function compose(mail: OutgoingMail): SendMailOptions {
  const list = mail.unsubscribeUrl;
  return {
    envelope: { from: mail.returnPath && envelopeAddress(mail.returnPath), to: [envelopeAddress(mail.to.address)] },
    messageId: messageIdText(mail.messageId),
    date: mail.date,
    from: mailbox('sender', mail.from),
    to: mailbox('recipient', mail.to),
    ...(mail.replyTo ? { replyTo: mailbox('reply address', mail.replyTo) } : {}),
    subject: headerText('subject', mail.subject),
    text: mail.text,
    ...(mail.html === null ? {} : { html: mail.html }),
    ...(mail.inReplyTo ? { inReplyTo: messageIdText(mail.inReplyTo) } : {}),
    ...(mail.references.length > 0 ? { references: mail.references.map(messageIdText) } : {}),
    headers: {
      ...Object.fromEntries(Object.entries(mail.headers).map(([name, value]) => [name, headerText(name, value)])),
      // One line each: a folded List-Unsubscribe has broken signatures further down the road.
      ...(list === null
        ? {}
        : {
            'List-Unsubscribe': { prepared: true, value: `<${headerText('unsubscribe address', list)}>` },
            'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
          }),
    },
  };
}

function mailbox(what: string, { name, address }: MailAddress): MailAddress {
  return { name: headerText(`name of the ${what}`, name), address: envelopeAddress(address) };
}

function refusedHere(error: unknown): HandOver {
  if (error instanceof UnsendableMail) return { outcome: 'refused', reason: error.message };
  throw error;
}

function failureOf(error: unknown): SendFailure {
  if (typeof error !== 'object' || error === null) return { message: String(error) };
  const { message, code, originalCode, command, response, responseCode } = error as Record<string, unknown>;
  return {
    ...(typeof message === 'string' ? { message } : {}),
    ...(typeof code === 'string' ? { code } : {}),
    ...(typeof originalCode === 'string' ? { originalCode } : {}),
    ...(typeof command === 'string' ? { command } : {}),
    ...(typeof response === 'string' ? { response } : {}),
    ...(typeof responseCode === 'number' ? { responseCode } : {}),
  };
}
