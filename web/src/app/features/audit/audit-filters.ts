import {
  AUDIT_OUTCOMES,
  type AuditOutcome,
  type AuditViewFilters,
  REF_KINDS,
  type RefKind,
} from '@threadline/contracts';
import type { AuditFilter } from '../../data/audit';
import { momentOf } from '../../shared/format';

/** The filters as they stand in the address bar. */
export type AuditParams = { readonly [F in keyof AuditViewFilters]?: string | undefined };

const DAY = 86_400_000;
/** Entries that come with every few words somebody types. */
const NOISE = 'draft';

/** Pure: what the address bar asks for; what it cannot mean is left out. */
export function filtersOf(params: AuditParams): AuditViewFilters {
  const { q, actorId, outcome, action, targetType, targetId, days, from, to, ip, requestId, drafts } = params;
  const back = Math.floor(Number(days));
  return present({
    q,
    actorId,
    outcome: oneOf(AUDIT_OUTCOMES, outcome) as AuditOutcome | undefined,
    action,
    targetType: oneOf(REF_KINDS, targetType) as RefKind | undefined,
    targetId,
    days: back > 0 ? back : undefined,
    from: back > 0 ? undefined : momentOf(from),
    to: back > 0 ? undefined : momentOf(to),
    ip,
    requestId,
    drafts: drafts === '1' ? true : undefined,
  });
}

/** Pure: filters as the address bar has them; null takes out what was there. */
export function queryOf(filters: AuditViewFilters): Record<keyof AuditViewFilters, string | null> {
  return {
    q: filters.q ?? null,
    actorId: filters.actorId ?? null,
    outcome: filters.outcome ?? null,
    action: filters.action ?? null,
    targetType: filters.targetType ?? null,
    targetId: filters.targetId ?? null,
    days: filters.days === undefined ? null : String(filters.days),
    from: filters.from ?? null,
    to: filters.to ?? null,
    ip: filters.ip ?? null,
    requestId: filters.requestId ?? null,
    drafts: filters.drafts ? '1' : null,
  };
}

/** Nothing is looked for. */
export const NO_FILTERS = queryOf({});

/** Pure: what the API is asked. Drafts are left out, unless they are asked for, or a whole request is. */
export function questionOf(filters: AuditViewFilters, now: number): AuditFilter {
  const { days, drafts: _, ...rest } = filters;
  return present({
    ...rest,
    from: days === undefined ? rest.from : new Date(now - days * DAY).toISOString(),
    without: hidesDrafts(filters) ? NOISE : undefined,
  });
}

/** Pure: whether entries of drafts are left out. */
export function hidesDrafts({ drafts, action, targetType, requestId }: AuditViewFilters): boolean {
  return !drafts && !action?.startsWith(NOISE) && targetType !== NOISE && requestId === undefined;
}

/** Pure: whether anything is looked for. That drafts are shown too is no search. */
export function isFiltered({ drafts: _, ...filters }: AuditViewFilters): boolean {
  return Object.values(filters).some((value) => value !== undefined);
}

export function sameFilters(one: AuditViewFilters, other: AuditViewFilters): boolean {
  return JSON.stringify(queryOf(one)) === JSON.stringify(queryOf(other));
}

function present<T extends object>(filters: T): T {
  return Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined && value !== '')) as T;
}

function oneOf(values: readonly string[], value: string | undefined): string | undefined {
  return value !== undefined && values.includes(value) ? value : undefined;
}
