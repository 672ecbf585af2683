import { describe, expect, it } from '@jest/globals';
import type { Envelope, MailboxMail } from '@threadline/contracts';
import {
  aftermathOf,
  type MailboxState,
  movesMailbox,
  scanWords,
  tellMore,
  withMail,
  withOlder,
} from './mailbox.rules';

const mail = (id: string, part: Partial<MailboxMail> = {}): MailboxMail => ({
  id,
  messageId: `message-${id}`,
  from: { id: 'mara', name: 'Mara', address: 'mara@example.com' },
  to: { id: 'lin', name: 'Lin', address: 'lin@example.com' },
  subject: 'Offer',
  receivedAt: `2026-01-0${id}T00:00:00.000Z`,
  preview: 'Hello',
  openedAt: null,
  answeredAt: null,
  bouncedAt: null,
  ...part,
});
const event = (part: object) => ({ id: 'e', occurredAt: '2026-01-01T00:00:00.000Z', ...part }) as unknown as Envelope;

describe('the built-in mailbox', () => {
  it('marks a mail where it stands, and knows no other', () => {
    const before: MailboxState = { items: [mail('2'), mail('1')], nextCursor: null };
    const after = withMail(before, mail('1', { openedAt: '2026-01-05T00:00:00.000Z', subject: 'Other' }));
    expect(after.items[1]).toMatchObject({ openedAt: '2026-01-05T00:00:00.000Z', subject: 'Offer' });
    expect(withMail(before, mail('9'))).toBe(before);
  });

  it('takes an older page once', () => {
    const before: MailboxState = { items: [mail('3'), mail('2')], nextCursor: 'more' };
    const after = withOlder(before, { items: [mail('2'), mail('1')], nextCursor: null });
    expect(after.items.map(({ id }) => id)).toEqual(['3', '2', '1']);
  });

  it('reads itself again when mail moves, not when a colleague types', () => {
    expect(movesMailbox(event({ type: 'message.delivered' }))).toBe(true);
    expect(movesMailbox(event({ type: 'draft.saved' }))).toBe(false);
  });

  it('says what a mail filter has loaded: links only where there are some', () => {
    expect(scanWords(3, 2)).toBe('A mail filter loaded its picture and every link within a second: 3 requests.');
    expect(scanWords(1, 0)).toBe('A mail filter loaded its picture within a second: 1 request.');
  });

  it('says what was made of each hit, for this message only', () => {
    const judged = event({
      type: 'engagement.judged',
      about: ['message:m', 'lead:l'],
      data: {
        hits: [
          { id: '1', kind: 'open', verdict: 'machine', rule: 'R9-too-fast', at: 'then' },
          { id: '2', kind: 'click', verdict: 'unknown', rule: 'R12-otherwise', at: 'then' },
        ],
      },
    });
    expect(aftermathOf(judged, 'm').map(({ text }) => text)).toEqual([
      'An open judged to be a machine’s. Within two seconds of delivery',
      'A click judged to be a person’s or a machine’s. Nothing tells which it was',
    ]);
    expect(aftermathOf(judged, 'other')).toEqual([]);
    const twice = tellMore(tellMore([], aftermathOf(judged, 'm')), aftermathOf(judged, 'm'));
    expect(twice.map(({ count }) => count)).toEqual([2, 2]);
  });
});
