import { hkdfSync } from 'node:crypto';
import type { Config } from '../config';

/**
 * The three roles (architecture: tenant isolation).
 * `threadline_owner` owns the tables and runs migrations; `threadline_app` serves people and sees one workspace at a
 * time; `threadline_system` follows the log, sweeps and signs in across workspaces, only where a policy names it.
 * They are groups; each database has two logins of its own, so that several installations can share a cluster.
 */
export const ROLES = { owner: 'threadline_owner', app: 'threadline_app', system: 'threadline_system' } as const;

/** Schema of all our tables. */
export const SCHEMA = 'threadline';

/** Every connection is bounded in what it may wait for (ASVS 13.1.2). Milliseconds. */
export const CONNECTION_LIMITS = {
  connect: 5_000,
  lock: 3_000,
  statement: 10_000,
  idleInTransaction: 10_000,
  /** On our side, for a server that accepts and then says nothing. */
  answer: 12_000,
} as const;

export interface DatabaseLogins {
  app: Login;
  system: Login;
}
export interface Login {
  user: string;
  password: string;
  url: string;
}

/** The two logins of this database; their passwords follow from APP_SECRET, so that every node knows them. */
export function loginsOf(config: Config): DatabaseLogins {
  const database = decodeURIComponent(new URL(config.databaseUrl).pathname.slice(1)) || 'postgres';
  const login = (role: 'app' | 'system'): Login => {
    const user = `${database.slice(0, 45)}_${role}_login`;
    const password = Buffer.from(hkdfSync('sha256', config.appSecret, 'threadline', `db:${user}`, 24)).toString('hex');
    const url = new URL(config.databaseUrl);
    url.username = encodeURIComponent(user);
    url.password = password;
    return { user, password, url: url.href };
  };
  return { app: login('app'), system: login('system') };
}
