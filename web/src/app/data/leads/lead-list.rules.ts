import { type Lead, LEAD_STATUSES, leadActivity, withActivity } from '@threadline/contracts';
import type { EventOfStore } from '@threadline/live';
import type { LeadFilter, LeadOrder } from './leads.api';

/** The leads loaded so far, in the order of the filter, and where the rest begins. */
export interface LeadListState {
  items: readonly Lead[];
  nextCursor: string | null;
}

export const DEFAULT_ORDER: LeadOrder = '-createdAt';

const words = new Intl.Collator('und');

/** How the API orders leads: those without a value last either way, the id deciding between equals. */
export function compareLeads(order: LeadOrder = DEFAULT_ORDER): (a: Lead, b: Lead) => number {
  const turn = order.startsWith('-') ? -1 : 1;
  return (a, b) => {
    const gap = absence(order, a) - absence(order, b);
    return gap || turn * (compareValue(order, a, b) || (a.id < b.id ? -1 : Number(a.id > b.id)));
  };
}

function absence(order: LeadOrder, lead: Lead): number {
  switch (order) {
    case 'company':
    case '-company':
      return Number(lead.company === null);
    case 'lastActivityAt':
    case '-lastActivityAt':
      return Number(lead.lastActivityAt === null);
    default:
      return 0;
  }
}

function compareValue(order: LeadOrder, a: Lead, b: Lead): number {
  switch (order) {
    case 'name':
    case '-name':
      return words.compare(a.name, b.name);
    case 'company':
    case '-company':
      return words.compare(a.company ?? '', b.company ?? '');
    case 'status':
    case '-status':
      return LEAD_STATUSES.indexOf(a.status) - LEAD_STATUSES.indexOf(b.status);
    case 'createdAt':
    case '-createdAt':
      return compareText(a.createdAt, b.createdAt);
    case 'lastActivityAt':
    case '-lastActivityAt':
      return compareText(a.lastActivityAt ?? '', b.lastActivityAt ?? '');
  }
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function plain(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/gu, '')
    .toLowerCase();
}

/** Whether a list with this filter shows the lead. */
export function shows(filter: LeadFilter, lead: Lead): boolean {
  if (filter.status && lead.status !== filter.status) return false;
  if (filter.ownerId && lead.ownerId !== filter.ownerId) return false;
  const tag = filter.tag ? plain(filter.tag) : '';
  if (tag && !lead.tags.some((each) => plain(each) === tag)) return false;
  const q = plain(filter.q?.trim() ?? '');
  return !q || [lead.name, lead.email, lead.company, lead.phone].some((text) => plain(text ?? '').includes(q));
}

/** Where a lead belongs among others that are in order. */
function position(items: readonly Lead[], lead: Lead, compare: (a: Lead, b: Lead) => number): number {
  let from = 0;
  let to = items.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    const there = items[middle];
    if (there && compare(there, lead) < 0) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** Takes a lead out. */
export function without(state: LeadListState, id: string): LeadListState {
  const items = state.items.filter((lead) => lead.id !== id);
  return items.length === state.items.length ? state : { ...state, items };
}

/**
 * Puts a lead where it belongs: in, out, or somewhere else in the order. One that would stand behind the last loaded
 * row, while there are more to load, is left out: it comes with its page.
 */
export function place(state: LeadListState, lead: Lead, filter: LeadFilter): LeadListState {
  const others = without(state, lead.id);
  if (!shows(filter, lead)) return others;
  const at = position(others.items, lead, compareLeads(filter.sort));
  if (at === others.items.length && state.nextCursor !== null) return others;
  return { ...state, items: [...others.items.slice(0, at), lead, ...others.items.slice(at)] };
}

/** Pure: the list after an event. */
export function reduceLeads(
  state: LeadListState,
  event: EventOfStore<'leads' | 'messages'>,
  filter: LeadFilter,
): LeadListState {
  switch (event.type) {
    case 'lead.created':
    case 'lead.updated':
    case 'lead.status_changed':
    case 'lead.restored':
      return place(state, withKnownActivity(state, event.data.lead), filter);
    case 'lead.deleted':
    case 'lead.erased':
      return without(state, event.data.leadId);
    default:
      return active(state, event, filter);
  }
}

/** An event of a lead may know less of its activity than the list does by now. */
function withKnownActivity(state: LeadListState, lead: Lead): Lead {
  const known = state.items.find(({ id }) => id === lead.id)?.lastActivityAt ?? null;
  return known !== null && known > (lead.lastActivityAt ?? '') ? { ...lead, lastActivityAt: known } : lead;
}

function active(state: LeadListState, event: EventOfStore<'leads' | 'messages'>, filter: LeadFilter): LeadListState {
  const activity = leadActivity(event);
  const lead = activity && state.items.find(({ id }) => id === activity.leadId);
  if (!activity || !lead) return state;
  const moved = withActivity(lead, activity);
  return moved === lead ? state : place(state, moved, filter);
}

/** The list with its next page. */
export function withPage(state: LeadListState, page: LeadListState): LeadListState {
  const known = new Set(state.items.map(({ id }) => id));
  const fresh = page.items.filter(({ id }) => !known.has(id));
  return { items: [...state.items, ...fresh], nextCursor: page.nextCursor };
}
