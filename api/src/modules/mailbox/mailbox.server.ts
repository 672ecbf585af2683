import { isIPv6 } from 'node:net';
import type { AddressInfo } from 'node:net';
import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { Config } from '../../platform/config';
import { MailTransport } from '../../platform/outbound';
import { InboundMails, MAX_MAIL, ReplyAddresses, UnreadableMail } from '../sending';
import { MailboxService } from './mailbox.service';

/** A reply with its code, as smtp-server wants to be told. */
class SmtpRefusal extends Error {
  constructor(
    readonly responseCode: number,
    message: string,
  ) {
    super(message);
  }
}

/**
 * The mail server of the world outside, as long as no real one is configured: on loopback, at a port nobody knows, and
 * for mail of this installation only. Mail to one of our reply addresses comes in; all other mail is what we sent, and
 * lands in the built-in mailbox.
 */
@Injectable()
export class MailboxServer implements OnModuleInit, OnApplicationShutdown {
  private readonly log = new Logger('mailbox');
  private server: SMTPServer | null = null;

  constructor(
    private readonly config: Config,
    private readonly transport: MailTransport,
    private readonly addresses: ReplyAddresses,
    private readonly inbound: InboundMails,
    private readonly mailbox: MailboxService,
  ) {}

  /** The port it listens on; null when it does not. */
  get port(): number | null {
    const address = this.server?.server.address();
    return address && typeof address === 'object' ? address.port : null;
  }

  async onModuleInit(): Promise<void> {
    if (this.config.smtpUrl !== null) return;
    const server = new SMTPServer({
      name: 'mailbox.threadline.invalid',
      banner: 'Threadline built-in mailbox',
      disabledCommands: ['AUTH', 'STARTTLS'],
      disableReverseLookup: true,
      size: MAX_MAIL,
      maxClients: 50,
      socketTimeout: 60_000,
      closeTimeout: 1_000,
      logger: false,
      onConnect: (session, done) =>
        done(isLoopback(session.remoteAddress) ? null : new SmtpRefusal(554, 'not for you')),
      onRcptTo: ({ address }, session, done) => done(this.refusalOf(address, session)),
      onData: (stream, session, done) => {
        this.receive(stream, session).then(
          (reply) => done(null, reply),
          (error: unknown) => done(this.spoken(error)),
        );
      },
    });
    server.on('error', (error) => this.log.debug({ err: error }, 'a connection to the mailbox ended badly'));
    await new Promise<void>((resolve, reject) => {
      server.server.once('error', reject);
      server.listen(0, '127.0.0.1', () => resolve());
    });
    this.server = server;
    this.transport.useBuiltIn((server.server.address() as AddressInfo).port);
  }

  async onApplicationShutdown(): Promise<void> {
    const { server } = this;
    if (!server) return;
    this.server = null;
    this.transport.leaveBuiltIn();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  }

  private refusalOf(address: string, session: SMTPServerSession): Error | null {
    if (session.envelope.rcptTo.length > 0) return new SmtpRefusal(452, 'one recipient a mail, please');
    const toUs = this.addresses.takes(address);
    return toUs && !this.inbound.takes(address) ? new SmtpRefusal(550, 'there is no such address here') : null;
  }

  private async receive(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<string> {
    const raw = await bytesOf(stream);
    const { mailFrom, rcptTo } = session.envelope;
    const mail = { envelopeFrom: mailFrom ? mailFrom.address : '', envelopeTo: rcptTo[0]?.address ?? '', raw };
    if (this.addresses.takes(mail.envelopeTo)) {
      if (!(await this.inbound.take(mail))) throw new SmtpRefusal(550, 'no message of ours is known that this answers');
      return 'taken in';
    }
    if (!(await this.mailbox.take(mail))) throw new SmtpRefusal(550, 'this mailbox takes mail of its own house only');
    return 'in the mailbox';
  }

  private spoken(error: unknown): Error {
    if (error instanceof SmtpRefusal) return error;
    if (error instanceof UnreadableMail) return new SmtpRefusal(554, 'this mail cannot be read');
    this.log.warn({ err: error }, 'a mail could not be kept');
    return new SmtpRefusal(451, 'try again later');
  }
}

/** Reads it to its end, also when it is too large: the sender is told after the content, as the protocol has it. */
async function bytesOf(stream: SMTPServerDataStream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) {
    if (stream.sizeExceeded) chunks.length = 0;
    else chunks.push(chunk as Buffer);
  }
  if (stream.sizeExceeded) throw new SmtpRefusal(552, 'this mail is too large');
  return Buffer.concat(chunks);
}

function isLoopback(address: string): boolean {
  return isIPv6(address) ? address === '::1' || address.startsWith('::ffff:127.') : address.startsWith('127.');
}
