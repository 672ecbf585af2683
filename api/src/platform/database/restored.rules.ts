/**
 * What tells a database apart from a copy of it: the database within its cluster, the cluster, its timeline, and when
 * its files were made. A part that could not be read is empty.
 */
export interface Fingerprint {
  database: string;
  cluster: string;
  timeline: string;
  files: string;
}

/**
 * `restored`: an older state, or a copy that lives beside the original. `promoted`: a standby has taken over, and may
 * lack the last moments.
 */
export type Change = 'none' | 'promoted' | 'restored';

/** A standby takes over within minutes; whoever restores a backup needs longer, or has an older one. */
const MOST_SILENCE_MS = 10 * 60_000;

/** @param silentMs since when nobody was known to run on the remembered database */
export function changeBetween(remembered: Fingerprint, now: Fingerprint, silentMs: number): Change {
  const differs = (part: keyof Fingerprint) =>
    remembered[part] !== '' && now[part] !== '' && remembered[part] !== now[part];
  if (differs('database') || differs('cluster')) return 'restored';
  // The files of a standby are others than those of the server it follows, and so are those of a backup.
  if (differs('timeline')) return silentMs > MOST_SILENCE_MS ? 'restored' : 'promoted';
  return differs('files') ? 'restored' : 'none';
}

/** As it is remembered. */
export function textOf({ database, cluster, timeline, files }: Fingerprint): string {
  return [database, cluster, timeline, files].join(':');
}

/** @param text as it is remembered; earlier versions knew nothing of files */
export function fingerprintOf(text: string): Fingerprint {
  const [database = '', cluster = '', timeline = '', files = ''] = text.split(':');
  return { database, cluster, timeline, files };
}
