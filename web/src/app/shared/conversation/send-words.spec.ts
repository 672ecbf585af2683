import { describe, expect, it } from '@jest/globals';
import type { Message } from '@threadline/contracts';
import { stepsOf } from './send-words';

const reader = { now: Date.parse('2026-03-02T15:00:00Z'), zone: 'UTC', locale: 'en-GB' };
const message = (part: Partial<Message>): Message =>
  ({
    status: 'queued',
    sentAt: null,
    deliveredAt: null,
    openedAt: null,
    clickedAt: null,
    repliedAt: null,
    ...part,
  }) as Message;
const line = (part: Partial<Message>): string =>
  stepsOf(message(part), reader)
    .map(({ text }) => text)
    .join(' · ');

describe('the line under an own message', () => {
  it('tells its way in order', () => {
    const way = { status: 'delivered', sentAt: '2026-03-02T13:58:00Z', deliveredAt: '2026-03-02T13:58:01Z' } as const;
    expect(line({})).toBe('Waiting to be sent');
    expect(line(way)).toBe('Sent 13:58 · Delivered');
    expect(line({ ...way, openedAt: '2026-03-02T14:03:00Z' })).toBe('Sent 13:58 · Delivered · Read 14:03');
  });

  it('says the day of what came on another one', () => {
    const sent = { status: 'sent', sentAt: '2026-02-27T13:58:00Z', openedAt: '2026-03-01T09:00:00Z' } as const;
    expect(line(sent)).toBe('Sent 13:58 · Read yesterday 09:00');
  });

  it('ends with having come back, whatever a server on the way had accepted', () => {
    const sent = { sentAt: '2026-03-02T13:58:00Z', deliveredAt: '2026-03-02T13:58:01Z' };
    expect(line({ ...sent, status: 'bounced' })).toBe('Sent 13:58 · Came back');
  });

  it('is spoken with "at"', () => {
    const [, read] = stepsOf(
      message({ status: 'sent', sentAt: '2026-03-02T13:58:00Z', openedAt: '2026-03-02T14:03:00Z' }),
      reader,
    );
    expect(read?.spoken).toBe('Read at 14:03');
  });
});
