import type { Lead, LeadStatus } from '@threadline/contracts';

/** A lead as the driver gives it, with what LEAD_COLUMNS selects. */
export interface LeadRow {
  id: string;
  name: string;
  email: string | null;
  phone: string | null;
  company: string | null;
  title: string | null;
  status: LeadStatus;
  tags: string[];
  custom_fields: Lead['customFields'];
  owner_id: string | null;
  created_at: Date;
  updated_at: Date;
  deleted_at: Date | null;
  last_activity_at: Date | null;
}

/** Columns of `leads l`. */
export const LEAD_COLUMNS =
  'l.id, l.name, l.email, l.phone, l.company, l.title, l.status, l.tags, l.custom_fields, l.owner_id, l.created_at, l.updated_at, l.last_activity_at, l.deleted_at';

/** A row in the shape that everybody sees. */
export function toLead(row: LeadRow): Lead {
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    phone: row.phone,
    company: row.company,
    title: row.title,
    status: row.status,
    tags: row.tags,
    customFields: row.custom_fields,
    ownerId: row.owner_id,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
    lastActivityAt: row.last_activity_at?.toISOString() ?? null,
  };
}
