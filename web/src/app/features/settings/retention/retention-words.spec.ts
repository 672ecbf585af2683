import { describe, expect, it } from '@jest/globals';
import type { LegalHold, RetentionPreview } from '@threadline/contracts';
import { actionWords, choicesWith, heldWords, monthsWords, previewWords } from './retention-words';

const preview = (entries: number, held: number) => ({ entries, held }) as RetentionPreview;
const hold = (targets: string[], actorIds: string[] = []) => ({ targets, actorIds }) as LegalHold;

describe('the words of retention', () => {
  it('say how long', () => {
    expect([null, 1, 3, 12, 18, 24].map(monthsWords)).toEqual([
      'for ever',
      'for 1 month',
      'for 3 months',
      'for 1 year',
      'for 18 months',
      'for 2 years',
    ]);
  });

  it('offer what holds now, even if it is an odd number', () => {
    expect(choicesWith(18).map(({ value }) => value)).toContain('18');
    expect(choicesWith(12).filter(({ value }) => value === '12')).toHaveLength(1);
  });

  it('say what would go, and why the rest stays', () => {
    expect(previewWords(preview(1, 0))).toBe('1 entry would go.');
    expect(previewWords(preview(1200, 3))).toBe('1,200 entries would go; 3 more stay because of legal holds.');
    expect(previewWords(preview(0, 0))).toBe('Nothing is old enough to go.');
    expect(previewWords(preview(0, 5))).toContain('legal holds keep');
  });

  it('say what a hold keeps', () => {
    const names = (ref: string) => (ref === 'lead:1' ? 'Lin' : ref === 'user:ada' ? 'Ada' : null);
    expect(heldWords(hold([]), names)).toBe('Everything');
    expect(heldWords(hold(['lead:1'], ['ada']), names)).toBe('Lin, what Ada did');
    expect(heldWords(hold(['lead:2']), names)).toBe('One lead');
    expect(actionWords('lead.status_changed.v1')).toBe('Lead status changed');
  });
});
