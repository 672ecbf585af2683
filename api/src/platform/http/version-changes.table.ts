import type { VersionChange } from './version-change';

/** The versions that broke something, each with how callers of the one before it are kept whole. None so far. */
export const VERSION_CHANGES: readonly VersionChange[] = [];
