import { LEAD_SORTS, type LeadSort } from '@threadline/contracts';

/** A field to sort by, with a minus for the other way round. */
export type LeadOrder = LeadSort | `-${LeadSort}`;

export const LEAD_ORDERS: readonly LeadOrder[] = LEAD_SORTS.flatMap((sort): LeadOrder[] => [sort, `-${sort}`]);
export const DEFAULT_ORDER: LeadOrder = '-createdAt';

interface Sorting {
  /** What is sorted by; each has an index of (workspace_id, column, id). */
  column: string;
  type: 'text' | 'smallint' | 'timestamptz';
  /** Rows without a value stand last, in either direction. */
  nullable: boolean;
  /** From where the list is walked, and the lead's id there. */
  table: string;
  id: string;
}

const ACTIVE_LEADS = 'lead_activity a JOIN leads l ON l.workspace_id = a.workspace_id AND l.id = a.lead_id';

const SORTINGS: Record<LeadSort, Sorting> = {
  name: { column: 'l.name', type: 'text', nullable: false, table: 'leads l', id: 'l.id' },
  company: { column: 'l.company', type: 'text', nullable: true, table: 'leads l', id: 'l.id' },
  status: { column: 'l.status_rank', type: 'smallint', nullable: false, table: 'leads l', id: 'l.id' },
  createdAt: { column: 'l.created_at', type: 'timestamptz', nullable: false, table: 'leads l', id: 'l.id' },
  lastActivityAt: {
    column: 'a.last_activity_at',
    type: 'timestamptz',
    nullable: true,
    table: ACTIVE_LEADS,
    id: 'a.lead_id',
  },
};

/** How an order is asked of the database. */
export function orderOf(order: LeadOrder): Sorting & { direction: 'ASC' | 'DESC' } {
  const descending = order.startsWith('-');
  const field = (descending ? order.slice(1) : order) as LeadSort;
  return { ...SORTINGS[field], direction: descending ? 'DESC' : 'ASC' };
}
