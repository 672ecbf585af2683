import { randomUUID } from 'node:crypto';
import type { EventDataMap, HitKind, Lead, LeadStatus, Message, Verdict } from '@threadline/contracts';
import type { Person, TestApp } from '../../../test';
import { systemActor } from '../../platform/access';
import { type Tx, UnitOfWork } from '../../platform/work';
import { ConversationsService, MessageMarks, MessagesService, SendLedger } from '../../modules/conversations';
import { LeadsService } from '../../modules/leads';

type Judgement = Partial<EventDataMap['engagement.judged']['hits'][number]> & { verdict: Verdict };

/** Makes things happen in somebody's workspace through the commands, at any time, each in one commit. */
export class Story {
  constructor(
    private readonly app: TestApp,
    readonly person: Person,
  ) {}

  act<T>(work: (tx: Tx) => Promise<T>, at?: Date): Promise<T> {
    const actor = systemActor(this.person.workspaceId, 'test');
    return this.app.get(UnitOfWork).run(actor, (tx) => work(at ? tx.at(at) : tx));
  }

  lead(status: LeadStatus = 'new', at?: Date): Promise<Lead> {
    const id = randomUUID().slice(0, 8);
    const wanted = { name: `Lead ${id}`, email: `${id}@example.com`, status };
    return this.act((tx) => this.app.get(LeadsService).create(tx, wanted), at);
  }

  changeLead(id: string, status: LeadStatus, at?: Date): Promise<Lead> {
    return this.act((tx) => this.app.get(LeadsService).change(tx, id, { status }), at);
  }

  deleteLead(id: string, at?: Date): Promise<void> {
    return this.act((tx) => this.app.get(LeadsService).delete(tx, id), at);
  }

  restoreLead(id: string): Promise<Lead> {
    return this.act((tx) => this.app.get(LeadsService).restore(tx, id));
  }

  resolve(conversationId: string, at?: Date): Promise<unknown> {
    return this.act((tx) => this.app.get(ConversationsService).change(tx, conversationId, { status: 'resolved' }), at);
  }

  /** Written and taken by the mail server in one go, so that nothing else sends it. */
  send(lead: Lead, at = this.app.clock.now()): Promise<Message> {
    return this.act(async (tx) => {
      const { message } = await this.app
        .get(MessagesService)
        .send(tx, { leadId: lead.id, channel: 'email', subject: 'Hello', content: 'How are you?', undoSeconds: 0 });
      const token = randomUUID();
      const ledger = this.app.get(SendLedger);
      await ledger.claimDue(tx, { limit: 100, leaseMs: 60_000, token });
      await ledger.handed(tx, message.id, token, { at, reply: '250 ok' });
      return message;
    }, at);
  }

  open(message: Message, at = this.app.clock.now()): Promise<boolean> {
    const mark = { messageId: message.id, at, hitId: randomUUID() };
    return this.act((tx) => this.app.get(MessageMarks).markOpened(tx, mark), at);
  }

  click(message: Message, at = this.app.clock.now()): Promise<boolean> {
    const mark = { messageId: message.id, at, hitId: randomUUID(), link: 'https://example.com' };
    return this.act((tx) => this.app.get(MessageMarks).markClicked(tx, mark), at);
  }

  withdraw(message: Message, kind: HitKind): Promise<void> {
    return this.act((tx) =>
      this.app.get(MessageMarks).withdraw(tx, { messageId: message.id, kind, hitId: randomUUID() }),
    );
  }

  reply(message: Message, at = this.app.clock.now()): Promise<Message | undefined> {
    return this.act(
      (tx) =>
        this.app.get(MessagesService).receive(tx, {
          leadId: message.leadId,
          channel: 'email',
          subject: 'Re: Hello',
          content: 'Fine, thanks.',
          receivedAt: at,
          messageIdHeader: `<${randomUUID()}@example.com>`,
          answers: message.id,
          automatic: false,
        }),
      at,
    );
  }

  judge(message: Message, ...hits: Judgement[]): Promise<unknown> {
    return this.act(async (tx) =>
      tx.append({
        type: 'engagement.judged',
        subject: { type: 'message', id: message.id },
        about: [`message:${message.id}`, `lead:${message.leadId}`],
        data: {
          messageId: message.id,
          leadId: message.leadId,
          hits: hits.map((hit) => ({
            id: randomUUID(),
            kind: 'open',
            rule: 'R11',
            at: tx.now.toISOString(),
            previous: null,
            ...hit,
          })),
        },
      }),
    );
  }

  /** A month of everything, some of it taken back again. */
  async month(days = 30): Promise<void> {
    const day = (ago: number) => new Date(this.app.clock.millis() - ago * 86_400_000);
    for (let ago = days; ago >= 0; ago -= 3) {
      const lead = await this.lead(ago % 2 ? 'new' : 'qualified', day(ago));
      const message = await this.send(lead, day(ago));
      const second = await this.send(lead, day(ago));
      await this.judge(message, { verdict: 'machine' }, { verdict: 'unknown', at: day(ago).toISOString() });
      if (ago % 2) {
        await this.judge(second, { verdict: 'human', kind: 'click' });
        await this.open(second, day(Math.max(ago - 2, 0)));
        await this.click(second, day(Math.max(ago - 2, 0)));
        await this.changeLead(lead.id, 'converted', day(Math.max(ago - 4, 0)));
      }
      if (ago % 4 === 0) await this.reply(message, day(Math.max(ago - 1, 0)));
      if (ago % 5 === 0) await this.resolve(message.conversationId, day(Math.max(ago - 1, 0)));
      if (ago % 9 === 0 && ago % 2) await this.withdraw(second, 'open');
      if (ago % 12 === 0) await this.deleteLead(lead.id, day(Math.max(ago - 6, 0)));
      if (ago === 12) await this.restoreLead(lead.id);
    }
  }
}
