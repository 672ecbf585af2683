import { describe, expect, it } from '@jest/globals';
import type { Envelope, Lead } from '@threadline/contracts';
import type { EventOfStore } from '@threadline/live';
import { reduceLead, reduceTimeline, withEarlier } from './lead.rules';

const lead = (part: Partial<Lead> = {}): Lead => ({ id: 'lin', name: 'Lin', lastActivityAt: null, ...part }) as Lead;
const of = (type: string, data: object) => ({ type, data }) as EventOfStore<'leads' | 'messages'>;
const told = (seq: number, type = 'lead.updated', about = ['lead:lin']) =>
  ({ id: `e${seq}`, seq, type, about }) as unknown as Envelope;

describe('one lead', () => {
  it('is as its newest event tells it, and nobody else’s', () => {
    const state = { lead: lead(), deleted: false };
    expect(reduceLead(state, of('lead.updated', { lead: lead({ name: 'Linnea' }) })).lead.name).toBe('Linnea');
    expect(reduceLead(state, of('lead.updated', { lead: lead({ id: 'sam' }) }))).toBe(state);
  });

  it('can be restored as long as it is on the screen', () => {
    const deleted = reduceLead({ lead: lead(), deleted: false }, of('lead.deleted', { leadId: 'lin' }));
    expect(deleted.deleted).toBe(true);
    const erased = reduceLead({ lead: lead(), deleted: false }, of('lead.erased', { leadId: 'lin', requestId: 'r' }));
    expect(erased).toMatchObject({ deleted: true, lead: { name: 'Erased lead', email: null, phone: null } });
    expect(reduceLead(deleted, of('lead.restored', { lead: lead() })).deleted).toBe(false);
  });

  it('was last active when a message says so', () => {
    const message = { leadId: 'lin', createdAt: '2026-03-02T14:00:00.000Z' };
    const state = reduceLead({ lead: lead(), deleted: false }, of('message.received', { message }));
    expect(state.lead.lastActivityAt).toBe(message.createdAt);
    expect(reduceLead(state, of('message.received', { message }))).toBe(state);
    const undone = reduceLead(state, of('message.cancelled', { message, lastActivityAt: null }));
    expect(undone.lead.lastActivityAt).toBeNull();
  });
});

describe('a timeline', () => {
  const state = { events: [told(4), told(3)], earlierCursor: 'more' };
  const seqs = ({ events }: { events: readonly Envelope[] }): number[] => events.map(({ seq }) => seq);

  it('grows at its top, each event once, with what is about the lead', () => {
    expect(seqs(reduceTimeline(state, told(5), 'lin'))).toEqual([5, 4, 3]);
    expect(reduceTimeline(state, told(4), 'lin')).toBe(state);
    expect(reduceTimeline(state, told(5, 'lead.updated', ['lead:sam']), 'lin')).toBe(state);
  });

  it('grows at its end by what came earlier', () => {
    expect(withEarlier(state, { items: [told(3), told(2)], nextCursor: null })).toMatchObject({ earlierCursor: null });
    expect(seqs(withEarlier(state, { items: [told(3), told(2)], nextCursor: null }))).toEqual([4, 3, 2]);
  });
});
