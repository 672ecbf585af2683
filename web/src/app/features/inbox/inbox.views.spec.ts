import { describe, expect, it } from '@jest/globals';
import { CONVERSATION_STATUSES } from '@threadline/contracts';
import { isView, snoozes, VIEW_WORDS } from './inbox.views';

/** Local time, as a person's machine has it. */
const at = (day: number, hour: number): number => new Date(2026, 2, day, hour, 30).getTime();
const local = (iso: string): number[] => {
  const time = new Date(iso);
  return [time.getMonth() + 1, time.getDate(), time.getHours(), time.getMinutes()];
};

describe('the views of the inbox', () => {
  it('are known by their words in the address', () => {
    expect(isView('open')).toBe(true);
    expect(isView('01a1fdd9-01be-7243-80f1-a92701fe9231')).toBe(false);
  });

  it('have a place for each status a conversation can have', () => {
    const shown = CONVERSATION_STATUSES.map((status) =>
      Object.values(VIEW_WORDS).find((view) => view.filter.status === status),
    );
    expect(shown.map((view) => view?.label)).toEqual(['Open', 'Pending', 'Snoozed', 'Resolved']);
  });
});

describe('snoozing', () => {
  it('brings a conversation back at the moments people mean', () => {
    // A Tuesday.
    const [soon, tomorrow, monday, later] = snoozes(at(3, 14)).map(({ until }) => local(until));
    expect(soon).toEqual([3, 3, 17, 30]);
    expect(tomorrow).toEqual([3, 4, 9, 0]);
    expect(monday).toEqual([3, 9, 9, 0]);
    expect(later).toEqual([3, 17, 9, 0]);
  });

  it('means the next Monday on a Monday', () => {
    expect(local(snoozes(at(2, 8))[2]?.until ?? '')).toEqual([3, 9, 9, 0]);
  });

  it('offers Monday once on a Sunday, as tomorrow', () => {
    const offered = snoozes(at(8, 8));
    expect(offered.map(({ label }) => label)).toEqual(['In 3 hours', 'Tomorrow', 'In two weeks']);
    expect(local(offered[1]?.until ?? '')).toEqual([3, 9, 9, 0]);
  });
});
