/**
 * The embedded PostgreSQL: real server binaries from npm, started and looked after by Threadline itself.
 *
 * - `openCluster` + `startServer`: the durable one that `npm start` uses.
 * - `startTemporaryPostgres`: one that is thrown away, for tests, benches and journeys.
 */
export { openCluster, removeCluster } from './cluster.mjs';
export { PostgresError } from './errors.mjs';
export { volatilePlace } from './memory.mjs';
export { freePort } from './ports.mjs';
export { runningUrl } from './running.mjs';
export { startServer } from './server.mjs';
export { startTemporaryPostgres } from './temporary.mjs';
