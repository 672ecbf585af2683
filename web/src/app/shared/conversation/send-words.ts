import type { Message } from '@threadline/contracts';
import { clockTime, timeOf, type Reader } from '../format';
import { MESSAGE_STATUS_WORDS } from '../status';

/** One step of a message's way, as its line says it. */
export interface Step {
  key: 'waiting' | 'sent' | 'delivered' | 'back' | 'read' | 'clicked' | 'replied';
  text: string;
  /** The same for screen readers and hints, with "at". */
  spoken: string;
}

const CAME_BACK = MESSAGE_STATUS_WORDS.bounced.word;
const WAITING = MESSAGE_STATUS_WORDS.queued.word;

const WORDS: readonly { key: Step['key']; word: string; at: (message: Message) => string | null }[] = [
  { key: 'sent', word: 'Sent', at: (message) => message.sentAt },
  { key: 'delivered', word: 'Delivered', at: (message) => message.deliveredAt },
  { key: 'read', word: 'Read', at: (message) => message.openedAt },
  { key: 'clicked', word: 'Clicked', at: (message) => message.clickedAt },
  { key: 'replied', word: 'Replied', at: (message) => message.repliedAt },
];

/**
 * What happened to an own message so far, in order: "Sent 13:58 · Delivered · Read 14:03". The delivery's time is said
 * only to screen readers and on hover: it is the same moment, nearly always. What came back was not delivered after all.
 */
export function stepsOf(message: Message, reader: Reader): Step[] {
  const steps: Step[] = [];
  if (message.status === 'queued') steps.push({ key: 'waiting', text: WAITING, spoken: WAITING });
  if (message.status === 'sending') steps.push({ key: 'waiting', text: 'Sending…', spoken: 'Sending' });
  for (const { key, word, at } of WORDS) {
    const when = at(message);
    if (when === null || (key === 'delivered' && message.status === 'bounced')) continue;
    const text = key === 'delivered' ? word : `${word} ${short(when, message, reader)}`;
    steps.push({ key, text, spoken: `${word} at ${timeOf(when, reader)}` });
  }
  if (message.status === 'bounced') steps.push({ key: 'back', text: CAME_BACK, spoken: CAME_BACK });
  return steps;
}

/** The clock alone for what happened on the day the message was sent: its card says that day already. */
function short(when: string, message: Message, reader: Reader): string {
  const sameDay = when.slice(0, 10) === (message.sentAt ?? when).slice(0, 10);
  return sameDay ? clockTime(when, reader) : timeOf(when, reader);
}
