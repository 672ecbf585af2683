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
}

const SORTINGS: Record<LeadSort, Sorting> = {
  name: { column: 'l.name', type: 'text', nullable: false },
  company: { column: 'l.company', type: 'text', nullable: true },
  status: { column: 'l.status_rank', type: 'smallint', nullable: false },
  createdAt: { column: 'l.created_at', type: 'timestamptz', nullable: false },
  lastActivityAt: { column: 'l.last_activity_at', type: 'timestamptz', nullable: true },
};

/** How an order is asked of the database. */
export function orderOf(order: LeadOrder): Sorting & { direction: 'ASC' | 'DESC' } {
  const descending = order.startsWith('-');
  const field = (descending ? order.slice(1) : order) as LeadSort;
  return { ...SORTINGS[field], direction: descending ? 'DESC' : 'ASC' };
}
