import { type Envelope, isActivity } from '@threadline/contracts';

/** What happened, newest first, and where what is older begins. */
export interface ActivityState {
  items: readonly Envelope[];
  nextCursor: string | null;
}

/** Rows that are kept while nobody scrolls; older ones are read again when they are wanted. */
export const MOST_LIVE = 500;

/** Pure: the feed after an event. */
export function reduceActivity(state: ActivityState, event: Envelope): ActivityState {
  if (!isActivity(event)) return state;
  const newest = state.items[0];
  if (newest && newest.seq >= event.seq) return state;
  return { ...state, items: [event, ...state.items].slice(0, Math.max(MOST_LIVE, state.items.length)) };
}

/** The feed with what came before it. */
export function withOlder(state: ActivityState, page: ActivityState): ActivityState {
  const oldest = state.items.at(-1);
  const older = oldest ? page.items.filter(({ seq }) => seq < oldest.seq) : page.items;
  return { items: [...state.items, ...older], nextCursor: page.nextCursor };
}
