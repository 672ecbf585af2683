import { describe, expect, it } from '@jest/globals';
import type { Envelope, EventType } from '@threadline/contracts';
import { type ActivityState, MOST_LIVE, reduceActivity, withOlder } from './activity.rules';

const event = (seq: number, type: EventType = 'lead.created') => ({ seq, type, id: `event-${seq}` }) as Envelope;
const feed = (...seqs: number[]): ActivityState => ({ items: seqs.map((seq) => event(seq)), nextCursor: 'more' });
const seqs = ({ items }: ActivityState) => items.map(({ seq }) => seq);

describe('the activity feed', () => {
  it('puts what happens on top, each once', () => {
    const after = reduceActivity(feed(3, 1), event(4));
    expect(seqs(after)).toEqual([4, 3, 1]);
    expect(reduceActivity(after, event(4))).toBe(after);
  });

  it('leaves out what is one person’s own or told by another event', () => {
    const before = feed(1);
    expect(reduceActivity(before, event(2, 'draft.saved'))).toBe(before);
    expect(reduceActivity(before, event(3, 'engagement.judged'))).toBe(before);
  });

  it('lets go of the oldest when nobody asked for them', () => {
    const full = feed(...Array.from({ length: MOST_LIVE }, (_, at) => MOST_LIVE - at));
    const after = reduceActivity(full, event(MOST_LIVE + 1));
    expect(after.items).toHaveLength(MOST_LIVE);
    expect(after.items[0]?.seq).toBe(MOST_LIVE + 1);
  });

  it('goes on downwards with its next page', () => {
    const after = withOlder(feed(9, 8), { items: [event(8), event(7)], nextCursor: null });
    expect(seqs(after)).toEqual([9, 8, 7]);
    expect(after.nextCursor).toBeNull();
  });
});
