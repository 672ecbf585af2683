import { leadActivity, ref, withActivity, type Envelope, type EventType, type Lead } from '@threadline/contracts';
import type { EventOfStore } from '@threadline/live';

/** A lead; `deleted` while it can still be restored. */
export interface LeadState {
  lead: Lead;
  deleted: boolean;
}

/** Pure: one lead after an event. */
export function reduceLead(state: LeadState, event: EventOfStore<'leads' | 'messages'>): LeadState {
  switch (event.type) {
    case 'lead.updated':
    case 'lead.status_changed':
      return event.data.lead.id === state.lead.id ? { lead: event.data.lead, deleted: false } : state;
    case 'lead.restored':
      return event.data.lead.id === state.lead.id ? { lead: event.data.lead, deleted: false } : state;
    case 'lead.erased':
      return event.data.leadId === state.lead.id ? { lead: erased(state.lead), deleted: true } : state;
    case 'lead.deleted':
      return event.data.leadId === state.lead.id ? { ...state, deleted: true } : state;
    default:
      return active(state, event);
  }
}

/** Pure: a lead of which nothing is known any more. */
function erased(lead: Lead): Lead {
  const nothing = { email: null, phone: null, company: null, title: null, tags: [], customFields: {} };
  return { ...lead, ...nothing, name: 'Erased lead' };
}

function active(state: LeadState, event: Envelope): LeadState {
  const activity = leadActivity(event);
  if (activity?.leadId !== state.lead.id) return state;
  const lead = withActivity(state.lead, activity);
  return lead === state.lead ? state : { ...state, lead };
}

/** What happened to one lead, newest first, and where the earlier begins. */
export interface TimelineState {
  events: readonly Envelope[];
  earlierCursor: string | null;
}

/** Events that stand on nobody's timeline: they are steps of another one, or not about the lead. */
const NOT_SHOWN: ReadonlySet<EventType> = new Set(['draft.saved', 'draft.cleared', 'session.started', 'session.ended']);

/** Pure: a lead's timeline after an event. */
export function reduceTimeline(state: TimelineState, event: Envelope, leadId: string): TimelineState {
  // What was said before names somebody who wants to be forgotten.
  if (event.type === 'lead.erased' && event.data.leadId === leadId) return { events: [event], earlierCursor: null };
  if (NOT_SHOWN.has(event.type) || !event.about.includes(ref('lead', leadId))) return state;
  if (state.events.some(({ id }) => id === event.id)) return state;
  return { ...state, events: [event, ...state.events].sort((a, b) => b.seq - a.seq) };
}

/** With a page of what came earlier. */
export function withEarlier(
  state: TimelineState,
  page: { items: readonly Envelope[]; nextCursor: string | null },
): TimelineState {
  const known = new Set(state.events.map(({ id }) => id));
  const earlier = page.items.filter(({ id }) => !known.has(id));
  return { events: [...state.events, ...earlier].sort((a, b) => b.seq - a.seq), earlierCursor: page.nextCursor };
}
