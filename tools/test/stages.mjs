import { join } from 'node:path';
import { gatherSuites } from '../jest/suites.mjs';
import { jest, nodeTests, nx, oneCheck, playwright, root, run } from './commands.mjs';
import { chromium, python, withRedis } from './machine.mjs';

/**
 * @typedef {{passed: number, failed: number, skipped?: number}} Counts
 * @typedef {{name: string, what: string, run: () => Promise<Counts>}} Stage
 */

const BUILT = 'api,web,audit';
/** In place of a project's specs, the suites that they are gathered into. */
const SUITES = ['--testMatch=<rootDir>/.suites/*.spec.ts'];

/** Everything `npm test` checks, in the order in which mistakes are cheapest to find. @type {Stage[]} */
export const STAGES = [
  { name: 'format', what: 'formatting', run: format },
  { name: 'lint', what: 'lint and the rules of the house', run: () => oneCheck(...nx('lint')) },
  { name: 'types', what: 'types, templates included', run: () => oneCheck(...nx('typecheck')) },
  { name: 'tools', what: 'starter, PostgreSQL, lint rules', run: () => nodeTests('tools/**/*.spec.mjs') },
  { name: 'libs', what: 'libraries', run: libraries },
  { name: 'web', what: 'web app', run: web },
  { name: 'api', what: 'API on PostgreSQL', run: () => after('metadata', 'api', api) },
  { name: 'redis', what: 'API with Redis', run: () => after('metadata', 'api', redis) },
  { name: 'build', what: 'build', run: () => oneCheck(...nx('build', BUILT)) },
  { name: 'descriptions', what: 'API descriptions', run: () => after('openapi', 'api', descriptions) },
  { name: 'client', what: 'API client is up to date', run: () => after('openapi', 'api', apiClient) },
  { name: 'faults', what: 'faults, short form', run: () => after('build', BUILT, faults) },
  { name: 'journeys', what: 'journeys in a browser', run: () => after('build', BUILT, journeys) },
];

/** Prettier works on one core: two of them, on halves that take about as long. */
async function format() {
  const halves = [['api'], ['.', '!api']].map((paths) => run('prettier', ['--check', '--log-level=warn', ...paths]));
  return (await Promise.all(halves)).every(Boolean) ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

async function libraries() {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const library of ['contracts', 'audit', 'live', 'api-client', 'zapier']) {
    const counts = await jest(`libs/${library}/jest.config.mjs`, {}, ['--passWithNoTests']);
    for (const key of Object.keys(total)) total[key] += counts[key] ?? 0;
  }
  return total;
}

function web() {
  gatherSuites(join(root, 'web'), () => true);
  return jest('web/jest.config.mjs', {}, SUITES);
}

/** Runs a stage on what it needs, which is there already when the stages before it ran. */
async function after(target, projects, work) {
  return (await run(...nx(target, projects))) ? work() : { passed: 0, failed: 1 };
}

async function api() {
  await python();
  gatherSuites(join(root, 'api'), (spec) => !spec.endsWith('.redis.spec.ts'));
  return jest('api/jest.config.mjs', {}, SUITES);
}

function redis() {
  return withRedis((url) => jest('api/jest.redis.config.mjs', { REDIS_URL: url }));
}

function descriptions() {
  return oneCheck('node', ['tools/lint/api-descriptions.mjs']);
}

function apiClient() {
  return oneCheck('node', ['tools/build/api-client.mjs', '--check']);
}

async function journeys() {
  return playwright(await chromium());
}

function faults() {
  return jest('e2e/faults/jest.config.mjs', { FAULTS: 'short' });
}
