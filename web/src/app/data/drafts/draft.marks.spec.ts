import { describe, expect, it } from '@jest/globals';
import type { Draft } from '@threadline/contracts';
import type { EventOfStore } from '@threadline/live';
import { leadsWithDrafts, marksOf, reduceMarks } from './draft.marks';

const draft = (leadId: string, revision: number): Draft =>
  ({ leadId, channel: 'email', revision, content: 'x' }) as Draft;
const event = (type: 'draft.saved' | 'draft.cleared', leadId: string, revision: number) =>
  ({
    type,
    actor: { type: 'user', id: 'tomas' },
    data: { leadId, channel: 'email', revision, clientId: 'c', reason: 'sent' },
  }) as unknown as EventOfStore<'drafts'>;

describe('the marks of drafts', () => {
  it('stand at the leads that have one', () => {
    const marks = marksOf([draft('lin', 1), draft('sam', 4)]);
    const after = [event('draft.cleared', 'sam', 5), event('draft.saved', 'ida', 1)].reduce(reduceMarks, marks);
    expect([...leadsWithDrafts(after)].sort()).toEqual(['ida', 'lin']);
  });

  it('know a text only as long as it is the newest', () => {
    const marks = marksOf([draft('lin', 1)]);
    expect(marks.get('lin/email')?.draft).not.toBeNull();
    expect(reduceMarks(marks, event('draft.saved', 'lin', 2)).get('lin/email')).toMatchObject({
      draft: null,
      revision: 2,
    });
  });

  it('know who threw a text away, and nobody for one that was sent', () => {
    const sent = event('draft.cleared', 'lin', 2);
    const discarded = { ...sent, data: { ...sent.data, reason: 'discarded' } } as EventOfStore<'drafts'>;
    const by = [sent, discarded].map((each) => reduceMarks(new Map(), each).get('lin/email')?.clearedBy);
    expect(by).toEqual([null, 'tomas']);
  });

  it('do not move for what they have seen', () => {
    const marks = marksOf([draft('lin', 3)]);
    expect(reduceMarks(marks, event('draft.saved', 'lin', 3))).toBe(marks);
  });
});
