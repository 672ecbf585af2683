import { describe, expect, it } from '@jest/globals';
import type { WebhookFilter } from '@threadline/contracts';
import { conditionsOf, headersOf, rowsOf } from './webhook-form.rules';

describe('conditions as people type them', () => {
  it('say numbers, true and null as such, and texts in quotes as texts', () => {
    const rows = [
      { field: 'data.lead.status', operator: '=' as const, value: ' qualified ' },
      { field: 'seq', operator: '>' as const, value: '10' },
      { field: 'data.code', operator: '=' as const, value: '"10"' },
      { field: 'data.on', operator: '!=' as const, value: 'true' },
      { field: 'data.tags', operator: 'in' as const, value: 'vip, 7, null' },
      { field: 'data.name', operator: 'contains' as const, value: '10' },
      { field: 'data.email', operator: 'exists' as const, value: 'left over' },
      { field: ' ', operator: '=' as const, value: 'x' },
    ];
    expect(conditionsOf(rows)).toEqual([
      { field: 'data.lead.status', operator: '=', value: 'qualified' },
      { field: 'seq', operator: '>', value: 10 },
      { field: 'data.code', operator: '=', value: '10' },
      { field: 'data.on', operator: '!=', value: true },
      { field: 'data.tags', operator: 'in', value: ['vip', 7, null] },
      { field: 'data.name', operator: 'contains', value: '10' },
      { field: 'data.email', operator: 'exists' },
    ]);
  });

  it('come back as they were', () => {
    const filters: WebhookFilter[] = [
      { field: 'a', operator: '=', value: '10' },
      { field: 'b', operator: 'in', value: ['true', 1, null] },
      { field: 'c', operator: 'contains', value: '10' },
      { field: 'd', operator: 'absent' },
    ];
    expect(conditionsOf(rowsOf(filters))).toEqual(filters);
  });

  it('headers are one a line', () => {
    expect(headersOf('X-Key: a:b\n\n x-other :c\nlost')).toEqual({ 'X-Key': 'a:b', 'x-other': 'c', lost: '' });
  });
});
