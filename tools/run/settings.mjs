import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { StartProblem } from './problem.mjs';

/**
 * @typedef {object} Settings
 * @property {string} root the checkout
 * @property {number} port
 * @property {string} host address to listen on
 * @property {string} url the address to open
 * @property {string} probe the address at which this machine asks for its health
 * @property {string} dataDir absolute
 * @property {string | null} databaseUrl null: embedded
 * @property {Record<string, string>} env what the API is given
 */

/** Reads `.env` of the checkout into the environment; what is already set there wins. */
export function loadEnvFile(root) {
  const file = join(root, '.env');
  if (existsSync(file)) process.loadEnvFile(file);
}

/**
 * What the starter itself must know. The API checks every value again, and all the others.
 * @param {string} root
 * @param {Record<string, string | undefined>} env
 * @returns {Settings}
 */
export function readSettings(root, env) {
  const port = readPort(env.PORT);
  const host = env.HOST || '127.0.0.1';
  const everywhere = host === '0.0.0.0' || host === '::';
  const url = env.PUBLIC_URL || `http://localhost:${port}`;
  return {
    root,
    port,
    host,
    url,
    probe: `http://${everywhere ? '127.0.0.1' : bracketed(host)}:${port}`,
    dataDir: resolve(root, env.DATA_DIR || 'data'),
    databaseUrl: env.DATABASE_URL || null,
    env: withoutNpm(env),
  };
}

function readPort(raw) {
  if (!raw) return 3000;
  const port = Number(raw);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new StartProblem(`PORT must be a whole number from 1 to 65535, not "${raw}".`);
}

function bracketed(host) {
  return host.includes(':') ? `[${host}]` : host;
}

/** npm describes itself to its scripts in some sixty variables; the API is none of them. */
function withoutNpm(env) {
  return Object.fromEntries(
    Object.entries(env).filter(([name, value]) => value !== undefined && !/^npm_|^NODE_OPTIONS$/i.test(name)),
  );
}
