import { Injectable } from '@nestjs/common';
import type { Lead, Message } from '@threadline/contracts';
import { v7 } from 'uuid';
import { ConversationsService, MessagesService, SendLedger } from '../modules/conversations';
import { DraftsService } from '../modules/drafts';
import { LeadsService } from '../modules/leads';
import { MailJudge } from '../modules/tracking';
import { webLinks } from '../platform/html';
import type { Tx } from '../platform/work';
import { ANSWERS, at, demoLead, FOLLOW_UPS, LETTERS } from './demo.cast';
import { demoHit } from './demo.hits';
import type { DemoStep } from './demo.plan';

/** Where one lead's story has come to. */
interface Story {
  lead: Lead;
  /** The newest message to the lead. */
  last?: Message;
}

type Step<D extends DemoStep['do']> = Extract<DemoStep, { do: D }>;

/** Tells the steps of the plan through the commands of the modules. */
@Injectable()
export class DemoStories {
  private readonly stories = new Map<number, Story>();

  constructor(
    private readonly leads: LeadsService,
    private readonly drafts: DraftsService,
    private readonly messages: MessagesService,
    private readonly conversations: ConversationsService,
    private readonly ledger: SendLedger,
    private readonly judge: MailJudge,
  ) {}

  /** One step, at the time and by the actor of `tx`. */
  async tell(tx: Tx, step: DemoStep): Promise<void> {
    switch (step.do) {
      case 'create':
        this.stories.set(step.lead, {
          lead: await this.leads.create(tx, { ...demoLead(step.lead), ownerId: tx.actor.id }),
        });
        return;
      case 'write': {
        const { subject, content } = at(LETTERS, step.letter);
        return this.write(tx, step.lead, content, subject);
      }
      case 'follow up':
        return this.write(tx, step.lead, at(FOLLOW_UPS, step.text), null);
      case 'open':
      case 'click':
        return this.hit(tx, step);
      case 'answer':
        return this.answer(tx, step);
      case 'status': {
        const { lead } = this.story(step.lead);
        await this.leads.change(tx, lead.id, { status: step.status });
        return;
      }
      case 'conversation':
        return this.change(tx, step);
    }
  }

  /** Something half written, for the first look at drafts. */
  async leaveADraft(tx: Tx): Promise<void> {
    const { lead } = this.story(9);
    const content = '<p>Yes, it runs on your own server. One question back: how many people will</p>';
    await this.drafts.save(tx, { leadId: lead.id, channel: 'email', subject: 'Re: Your question', content });
  }

  private async write(tx: Tx, number: number, content: string, subject: string | null): Promise<void> {
    const story = this.story(number);
    const fill = (text: string) =>
      text.replace('{first}', story.lead.name.split(' ')[0] ?? '').replace('{company}', story.lead.company ?? '');
    const { message } = await this.messages.send(tx, {
      leadId: story.lead.id,
      channel: 'email',
      subject: subject === null ? null : fill(subject),
      content: fill(content),
      undoSeconds: 0,
    });
    story.last = message;
    await this.handOver(tx, message.id);
  }

  /** As the sending module does it, only that no mail leaves: these people do not exist. */
  private async handOver(tx: Tx, id: string): Promise<void> {
    const token = v7();
    await this.ledger.claimDue(tx, { limit: 1, leaseMs: 60_000, token });
    await this.ledger.handed(tx, id, token, { at: tx.now, reply: '250 accepted (demo)', deliveredAt: tx.now });
  }

  private async hit(tx: Tx, step: Step<'open' | 'click'>): Promise<void> {
    const { last } = this.story(step.lead);
    if (!last) throw new Error('Nothing was written that could be read');
    const link = step.do === 'click' ? (webLinks(last.content)[0]?.href ?? null) : null;
    await this.judge.judge(tx, [demoHit(step.reader, { kind: step.do, at: tx.now, messageId: last.id, link })]);
  }

  private async answer(tx: Tx, step: Step<'answer'>): Promise<void> {
    const { lead, last } = this.story(step.lead);
    await this.messages.receive(tx, {
      leadId: lead.id,
      channel: 'email',
      subject: last?.subject ? `Re: ${last.subject}` : null,
      content: at(ANSWERS, step.text),
      receivedAt: tx.now,
      messageIdHeader: `<${v7()}@${lead.email?.split('@')[1] ?? 'demo.example'}>`,
      answers: last?.id ?? null,
      automatic: false,
    });
  }

  private async change(tx: Tx, step: Step<'conversation'>): Promise<void> {
    const { last } = this.story(step.lead);
    if (!last) throw new Error('There is no conversation to change');
    const changes = {
      assign: { assigneeId: tx.actor.id },
      resolve: { status: 'resolved' },
      wait: { status: 'pending' },
      urgent: { priority: 'urgent', tags: ['vip'] },
    } as const;
    const change = changes[step.change];
    await this.conversations.change(
      tx,
      last.conversationId,
      'tags' in change ? { ...change, tags: [...change.tags] } : change,
    );
  }

  private story(number: number): Story {
    const story = this.stories.get(number);
    if (!story) throw new Error(`The story of lead ${number} has not begun`);
    return story;
  }
}
