import type { PrivacyRequest } from '@threadline/contracts';
import type { Tone } from '../../../shared/ui';

/** What became of a request, in a word. */
export function stateWords({ kind, state, stage }: PrivacyRequest): { word: string; tone: Tone } {
  switch (state) {
    case 'waiting':
      return { word: 'Waiting', tone: 'neutral' };
    case 'running':
      return { word: stage === null ? 'In progress' : STAGES[stage], tone: 'warn' };
    case 'done':
      return { word: kind === 'erase' ? 'Erased' : 'Exported', tone: 'good' };
    case 'failed':
      return { word: 'Failed', tone: 'bad' };
  }
}

const STAGES = {
  collect: 'Collecting',
  rows: 'Taking out rows',
  events: 'Going through the log',
  receipt: 'Signing the receipt',
} as const;

const THINGS: Readonly<Record<string, readonly [string, string]>> = {
  leads: ['lead', 'leads'],
  lead: ['lead', 'leads'],
  messages: ['message', 'messages'],
  conversations: ['conversation', 'conversations'],
  drafts: ['draft', 'drafts'],
  events: ['event in the log', 'events in the log'],
  hit_verdicts: ['open or click', 'opens and clicks'],
  opensAndClicks: ['open or click', 'opens and clicks'],
  inbound_mails: ['received mail', 'received mails'],
  receivedMails: ['received mail', 'received mails'],
  history: ['audit entry', 'audit entries'],
};

/** What was done, counted: "4 messages, 1 conversation, 12 events in the log". */
export function countWords(counts: Readonly<Record<string, number>>): string {
  const named = Object.entries(THINGS)
    .filter(([name]) => name !== 'leads' && name !== 'lead')
    .flatMap(([name, [one, many]]) => {
      const count = counts[name] ?? 0;
      return count === 0 ? [] : [`${count.toLocaleString('en')} ${count === 1 ? one : many}`];
    });
  return named.join(', ');
}
