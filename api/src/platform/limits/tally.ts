/** How often something happened, and when that begins to be forgotten. */
export interface Count {
  count: number;
  /** Milliseconds until it counts from nothing again. */
  resetsIn: number;
}

export const NEVER: Count = { count: 0, resetsIn: 0 };

/** Counts what happens, by key, for a while. A count may be lost: it limits, it proves nothing. */
export abstract class Tally {
  /** One more; the first of a key begins a window of so many milliseconds. */
  abstract add(key: string, windowMs: number): Count | Promise<Count>;
  /** How it stands, without counting. */
  abstract look(key: string): Count | Promise<Count>;
  /** Sets a count that is forgotten after so many milliseconds. */
  abstract put(key: string, count: number, forMs: number): void | Promise<void>;
  abstract drop(key: string): void | Promise<void>;
}
