import { describe, expect, it } from '@jest/globals';
import type { Lead } from '@threadline/contracts';
import type { EventOfStore } from '@threadline/live';
import { compareLeads, type LeadListState, place, reduceLeads, shows, withPage, without } from './lead-list.rules';
import type { LeadFilter } from './leads.api';

type Happened = EventOfStore<'leads' | 'messages'>;

const lead = (id: string, part: Partial<Lead> = {}): Lead => ({
  id,
  name: `Lead ${id}`,
  email: `${id}@example.com`,
  phone: null,
  company: null,
  title: null,
  status: 'new',
  tags: [],
  customFields: {},
  ownerId: null,
  createdAt: `2026-01-0${id}T00:00:00.000Z`,
  updatedAt: `2026-01-0${id}T00:00:00.000Z`,
  lastActivityAt: null,
  ...part,
});

const state = (items: Lead[], nextCursor: string | null = null): LeadListState => ({ items, nextCursor });
const ids = ({ items }: LeadListState) => items.map(({ id }) => id);
const created = (about: Lead) => ({ type: 'lead.created', data: { lead: about } }) as Happened;
const opened = (leadId: string, openedAt: string) =>
  ({ type: 'message.opened', data: { message: { leadId, openedAt } } }) as Happened;

describe('a list of leads', () => {
  it('shows a new lead at its place in the order', () => {
    const before = state([lead('3'), lead('1')]);
    expect(ids(reduceLeads(before, created(lead('4')), {}))).toEqual(['4', '3', '1']);
    expect(ids(reduceLeads(before, created(lead('2')), {}))).toEqual(['3', '2', '1']);
    expect(ids(reduceLeads(before, created(lead('2')), { sort: 'createdAt' }))).toHaveLength(3);
  });

  it('leaves out what belongs to a page that is not loaded', () => {
    expect(ids(place(state([lead('5'), lead('4')], 'more'), lead('1'), {}))).toEqual(['5', '4']);
    expect(ids(place(state([lead('5'), lead('4')]), lead('1'), {}))).toEqual(['5', '4', '1']);
  });

  it('takes out what its filter no longer shows, and what was deleted', () => {
    const before = state([lead('2'), lead('1')]);
    const lost = { type: 'lead.status_changed', data: { lead: lead('2', { status: 'lost' }) } } as Happened;
    expect(ids(reduceLeads(before, lost, { status: 'new' }))).toEqual(['1']);
    const deleted = { type: 'lead.deleted', data: { leadId: '1', name: 'Lead 1' } } as Happened;
    expect(ids(reduceLeads(before, deleted, {}))).toEqual(['2']);
    expect(without(before, 'gone')).toBe(before);
  });

  it('moves a lead up when it becomes active, and never back', () => {
    const filter: LeadFilter = { sort: '-lastActivityAt' };
    const before = state([lead('2', { lastActivityAt: '2026-02-02T00:00:00.000Z' }), lead('1')]);
    const after = reduceLeads(before, opened('1', '2026-02-03T00:00:00.000Z'), filter);
    expect(ids(after)).toEqual(['1', '2']);
    expect(reduceLeads(after, opened('1', '2026-02-01T00:00:00.000Z'), filter)).toBe(after);
    const renamed = { type: 'lead.updated', data: { lead: lead('1', { name: 'Ada' }), changed: ['name'] } } as Happened;
    expect(reduceLeads(after, renamed, filter).items[0]).toMatchObject({
      name: 'Ada',
      lastActivityAt: '2026-02-03T00:00:00.000Z',
    });
  });

  it('moves a lead back when the message is taken back that made it active', () => {
    const filter: LeadFilter = { sort: '-lastActivityAt' };
    const before = state([
      lead('1', { lastActivityAt: '2026-02-03T00:00:00.000Z' }),
      lead('2', { lastActivityAt: '2026-02-02T00:00:00.000Z' }),
    ]);
    const cancelled = (lastActivityAt: string | null) =>
      ({ type: 'message.cancelled', data: { message: { leadId: '1' }, lastActivityAt } }) as Happened;
    expect(ids(reduceLeads(before, cancelled('2026-02-01T00:00:00.000Z'), filter))).toEqual(['2', '1']);
    expect(reduceLeads(before, cancelled(null), filter).items[1]?.lastActivityAt).toBeNull();
  });

  it('is the same object when nothing in it changes', () => {
    const before = state([lead('1')]);
    expect(reduceLeads(before, opened('9', '2026-02-03T00:00:00.000Z'), {})).toBe(before);
  });

  it('takes a page once', () => {
    const before = state([lead('3'), lead('2')], 'more');
    expect(ids(withPage(before, state([lead('2'), lead('1')])))).toEqual(['3', '2', '1']);
  });

  it('puts those without a value last, either way', () => {
    const leads = [lead('1'), lead('2', { company: 'Béta' }), lead('3', { company: 'alpha' })];
    expect(ids(state([...leads].sort(compareLeads('company'))))).toEqual(['3', '2', '1']);
    expect(ids(state([...leads].sort(compareLeads('-company'))))).toEqual(['2', '3', '1']);
    const statuses = [lead('1', { status: 'lost' }), lead('2', { status: 'contacted' }), lead('3')];
    expect(ids(state([...statuses].sort(compareLeads('status'))))).toEqual(['3', '2', '1']);
  });

  it.each<[LeadFilter, Partial<Lead>, boolean]>([
    [{ q: 'jose' }, { name: 'José Álvarez' }, true],
    [{ q: 'ÁLV' }, { name: 'Jose Alvarez' }, true],
    [{ q: 'nobody' }, { name: 'José' }, false],
    [{ tag: 'VIP' }, { tags: ['vip'] }, true],
    [{ tag: 'vip' }, { tags: ['vips'] }, false],
    [{ ownerId: 'ada' }, { ownerId: null }, false],
    [{ status: 'lost' }, { status: 'lost' }, true],
  ])('a list by %j shows one with %j: %s', (filter, part, expected) => {
    expect(shows(filter, lead('1', part))).toBe(expected);
  });
});
