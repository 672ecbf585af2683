import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Email } from 'postal-mime';
import type { Correspondent, ReadMail } from './inbound-mail.rules';

/** A mail that cannot be read within bounds. Its bytes are kept; nothing else of it is believed. */
export class UnreadableMail extends Error {}

/** Longest mail that is taken, in bytes. */
export const MAX_MAIL = 25 * 1024 * 1024;
const BUDGET_MS = 2_000;

/** What the worker sends back: plain values only. */
interface Answer {
  id: number;
  error?: string;
  mail?: Pick<
    Email,
    'from' | 'to' | 'replyTo' | 'subject' | 'messageId' | 'inReplyTo' | 'references' | 'html' | 'text'
  > & {
    headers: [string, string][];
    deliveryStatus?: string;
  };
}

/**
 * Runs in a thread of its own, so that a hostile mail costs two seconds and no request waits for them. Forwarded mails
 * inside a mail stay closed: their text is not this sender's.
 */
const WORKER = `
const { parentPort, workerData } = require('node:worker_threads');
const { default: PostalMime } = require(workerData.parser);
const limits = { maxNestingDepth: 50, maxHeadersSize: 1024 * 1024, forceRfc822Attachments: true, attachmentEncoding: 'arraybuffer' };
parentPort.on('message', async ({ id, raw }) => {
  try {
    const mail = await PostalMime.parse(raw, limits);
    const status = mail.attachments.find(({ mimeType }) => mimeType === 'message/delivery-status');
    const content = status && (typeof status.content === 'string' ? status.content : new TextDecoder().decode(status.content));
    const { from, subject, messageId, inReplyTo, references, html, text } = mail;
    const to = mail.to && mail.to.slice(0, 1);
    const replyTo = mail.replyTo && mail.replyTo.slice(0, 1);
    const headers = mail.headers.slice(0, 1000).map(({ key, value }) => [key, value.slice(0, 20000)]);
    parentPort.postMessage({ id, mail: { from, to, replyTo, subject, messageId, inReplyTo, references, html, text, headers, deliveryStatus: content } });
  } catch (error) {
    parentPort.postMessage({ id, error: String(error && error.message) });
  }
});
`;

/** Reads the MIME structure of mail from outside, one at a time, within two seconds each. */
@Injectable()
export class MailReader implements OnApplicationShutdown {
  private worker: Worker | null = null;
  private turn: Promise<unknown> = Promise.resolve();
  private next = 1;

  /** @throws UnreadableMail */
  read(raw: Buffer, budget = BUDGET_MS): Promise<ReadMail> {
    const mine = this.turn.then(() => this.ask(raw, budget));
    this.turn = mine.catch(() => undefined);
    return mine;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.worker?.terminate();
    this.worker = null;
  }

  private begin(): Worker {
    const worker = start();
    worker.once('exit', () => {
      if (this.worker === worker) this.worker = null;
    });
    return worker;
  }

  private ask(raw: Buffer, budget: number): Promise<ReadMail> {
    const worker = (this.worker ??= this.begin());
    const id = this.next++;
    return new Promise((resolve, reject) => {
      const end = () => {
        clearTimeout(timer);
        worker.off('message', answered).off('error', failed).off('exit', failed);
      };
      const giveUp = (reason: string) => {
        end();
        this.worker = null;
        void worker.terminate();
        reject(new UnreadableMail(reason));
      };
      const failed = () => giveUp('it broke the reader');
      const answered = (answer: Answer) => {
        if (answer.id !== id) return;
        end();
        if (answer.mail) resolve(toReadMail(answer.mail));
        else reject(new UnreadableMail(answer.error ?? 'it has no structure'));
      };
      const timer = setTimeout(() => giveUp('it takes longer to read than a mail may'), budget);
      worker.on('message', answered).once('error', failed).once('exit', failed);
      worker.postMessage({ id, raw });
    });
  }
}

function start(): Worker {
  const parser = createRequire(import.meta.url).resolve('postal-mime');
  const worker = new Worker(WORKER, {
    eval: true,
    workerData: { parser },
    resourceLimits: { maxOldGenerationSizeMb: 256 },
    stdout: true,
    stderr: true,
  });
  // Out of memory is noticed late, perhaps when nobody is asking any more; unheard, it would end this process.
  worker.on('error', () => undefined);
  worker.unref();
  return worker;
}

function toReadMail(mail: NonNullable<Answer['mail']>): ReadMail {
  const headers = new Map<string, string>();
  for (const [name, value] of mail.headers) if (!headers.has(name)) headers.set(name, value);
  return {
    from: correspondent(mail.from),
    to: correspondent(mail.to?.[0]),
    replyTo: correspondent(mail.replyTo?.[0]),
    subject: mail.subject === undefined ? null : clean(mail.subject).slice(0, 2_000),
    messageId: mail.messageId ?? null,
    inReplyTo: mail.inReplyTo ?? null,
    references: mail.references ?? null,
    html: mail.html ? withoutNul(mail.html) : null,
    text: mail.text ? withoutNul(mail.text) : null,
    headers,
    deliveryStatus: mail.deliveryStatus ?? null,
  };
}

function correspondent(address: Email['from']): Correspondent | null {
  if (!address?.address) return null;
  return { name: clean(address.name).slice(0, 200), address: clean(address.address).slice(0, 320) };
}

/** One line: control characters in names and subjects come from nobody's keyboard. */
function clean(text: string): string {
  // eslint-disable-next-line no-control-regex -- they are what is looked for
  return text.replace(/[\u0000-\u001f\u007f\u2028\u2029]+/g, ' ').trim();
}

/** PostgreSQL keeps every character but this one. */
function withoutNul(text: string): string {
  return text.replaceAll('\u0000', '');
}
