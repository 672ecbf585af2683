import { describe, expect, it } from '@jest/globals';
import type { Envelope, WebhookFilter } from '@threadline/contracts';
import { filterErrors, matches } from './filter.rules';

const event = {
  ...{ id: 'e1', seq: 7, type: 'lead.updated', workspaceId: 'w1', occurredAt: '2026-11-21T12:00:00.000Z' },
  actor: { type: 'user', id: 'u1' },
  subject: { type: 'lead', id: 'l1' },
  about: ['lead:l1'],
  data: { lead: { name: 'Lin', status: 'qualified', tags: ['vip'], score: 7, email: null }, changed: ['status'] },
} as unknown as Envelope;

const on = (field: string, operator: string, value?: unknown) => ({ field, operator, value }) as WebhookFilter;

describe('a condition on an event', () => {
  it.each([
    [on('data.lead.status', '=', 'qualified'), true],
    [on('data.lead.status', '=', 'new'), false],
    [on('data.lead.status', '!=', 'new'), true],
    [on('data.lead.status', 'in', ['new', 'qualified']), true],
    [on('data.lead.name', 'contains', 'LI'), true],
    [on('data.lead.tags', 'contains', 'vip'), true],
    [on('data.lead.tags', 'contains', 'vi'), false],
    [on('data.lead.email', 'exists'), false],
    [on('data.lead.email', 'absent'), true],
    [on('data.lead.email', '=', null), true],
    [on('data.lead.score', '>', 6), true],
    [on('data.lead.score', '>=', 7), true],
    [on('data.lead.score', '<', '9'), false],
    [on('occurredAt', '<=', '2026-12-01'), true],
    [on('actor.type', '=', 'user'), true],
    [on('data.nothing.there', '=', 'x'), false],
    [on('data.constructor.name', 'exists'), false],
    [on('data.__proto__', 'exists'), false],
    [on('data.lead.name.length', 'exists'), false],
  ])('%j: %s', (filter, holds) => {
    expect(filterErrors([filter])).toEqual([]);
    expect(matches([filter], event)).toBe(holds);
  });

  it('all of them have to hold, and none holds always', () => {
    const yes = on('actor.type', '=', 'user');
    expect(matches([yes, on('seq', '>', 100)], event)).toBe(false);
    expect(matches([], event)).toBe(true);
  });

  it.each([
    [on('data..status', '=', 'x'), 'filters.0.field'],
    [on('data[0]', '=', 'x'), 'filters.0.field'],
    [on('a'.repeat(60), '=', 'x'), 'filters.0.field'],
    [on('data.x', 'like', 'x'), 'filters.0.operator'],
    [on('data.x', '=', { $gt: 1 }), 'filters.0.value'],
    [on('data.x', '='), 'filters.0.value'],
    [on('data.x', 'in', 'x'), 'filters.0.value'],
    [on('data.x', 'in', []), 'filters.0.value'],
    [on('data.x', 'exists', true), 'filters.0.value'],
    [on('data.x', '>', null), 'filters.0.value'],
    [on('data.x', '=', 'x'.repeat(501)), 'filters.0.value'],
  ])('%j is refused', (filter, path) => {
    expect(filterErrors([filter])).toMatchObject([{ path }]);
  });
});
