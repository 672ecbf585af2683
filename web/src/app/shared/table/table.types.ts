/** A column: what stands in its head, how wide it is, whether it sorts. */
export interface TableColumn<T> {
  id: string;
  label: string;
  /** Least width in pixels. */
  width: number;
  /** Share of the room that is left; 0 keeps the width. */
  grow?: number;
  /** Digits stand at the end and are tabular. */
  align?: 'start' | 'end';
  /** The name the API sorts by; the head becomes a button. */
  sort?: string;
  /** Left out on phones. */
  desk?: boolean;
  /** What a cell shows when there is no `ng-template tlCell` for the column. */
  text?: (row: T) => string;
}

export type TableDensity = 'normal' | 'dense';

/** What `{{ open }}` carries: the row, and whether a new tab was asked for (Ctrl/Cmd-click, middle button). */
export interface RowOpening<T> {
  row: T;
  newTab: boolean;
}

/** grid-template-columns for the columns shown; the first fixed track is the check box. */
export function tracks(columns: readonly TableColumn<never>[], selectable: boolean): string {
  const parts = columns.map((column) =>
    column.grow ? `minmax(${column.width}px, ${column.grow}fr)` : `${column.width}px`,
  );
  return [...(selectable ? ['36px'] : []), ...parts].join(' ');
}

/** Least width of a row, in pixels. */
export function leastWidth(columns: readonly TableColumn<never>[], selectable: boolean): number {
  return columns.reduce((sum, column) => sum + column.width, selectable ? 36 : 0);
}

/** The sort after a click on a column's head: up, then down, then none. */
export function nextSort(current: string, field: string): string {
  if (current === field) return `-${field}`;
  return current === `-${field}` ? '' : field;
}

/** The ids between two rows, both included, in the order of the list. */
export function idsBetween(ids: readonly string[], from: string, to: string): string[] {
  const start = ids.indexOf(from);
  const end = ids.indexOf(to);
  if (start < 0 || end < 0) return [to];
  return ids.slice(Math.min(start, end), Math.max(start, end) + 1);
}
