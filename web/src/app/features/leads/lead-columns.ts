import type { Lead } from '@threadline/contracts';
import { kept } from '../../core/browser';
import type { TableColumn, TableDensity } from '../../shared/table';

/** Every column of the list of leads; the first is always there. */
export const LEAD_COLUMNS: readonly TableColumn<Lead>[] = [
  { id: 'name', label: 'Name', width: 200, grow: 3, sort: 'name' },
  { id: 'email', label: 'E-mail', width: 190, grow: 3, text: ({ email }) => email ?? '' },
  { id: 'company', label: 'Company', width: 150, grow: 2, sort: 'company', text: ({ company }) => company ?? '' },
  { id: 'title', label: 'Title', width: 140, grow: 2, text: ({ title }) => title ?? '' },
  { id: 'phone', label: 'Phone', width: 130, grow: 1, text: ({ phone }) => phone ?? '' },
  { id: 'status', label: 'Status', width: 116, sort: 'status' },
  { id: 'owner', label: 'Owner', width: 150, grow: 1 },
  { id: 'tags', label: 'Tags', width: 150, grow: 2 },
  { id: 'activity', label: 'Last activity', width: 112, align: 'end', sort: 'lastActivityAt' },
  { id: 'created', label: 'Added', width: 104, align: 'end', sort: 'createdAt' },
];

const HIDDEN = 'leads:hidden';
const DENSITY = 'leads:density';
const HIDDEN_AT_FIRST = ['title', 'phone'];

/** The columns this browser leaves out. */
export function hiddenColumns(): ReadonlySet<string> {
  const text = kept.read(HIDDEN);
  return new Set(text === null ? HIDDEN_AT_FIRST : text.split(',').filter(Boolean));
}

export function keepHidden(hidden: ReadonlySet<string>): void {
  kept.write(HIDDEN, [...hidden].join(','));
}

export function keptDensity(): TableDensity {
  return kept.read(DENSITY) === 'dense' ? 'dense' : 'normal';
}

export function keepDensity(density: TableDensity): void {
  kept.write(DENSITY, density);
}
