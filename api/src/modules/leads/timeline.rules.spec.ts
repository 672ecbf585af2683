import { describe, expect, it } from '@jest/globals';
import { PERMISSIONS } from '@threadline/contracts';
import { timelineTypes } from './timeline.rules';

describe('the timeline of a lead', () => {
  it('shows what happened to the lead, its conversations and messages', () => {
    const types = timelineTypes(new Set(PERMISSIONS));
    expect(types).toEqual(expect.arrayContaining(['lead.created', 'message.opened', 'conversation.assigned']));
    expect(types.filter((type) => /^(draft|session|member|workspace|user)\./.test(type))).toEqual([]);
  });

  it('shows no messages to somebody who may not read messages', () => {
    expect(timelineTypes(new Set(['leads:read'])).every((type) => type.startsWith('lead.'))).toBe(true);
  });
});
