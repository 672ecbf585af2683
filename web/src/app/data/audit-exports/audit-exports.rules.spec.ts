import { describe, expect, it } from '@jest/globals';
import type { AuditExport } from '@threadline/contracts';
import { type AuditOutlets, withProgress } from './audit-exports.rules';

const state = (more: Partial<AuditExport>): AuditOutlets => ({
  exports: [{ id: 'a', state: 'queued', done: 0, total: 10, ...more } as AuditExport],
  schedules: [],
  streams: [],
  delivery: { recipientIds: [], every: 'day', mailedAt: null },
});

describe('exports on screen', () => {
  it('move with what is told of them, never back', () => {
    const moved = withProgress(state({}), { taskId: 'a', done: 5, total: 10, secondsLeft: 3 });
    expect(moved.exports[0]).toMatchObject({ state: 'running', done: 5, secondsLeft: 3 });
    expect(withProgress(moved, { taskId: 'a', done: 4, total: 10, secondsLeft: 4 })).toBe(moved);
  });

  it('stay as they are when they are finished, or another one is meant', () => {
    const done = state({ state: 'done', done: 10 });
    expect(withProgress(done, { taskId: 'a', done: 10, total: 10, secondsLeft: 0 })).toBe(done);
    expect(withProgress(done, { taskId: 'b', done: 1, total: 2, secondsLeft: null })).toBe(done);
  });
});
