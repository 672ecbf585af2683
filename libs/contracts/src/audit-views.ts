import type { AuditOutcome } from './audit';
import type { RefKind } from './refs';

/** What a saved view of the audit log looks for: the filters of its screen. */
export interface AuditViewFilters {
  q?: string;
  actorId?: string;
  outcome?: AuditOutcome;
  /** A noun or an action: `lead`, `lead.updated`. */
  action?: string;
  targetType?: RefKind;
  targetId?: string;
  /** Days back from when it is looked at; stands for `from` and `to`. */
  days?: number;
  /** ISO 8601. */
  from?: string;
  to?: string;
  ip?: string;
  requestId?: string;
  /** True: entries of drafts are shown too. */
  drafts?: boolean;
}

export const AUDIT_VIEW_FILTERS = [
  'q',
  'actorId',
  'outcome',
  'action',
  'targetType',
  'targetId',
  'days',
  'from',
  'to',
  'ip',
  'requestId',
  'drafts',
] as const satisfies readonly (keyof AuditViewFilters)[];

/** A look at the audit log that was given a name. */
export interface AuditView {
  id: string;
  name: string;
  filters: AuditViewFilters;
  /** True: everybody who may read the audit log has it. */
  shared: boolean;
  owner: { id: string; name: string };
  createdAt: string;
  updatedAt: string;
}

/** What events tell of a view: what it looks for by its names alone, because a value may be somebody's name. */
export interface AuditViewTold {
  id: string;
  name: string;
  shared: boolean;
  ownerId: string;
  filters: (keyof AuditViewFilters)[];
}
