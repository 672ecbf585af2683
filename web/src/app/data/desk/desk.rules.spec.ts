import { describe, expect, it } from '@jest/globals';
import type { Message } from '@threadline/contracts';
import { ApiProblem } from '../../core/api';
import { newestConfirmed, refusalWords, undoFound } from './desk.rules';

const NOW = Date.parse('2026-03-02T14:00:05.000Z');
const message = (id: string, part: Partial<Message> = {}): Message =>
  ({
    id,
    status: 'sent',
    authorId: 'mara',
    createdAt: '2026-03-02T14:00:00.000Z',
    undoUntil: null,
    ...part,
  }) as Message;

describe('a desk', () => {
  it('has seen the newest message that the server knows', () => {
    expect(newestConfirmed([message('1'), message('2'), message('3')], new Set(['3']))).toBe('2');
    expect(newestConfirmed([], new Set())).toBeNull();
  });

  it('offers after a reload to take back what has not left', () => {
    const waiting = message('2', { status: 'queued', undoUntil: '2026-03-02T14:00:10.000Z' });
    expect(undoFound([message('1'), waiting], 'mara', NOW)).toEqual({
      messageId: '2',
      until: NOW + 5_000,
      seconds: 10,
      busy: false,
    });
    expect(undoFound([waiting], 'tomas', NOW)).toBeNull();
    expect(undoFound([waiting], 'mara', NOW + 5_000)).toBeNull();
  });

  it('says why something did not happen', () => {
    const problem = (code: 'unreachable' | 'undo_expired' | 'no_address', detail?: string): ApiProblem =>
      new ApiProblem({ status: code === 'unreachable' ? 0 : 409, code, title: 'Title', detail });
    expect(refusalWords(problem('unreachable'))).toMatch(/Nothing is lost/u);
    expect(refusalWords(problem('undo_expired'))).toMatch(/already left/u);
    expect(refusalWords(problem('no_address', 'Lin has no e-mail address.'))).toBe('Lin has no e-mail address.');
  });
});
