import { randomUUID } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { systemActor } from '../../platform/access';
import { Clock } from '../../platform/clock';
import { Config } from '../../platform/config';
import { type HandOver, MAIL_DEADLINE, MailTransport } from '../../platform/outbound';
import { type SealedColumn, SecretBox } from '../../platform/secrets';
import { UnitOfWork } from '../../platform/work';
import { AccountMailLedger, type ClaimedMail, type MailOutcome } from './account-mail.ledger';
import { pauseAfter, type WrittenMail } from './account-mail.rules';

/** A claim outlasts the hand-over and the writing down of its outcome. */
const LEASE_MS = MAIL_DEADLINE + 30_000;

/** What the body of a mail is sealed for. */
export function sealedAbout(id: string): string {
  return `account-mail:${id}`;
}

/** For the rotation of APP_SECRET. */
export const SEALED_MAILS: SealedColumn = {
  table: 'account_mails',
  column: 'body',
  key: ['workspace_id', 'id'],
  about: (row) => sealedAbout(row['id'] ?? ''),
};

/** Hands the product's own mails to the mail server, one after the other for each workspace. */
@Injectable()
export class AccountPost {
  private readonly log = new Logger('account mail');
  /** The work in hand, by workspace. */
  private readonly rounds = new Map<string, { again: boolean; done: Promise<void> }>();
  private open = true;

  constructor(
    private readonly work: UnitOfWork,
    private readonly ledger: AccountMailLedger,
    private readonly transport: MailTransport,
    private readonly secrets: SecretBox,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /** Sends what is due in a workspace. */
  deliver(workspaceId: string): Promise<void> {
    const running = this.rounds.get(workspaceId);
    if (running) {
      running.again = true;
      return running.done;
    }
    const round = { again: false, done: Promise.resolve() };
    this.rounds.set(workspaceId, round);
    round.done = this.sendAll(workspaceId, round);
    return round.done;
  }

  /** Sends what is due everywhere. Answers whether there was anything. */
  async drain(): Promise<boolean> {
    const due = this.transport.ready ? await this.ledger.workspacesDue(this.clock.now()) : [];
    const running = [...this.rounds.values()].map(({ done }) => done);
    await Promise.all([...running, ...due.map((workspaceId) => this.deliver(workspaceId))]);
    return due.length > 0 || running.length > 0;
  }

  /** Begins no further mail, and waits for the one in hand: a mail server that hangs is given up by its own deadline. */
  async close(): Promise<void> {
    this.open = false;
    await Promise.allSettled([...this.rounds.values()].map(({ done }) => done));
  }

  private async sendAll(workspaceId: string, round: { again: boolean }): Promise<void> {
    try {
      do {
        round.again = false;
        while (this.open && this.transport.ready && (await this.sendNext(workspaceId)));
      } while (round.again && this.open);
    } finally {
      this.rounds.delete(workspaceId);
    }
  }

  /** Answers whether there was a mail to send. */
  private async sendNext(workspaceId: string): Promise<boolean> {
    const actor = systemActor(workspaceId, 'account-mail');
    const token = randomUUID();
    const until = new Date(this.clock.millis() + LEASE_MS);
    const mail = await this.work.run(actor, (tx) => this.ledger.claim(tx, token, until));
    if (!mail) return false;
    const result = this.judge(await this.handOver(mail), mail.attempt);
    if (result.state !== 'handed') this.log.warn({ workspaceId, mailId: mail.id, ...result }, 'a mail did not leave');
    // Not written down, the claim runs out and the mail is sent once more: rather twice than never.
    await this.work.run(actor, (tx) => this.ledger.settle(tx, mail.id, token, result));
    return true;
  }

  private async handOver({ id, to, body, messageIdHeader }: ClaimedMail): Promise<HandOver> {
    let written: WrittenMail;
    try {
      written = JSON.parse(this.secrets.open(body, sealedAbout(id))) as WrittenMail;
    } catch (error) {
      this.log.error({ err: error, mailId: id }, 'a mail cannot be unsealed');
      return { outcome: 'refused', reason: 'it was sealed with a secret that this installation no longer has' };
    }
    return this.transport.send({
      messageId: messageIdHeader,
      date: this.clock.now(),
      from: { name: 'Threadline', address: this.config.mailFrom },
      to,
      replyTo: null,
      returnPath: this.config.mailFrom,
      ...written,
      inReplyTo: null,
      references: [],
      unsubscribeUrl: null,
      headers: { 'Auto-Submitted': 'auto-generated' },
    });
  }

  private judge(result: HandOver, attempt: number): MailOutcome {
    switch (result.outcome) {
      case 'taken':
        return { state: 'handed', outcome: result.reply };
      case 'refused':
        return { state: 'failed', outcome: result.reason };
      case 'unknown':
      case 'later': {
        const pause = pauseAfter(attempt);
        if (pause === null) return { state: result.outcome === 'later' ? 'failed' : 'unknown', outcome: result.reason };
        return { state: 'queued', outcome: result.reason, again: new Date(this.clock.millis() + pause) };
      }
    }
  }
}
