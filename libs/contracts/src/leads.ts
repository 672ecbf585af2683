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
