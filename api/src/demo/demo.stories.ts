import { Injectable } from '@nestjs/common';
import type { Lead, Message } from '@threadline/contracts';
import { v7 } from 'uuid';
import { ConversationsService, MessagesService, SendLedger } from '../modules/conversations';
import { DraftsService } from '../modules/drafts';
import { LeadsService } from '../modules/leads';
import { MailJudge } from '../modules/tracking';
import { textOfHtml, webLinks } from '../platform/html';
import type { Tx } from '../platform/work';
import { at, demoLead } from './demo.cast';
import { demoHit } from './demo.hits';
import { ANSWERS, LETTERS, REMINDERS } from './demo.letters';
import type { DemoStep } from './demo.step';

/** Where one lead's story has come to. */
interface Story {
  lead: Lead;
  /** The newest message to the lead. */
  last?: Message;
  reminders: number;
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
          reminders: 0,
        });
        return;
      case 'letter': {
        const { subject, content } = at(LETTERS, step.lead * 3 + Math.floor(step.lead / LETTERS.length));
        return this.write(tx, step.lead, content, subject);
      }
      case 'reminder': {
        const story = this.story(step.lead);
        story.reminders += 1;
        return this.write(tx, step.lead, at(REMINDERS, step.lead + story.reminders));
      }
      case 'follow up':
        return this.write(tx, step.lead, backTo(step.answer));
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
      case 'snooze':
        await this.conversations.change(tx, this.lastOf(step.lead).conversationId, {
          status: 'snoozed',
          snoozedUntil: new Date(step.until).toISOString(),
        });
        return;
      case 'draft':
        return this.leaveADraft(tx, step);
    }
  }

  /** Something half written, for the first look at drafts. */
  private async leaveADraft(tx: Tx, step: Step<'draft'>): Promise<void> {
    const { lead, last } = this.story(step.lead);
    const letter = step.answer === null ? at(REMINDERS, step.lead) : backTo(step.answer);
    const whole = textOfHtml(fill(letter, lead)).replace(/\s+/g, ' ');
    const content = `<p>${whole.slice(0, whole.lastIndexOf(' ', whole.length / 2))}</p>`;
    await this.drafts.save(tx, { leadId: lead.id, channel: 'email', subject: again(last), content });
  }

  private async write(tx: Tx, number: number, content: string, subject?: string): Promise<void> {
    const story = this.story(number);
    const { message } = await this.messages.send(tx, {
      leadId: story.lead.id,
      channel: 'email',
      subject: subject === undefined ? again(story.last) : fill(subject, story.lead),
      content: fill(content, story.lead),
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
    const last = this.lastOf(step.lead);
    const link = step.do === 'click' ? (webLinks(last.content)[0]?.href ?? null) : null;
    await this.judge.judge(tx, [demoHit(step.reader, { kind: step.do, at: tx.now, messageId: last.id, link })]);
  }

  private async answer(tx: Tx, step: Step<'answer'>): Promise<void> {
    const { lead } = this.story(step.lead);
    const last = this.lastOf(step.lead);
    await this.messages.receive(tx, {
      leadId: lead.id,
      channel: 'email',
      subject: again(last),
      content: at(ANSWERS, step.answer).says,
      receivedAt: tx.now,
      messageIdHeader: `<${v7()}@${lead.email?.split('@')[1] ?? 'demo.example'}>`,
      answers: last.id,
      automatic: false,
    });
  }

  private async change(tx: Tx, step: Step<'conversation'>): Promise<void> {
    const last = this.lastOf(step.lead);
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

  private lastOf(number: number): Message {
    const { last } = this.story(number);
    if (!last) throw new Error(`Nothing was written to lead ${number} yet`);
    return last;
  }

  private story(number: number): Story {
    const story = this.stories.get(number);
    if (!story) throw new Error(`The story of lead ${number} has not begun`);
    return story;
  }
}

function fill(text: string, lead: Lead): string {
  return text.replaceAll('{first}', lead.name.split(' ')[0] ?? '').replaceAll('{company}', lead.company ?? '');
}

/** The subject of what goes on. */
function again(last: Message | undefined): string | null {
  const subject = last?.subject ?? null;
  return subject === null || subject.startsWith('Re: ') ? subject : `Re: ${subject}`;
}

function backTo(answer: number): string {
  const { back } = at(ANSWERS, answer);
  if (back === null) throw new Error('Nothing goes back to those who want no more');
  return back;
}
