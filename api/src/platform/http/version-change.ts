/** What a version changed in one operation, told from the newer to the older: what is done for callers of the older one. */
export interface OperationChange {
  /** What an older caller sends, as this version takes it. */
  request?: (body: unknown) => unknown;
  /** What this version answers, as an older caller expects it. */
  answer?: (body: unknown) => unknown;
}

/** A version that broke something, and how callers of the one before it are kept whole. */
export interface VersionChange {
  /** The day it came: `2027-03-01`. */
  version: string;
  /** What it changed, for people. */
  what: string;
  /** By operation id, such as `leadsList`. */
  operations: Readonly<Record<string, OperationChange>>;
}
