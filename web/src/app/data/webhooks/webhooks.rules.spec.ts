import { describe, expect, it } from '@jest/globals';
import type { Delivery, Page, Webhook } from '@threadline/contracts';
import type { EventOfStore } from '@threadline/live';
import { NOTHING_LISTED, reduceWebhooks, withFirstPage, withNextPage } from './webhooks.rules';

const webhook = (id: string, more: Partial<Webhook> = {}) =>
  ({ id, enabled: true, failingSince: null, oldSecretsUntil: [], ...more }) as unknown as Webhook;
const event = (type: string, data: object) =>
  ({ type, data, occurredAt: '2026-11-21T12:00:00.000Z' }) as unknown as EventOfStore<'activity'>;
const ids = (webhooks: readonly Webhook[]) => webhooks.map(({ id }) => id);

describe('the list of endpoints', () => {
  it('a new one comes first and once, a changed one stays where it is, a deleted one goes', () => {
    const after = reduceWebhooks([webhook('a')], event('webhook.created', { webhook: webhook('b') }));
    expect(ids(after)).toEqual(['b', 'a']);
    const off = reduceWebhooks(after, event('webhook.disabled', { webhook: webhook('a', { enabled: false }) }));
    expect([ids(off), off[1]?.enabled]).toEqual([['b', 'a'], false]);
    expect(ids(reduceWebhooks(off, event('webhook.deleted', { webhookId: 'b' })))).toEqual(['a']);
  });

  it('says since when one fails, until it is well again, and that a replaced secret still signs', () => {
    const failing = reduceWebhooks([webhook('a')], event('webhook.failing', { webhookId: 'a' }));
    expect(failing[0]?.failingSince).toBe('2026-11-21T12:00:00.000Z');
    expect(reduceWebhooks(failing, event('webhook.recovered', { webhookId: 'a' }))[0]?.failingSince).toBeNull();
    const rotated = event('webhook.secret_rotated', { webhookId: 'a', oldUntil: 'tomorrow' });
    const twice = reduceWebhooks(reduceWebhooks([webhook('a')], rotated), rotated);
    expect(twice[0]?.oldSecretsUntil).toEqual(['tomorrow']);
  });

  it('other events change nothing', () => {
    const list = [webhook('a')];
    expect(reduceWebhooks(list, event('lead.created', {}))).toBe(list);
  });
});

describe('deliveries on screen', () => {
  const page = (seqs: number[], nextCursor: string | null): Page<Delivery> => ({
    items: seqs.map((eventSeq) => ({ id: String(eventSeq), eventSeq }) as Delivery),
    nextCursor,
  });
  const seqs = ({ items }: { items: readonly Delivery[] | null }) => items?.map(({ eventSeq }) => eventSeq);

  it('older ones stay below when the newest are read again, each once', () => {
    const first = withFirstPage(NOTHING_LISTED, page([9, 8], 'c8'));
    const more = withNextPage(first, page([8, 7, 6], null));
    expect([seqs(more), more.cursor]).toEqual([[9, 8, 7, 6], null]);
    const again = withFirstPage(more, page([11, 10, 9, 8], 'x'));
    expect([seqs(again), again.cursor]).toEqual([[11, 10, 9, 8, 7, 6], null]);
  });

  it('when the page is all there is, nothing is below it', () => {
    const state = withFirstPage(NOTHING_LISTED, page([3, 2, 1], null));
    expect(seqs(withFirstPage(state, page([3], null)))).toEqual([3]);
  });
});
