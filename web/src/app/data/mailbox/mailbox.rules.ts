import type { Envelope, MailboxMail } from '@threadline/contracts';
import { whyOf } from '../../shared/status';

/** The mails loaded so far, newest first, and where older ones begin. */
export interface MailboxState {
  items: readonly MailboxMail[];
  nextCursor: string | null;
}

/** Whether an event says that the mailbox holds something new, or that a mail in it stands differently. */
export function movesMailbox(event: Envelope): boolean {
  switch (event.type) {
    case 'message.sent':
    case 'message.delivered':
    case 'message.received':
    case 'message.bounced':
    case 'engagement.judged':
      return true;
    default:
      return false;
  }
}

/** Whether an event is told to somebody by a mail of Threadline itself, which comes a moment later. */
export function isToldByMail(event: Envelope): boolean {
  switch (event.type) {
    case 'invitation.created':
    case 'invitation.resent':
    case 'user.password_changed':
    case 'user.profile_changed':
    case 'user.factor_added':
    case 'user.factor_removed':
    case 'api_key.exposed':
    case 'session.started':
      return true;
    default:
      return false;
  }
}

/** The list with one mail as it is now. */
export function withMail(state: MailboxState, mail: MailboxMail): MailboxState {
  const same = (each: MailboxMail): boolean => each.id === mail.id;
  if (!state.items.some(same)) return state;
  return { ...state, items: state.items.map((each) => (same(each) ? { ...each, ...marks(mail) } : each)) };
}

function marks({ openedAt, answeredAt, bouncedAt }: MailboxMail): Partial<MailboxMail> {
  return { openedAt, answeredAt, bouncedAt };
}

/** The list with its next page. */
export function withOlder(state: MailboxState, page: MailboxState): MailboxState {
  const known = new Set(state.items.map(({ id }) => id));
  return {
    items: [...state.items, ...page.items.filter(({ id }) => !known.has(id))],
    nextCursor: page.nextCursor,
  };
}

/** One thing that Threadline made of what was done to a mail, in words for people. */
export interface Aftermath {
  id: string;
  at: string;
  text: string;
  /** How often it happened. */
  count: number;
}

/** What an event means for the sender of this message; nothing for other messages and for what is no news. */
export function aftermathOf(event: Envelope, messageId: string): Aftermath[] {
  const tell = (text: string): Aftermath[] => [{ id: event.id, at: event.occurredAt, text, count: 1 }];
  if (!event.about.includes(`message:${messageId}`)) return [];
  switch (event.type) {
    case 'engagement.judged':
      return event.data.hits.map(({ id, kind, verdict, rule, at }) => ({
        id: `${event.id} ${id}`,
        at,
        text: `${KIND_WORDS[kind]} judged to be ${VERDICT_WORDS[verdict]}. ${whyOf({ rule })}`,
        count: 1,
      }));
    case 'message.delivered':
      return tell('Delivered to this mailbox');
    case 'message.opened':
      return tell('Counted as opened by a person');
    case 'message.clicked':
      return tell('Counted as clicked by a person');
    case 'message.engagement_withdrawn':
      return tell(`Took the ${event.data.kind} back: it was a machine’s`);
    case 'message.replied':
      return tell('Put the answer into the conversation');
    case 'message.bounced':
      return tell('Marked the message as come back');
    default:
      return [];
  }
}

/** What a mail filter that looked through a mail did. */
export function scanWords(requests: number, links: number): string {
  const what = links > 0 ? 'its picture and every link' : 'its picture';
  return `A mail filter loaded ${what} within a second: ${requests} ${requests === 1 ? 'request' : 'requests'}.`;
}

const KIND_WORDS = { open: 'An open', click: 'A click' } as const;
const VERDICT_WORDS = { human: 'a person’s', machine: 'a machine’s', unknown: 'a person’s or a machine’s' } as const;

/** What was told so far with what is new on top; the same thing again is counted, not repeated. */
export function tellMore(told: readonly Aftermath[], news: readonly Aftermath[]): readonly Aftermath[] {
  return news.reduce((list, each) => {
    const before = list.find(({ text }) => text === each.text);
    return [{ ...each, count: each.count + (before?.count ?? 0) }, ...list.filter((other) => other !== before)];
  }, told);
}
