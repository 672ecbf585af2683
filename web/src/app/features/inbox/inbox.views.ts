import { CheckCheck, Clock, Hourglass, Inbox, Layers, UserRound, UserRoundX, type IconNode } from 'lucide';
import type { ConversationFilter } from '../../data/conversations';
import type { TimeForm } from '../../shared/format';

export const VIEWS = ['open', 'mine', 'unassigned', 'pending', 'snoozed', 'resolved', 'all'] as const;
export type View = (typeof VIEWS)[number];

export interface ViewWords {
  label: string;
  icon: IconNode;
  /** What the list says when there is nothing in it. */
  empty: string;
  filter: ConversationFilter;
}

export const VIEW_WORDS: Record<View, ViewWords> = {
  open: {
    label: 'Open',
    icon: Inbox,
    empty: 'Nothing is open. What comes in, and what you write, stands here.',
    filter: { status: 'open' },
  },
  mine: {
    label: 'Mine',
    icon: UserRound,
    empty: 'Nothing open is yours. Take a conversation with A.',
    filter: { status: 'open', assigneeId: 'me' },
  },
  unassigned: {
    label: 'Unassigned',
    icon: UserRoundX,
    empty: 'Every open conversation has somebody who looks after it.',
    filter: { status: 'open', assigneeId: 'none' },
  },
  pending: {
    label: 'Pending',
    icon: Hourglass,
    empty: 'Nothing waits for a customer. Press P when the next word is theirs; their answer opens it again.',
    filter: { status: 'pending' },
  },
  snoozed: {
    label: 'Snoozed',
    icon: Clock,
    empty: 'Nothing is snoozed. Press S to bring a conversation back later.',
    filter: { status: 'snoozed' },
  },
  resolved: {
    label: 'Resolved',
    icon: CheckCheck,
    empty: 'Nothing is resolved yet. Press E when a conversation is done.',
    filter: { status: 'resolved' },
  },
  all: { label: 'All', icon: Layers, empty: 'No conversations yet. Write to a lead to begin one.', filter: {} },
};

export function isView(word: string): word is View {
  return (VIEWS as readonly string[]).includes(word);
}

/** A moment to snooze until, as a menu offers it: in words, and what they leave open. */
export interface Snooze {
  label: string;
  until: string;
  said: TimeForm;
}

const MORNING = 9;

/** Moments from now on, by the clock of this machine: in three hours, tomorrow and on Monday at nine (on a Sunday the same), in two weeks. */
export function snoozes(now: number): Snooze[] {
  const toMonday = (8 - new Date(now).getDay()) % 7 || 7;
  return [
    { label: 'In 3 hours', until: new Date(now + 3 * 3_600_000).toISOString(), said: 'clock' },
    { label: 'Tomorrow', until: tomorrowMorning(now), said: 'clock only' },
    ...(toMonday > 1 ? [{ label: 'Monday', until: morning(now, toMonday), said: 'clock' } as const] : []),
    { label: 'In two weeks', until: morning(now, 14), said: 'clock' },
  ];
}

/** By the clock of this machine. */
export function tomorrowMorning(now: number): string {
  return morning(now, 1);
}

function morning(now: number, days: number): string {
  const day = new Date(now);
  day.setDate(day.getDate() + days);
  day.setHours(MORNING, 0, 0, 0);
  return day.toISOString();
}
