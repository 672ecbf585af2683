import { CHANNEL_RULES, type Channel, type Message, type MessageStatus } from '@threadline/contracts';

/** Which status a message may take next. A message only ever moves forward. */
export const NEXT_STATUSES: Record<MessageStatus, readonly MessageStatus[]> = {
  queued: ['sending', 'cancelled'],
  sending: ['sent', 'delivered', 'failed', 'unknown', 'queued'],
  sent: ['delivered', 'bounced'],
  delivered: ['bounced'],
  // A late bounce or reply settles what the cut hand-over left open; sending again is a person's decision.
  unknown: ['sent', 'delivered', 'bounced', 'queued'],
  failed: ['queued'],
  cancelled: [],
  bounced: [],
  received: [],
};

export function mayBecome(from: MessageStatus, to: MessageStatus): boolean {
  return NEXT_STATUSES[from].includes(to);
}

/** What is wrong with a message that somebody wants to send; empty when nothing is. */
export function problemsOf(
  channel: Channel,
  readable: string,
  subject: string | null,
): { path: string; message: string }[] {
  const rules = CHANNEL_RULES[channel];
  const problems: { path: string; message: string }[] = [];
  if (readable.trim() === '') problems.push({ path: 'content', message: 'content must not be empty' });
  if (readable.length > rules.maxCharacters) {
    problems.push({ path: 'content', message: `content must be ${rules.maxCharacters} characters or fewer` });
  }
  if (subject !== null && !rules.hasSubject) {
    problems.push({ path: 'subject', message: `messages by ${channel} have no subject` });
  }
  return problems;
}

/** Messages after the one the sender had seen that came from a colleague: with these, the send is refused. */
export function collisions(newer: readonly Message[], senderId: string | null): Message[] {
  return newer.filter(
    ({ direction, status, authorId }) => direction === 'outbound' && status !== 'cancelled' && authorId !== senderId,
  );
}

/** The subject of an answer: the conversation's own, marked once. */
export function replySubject(subject: string | null): string | null {
  if (!subject) return null;
  return /^re:/i.test(subject) ? subject : `Re: ${subject}`;
}
