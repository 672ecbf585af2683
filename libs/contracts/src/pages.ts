/** A page of a list. `nextCursor` is opaque; null at the end. */
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

/** Lists take `limit` from 1 to this; `DEFAULT_LIMIT` when absent. */
export const MAX_LIMIT = 200;
export const DEFAULT_LIMIT = 50;
