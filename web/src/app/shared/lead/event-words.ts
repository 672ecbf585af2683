import type { Envelope, Member } from '@threadline/contracts';
import {
  ArrowLeftRight,
  Eye,
  Inbox,
  MailX,
  MousePointerClick,
  Pencil,
  Plus,
  Reply,
  SendHorizontal,
  Trash2,
  TriangleAlert,
  Undo2,
  UserRound,
  type IconNode,
} from 'lucide';
import { CONVERSATION_STATUS_WORDS, LEAD_STATUS_WORDS } from '../status';

/** One line of a timeline. */
export interface EventLine {
  icon: IconNode;
  text: string;
  /** Second line, in grey. */
  more: string;
  tone: 'plain' | 'accent' | 'bad';
}

type Members = ReadonlyMap<string, Member>;

/** Who did it, as a timeline says it. */
export function actorName({ actor }: Pick<Envelope, 'actor'>, members: Members, leadName: string): string {
  switch (actor.type) {
    case 'user':
      return members.get(actor.id)?.name ?? 'A colleague';
    case 'contact':
      return leadName;
    case 'api_key':
      return 'An integration';
    case 'system':
      return 'Threadline';
  }
}

const FIELD_WORDS: Readonly<Record<string, string>> = {
  name: 'name',
  email: 'e-mail address',
  phone: 'phone',
  company: 'company',
  title: 'title',
  tags: 'tags',
  ownerId: 'owner',
  customFields: 'fields',
};

const line = (icon: IconNode, text: string, more = '', tone: EventLine['tone'] = 'plain'): EventLine => ({
  icon,
  text,
  more,
  tone,
});

/** What an event says on a lead's timeline; null for what is only a step of another one. */
export function eventLine(event: Envelope, members: Members, leadName: string): EventLine | null {
  const who = actorName(event, members, leadName);
  return leadLine(event, who) ?? conversationLine(event, who, members) ?? messageLine(event, who);
}

function leadLine(event: Envelope, who: string): EventLine | null {
  switch (event.type) {
    case 'lead.created':
      return line(Plus, `${who} added the lead`);
    case 'lead.updated': {
      // A new status is told by its own event.
      const fields = event.data.changed.filter((field) => field !== 'status');
      const words = fields.flatMap((field) => FIELD_WORDS[field] ?? []);
      return words.length === 0 ? null : line(Pencil, `${who} changed ${words.join(', ')}`);
    }
    case 'lead.status_changed': {
      const { from, to } = event.data;
      return line(
        ArrowLeftRight,
        `${who} moved the lead to ${LEAD_STATUS_WORDS[to].word}`,
        `was ${LEAD_STATUS_WORDS[from].word}`,
      );
    }
    case 'lead.deleted':
      return line(Trash2, `${who} deleted the lead`, '', 'bad');
    case 'lead.erased':
      return line(Trash2, `${who} erased the lead`, '', 'bad');
    case 'lead.restored':
      return line(Undo2, `${who} restored the lead`);
    case 'lead.suppressed':
      return line(
        MailX,
        'Nothing is sent to the address any more',
        event.data.reason === 'complained' ? 'reported as spam' : 'came back for good',
        'bad',
      );
    case 'lead.suppression_lifted':
      return line(Undo2, `${who} allowed mail to the address again`, event.data.why);
    default:
      return null;
  }
}

function conversationLine(event: Envelope, who: string, members: Members): EventLine | null {
  switch (event.type) {
    case 'conversation.status_changed':
      if (event.actor.type === 'contact') return line(Inbox, `A message from ${who} reopened the conversation`);
      return line(
        Inbox,
        `${who} set the conversation to ${CONVERSATION_STATUS_WORDS[event.data.to].word.toLowerCase()}`,
      );
    case 'conversation.assigned': {
      const { to } = event.data;
      if (to !== null && event.actor.type === 'user' && event.actor.id === to) {
        return line(UserRound, `${who} took the conversation`);
      }
      const name = to === null ? 'nobody' : (members.get(to)?.name ?? 'a colleague');
      return line(UserRound, `${who} gave the conversation to ${name}`);
    }
    default:
      return null;
  }
}

function messageLine(event: Envelope, who: string): EventLine | null {
  switch (event.type) {
    case 'message.sent':
      return line(SendHorizontal, 'Mail sent', event.data.message.subject ?? '');
    case 'message.failed':
      return line(TriangleAlert, 'Mail not sent', event.data.message.failure ?? '', 'bad');
    case 'message.unknown':
      return line(TriangleAlert, 'Mail may not have been sent', event.data.message.failure ?? '', 'bad');
    case 'message.bounced':
      return line(TriangleAlert, 'Mail came back', event.data.message.failure ?? '', 'bad');
    case 'message.opened':
      return line(Eye, `${who} read`, event.data.message.subject ?? '', 'accent');
    case 'message.clicked':
      return line(MousePointerClick, `${who} followed a link`, event.data.link, 'accent');
    case 'message.received':
      return line(Reply, `${who} wrote`, event.data.message.subject ?? '', 'accent');
    case 'message.engagement_withdrawn':
      return line(
        Eye,
        event.data.kind === 'open' ? 'An open was a machine’s after all' : 'A click was a machine’s after all',
      );
    default:
      return null;
  }
}
