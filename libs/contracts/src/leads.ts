import type { Envelope } from './envelope';

export const LEAD_STATUSES = ['new', 'contacted', 'qualified', 'converted', 'lost'] as const;
export type LeadStatus = (typeof LEAD_STATUSES)[number];

/** A lead as the API answers it and as `lead.*` events carry it. */
export interface Lead {
  id: string;
  name: string;
  email: string | null;
  phone: string | null;
  company: string | null;
  title: string | null;
  status: LeadStatus;
  tags: string[];
  customFields: Record<string, string | number | boolean | null>;
  /** The member who owns the lead. */
  ownerId: string | null;
  createdAt: string;
  updatedAt: string;
  /** When something last passed between us and the lead: a message, an open, a click, a reply. */
  lastActivityAt: string | null;
}

export const LEAD_SORTS = ['name', 'company', 'status', 'createdAt', 'lastActivityAt'] as const;
export type LeadSort = (typeof LEAD_SORTS)[number];

/** When something passed between us and a lead; or, `takenBack`, when it last had once it turned out that it did not. */
export type LeadActivity =
  { leadId: string; at: string; takenBack: false } | { leadId: string; at: string | null; takenBack: true };

/**
 * When an event says its lead was active: a message, an open, a click. Null for events that say nothing of it.
 * A lead's `lastActivityAt` is the latest of these times; it moves without an event of its own, so live lists take it
 * from here.
 */
export function leadActivity(event: Envelope): LeadActivity | null {
  switch (event.type) {
    case 'message.queued':
    case 'message.received':
      return activity(event.data.message.leadId, event.data.message.createdAt);
    case 'message.cancelled':
      return { leadId: event.data.message.leadId, at: event.data.lastActivityAt, takenBack: true };
    case 'message.opened':
      return activity(event.data.message.leadId, event.data.message.openedAt);
    case 'message.clicked':
      return activity(event.data.message.leadId, event.data.message.clickedAt);
    default:
      return null;
  }
}

function activity(leadId: string, at: string | null): LeadActivity | null {
  return at === null ? null : { leadId, at, takenBack: false };
}

/** A lead with its `lastActivityAt` moved: to a later time, or back; the same one when that changes nothing. */
export function withActivity(lead: Lead, { at, takenBack }: LeadActivity): Lead {
  const moves = takenBack ? lead.lastActivityAt !== at : (lead.lastActivityAt ?? '') < at;
  return moves ? { ...lead, lastActivityAt: at } : lead;
}
