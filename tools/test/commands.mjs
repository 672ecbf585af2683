import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '../..');

/** What a developer's shell may have set for a Threadline of theirs is none of the tests' business. */
const NOT_FOR_TESTS =
  /^(npm_|DATABASE_URL$|REDIS_URL$|SMTP_URL$|APP_SECRET$|DATA_DIR$|PUBLIC_URL$|PORT$|HOST$|ROLE$|WEB_ROOT$|LOG_LEVEL$|MAIL_FROM$|TRUSTED_PROXIES$|OUTBOUND_ALLOW_CIDRS$|CRASH_AT$)/;

const environment = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !NOT_FOR_TESTS.test(name))),
  NX_TUI: 'false',
};

/**
 * Runs a command on the pinned Node's PATH and shows what it writes.
 * @param {string} command
 * @param {string[]} args
 * @param {Record<string, string>} [env] on top of the cleaned environment
 * @returns {Promise<boolean>} whether it ended well
 */
export function run(command, args, env = {}) {
  return new Promise((ended) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', env: { ...environment, ...env } });
    child.once('error', (error) => {
      console.error(`${command} could not be run: ${error.message}`);
      ended(false);
    });
    child.once('close', (code) => ended(code === 0));
  });
}

/** A check that either holds or does not. */
export async function oneCheck(command, args, env) {
  return (await run(command, args, env)) ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** `nx run-many` for a target of every project, or of some. */
export function nx(target, projects) {
  const some = projects ? ['-p', projects] : [];
  return ['nx', ['run-many', '-t', target, ...some, '--output-style=static']];
}

/**
 * Runs jest and counts its tests; a file that could not even be loaded is a failed one.
 * @param {string} config
 * @param {Record<string, string>} [env]
 * @param {string[]} [more]
 */
export function jest(config, env = {}, more = []) {
  return withReport(async (report) => {
    const flags = ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js', '-c', config];
    const well = await run('node', [...flags, '--json', `--outputFile=${report}`, ...more], env);
    return settle(well, report, (result) => ({
      passed: result.numPassedTests,
      failed: result.numFailedTests + result.numRuntimeErrorTestSuites,
      skipped: result.numPendingTests + result.numTodoTests,
    }));
  });
}

/** Runs the journeys in a browser and counts them. */
export function playwright(chromium) {
  return withReport(async (report) => {
    const args = ['test', '-c', 'e2e/playwright.config.ts'];
    const well = await run('playwright', args, { E2E_REPORT: report, CHROMIUM: chromium });
    return settle(well, report, ({ stats, errors }) => ({
      passed: stats.expected,
      failed: stats.unexpected + stats.flaky + errors.length,
      skipped: stats.skipped,
    }));
  });
}

/** Runs `node --test` and counts. */
export function nodeTests(pattern) {
  return withReport(async (report) => {
    const reporters = ['--test-reporter=dot', '--test-reporter-destination=stdout'];
    const counted = ['--test-reporter=tap', `--test-reporter-destination=${report}`];
    const well = await run('node', ['--test', '--test-concurrency=2', ...reporters, ...counted, pattern]);
    return settle(well, report, (_, text) => ({ passed: count(text, 'pass'), failed: count(text, 'fail') }));
  });
}

/** The first of these commands that the machine has, or null. */
export function findCommand(names) {
  for (const name of names) {
    const found = spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' });
    if (found.status === 0) return found.stdout.trim();
  }
  return null;
}

async function withReport(work) {
  const folder = mkdtempSync(join(tmpdir(), 'threadline-report-'));
  try {
    return await work(join(folder, 'report'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A run without failures that nevertheless ended badly (no tests at all, a crash at the end) has failed once. */
function settle(well, report, read) {
  let counts = { passed: 0, failed: 0 };
  try {
    const text = readFileSync(report, 'utf8');
    counts = read(text.startsWith('{') ? JSON.parse(text) : null, text);
  } catch (error) {
    console.error(`There is no report of this run: ${error.message}`);
    return { passed: 0, failed: 1 };
  }
  return !well && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

function count(tap, what) {
  return Number(new RegExp(`^# ${what} (\\d+)$`, 'm').exec(tap)?.[1] ?? 0);
}
