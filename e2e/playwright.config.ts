import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from '@playwright/test';
import { volatilePlace } from '../tools/postgres/index.mjs';

/** The browser of the machine; nothing is downloaded. CHROMIUM names another. */
function chromium(): string {
  const places = [
    '/usr/bin/chromium-headless-shell',
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
  ];
  const found = process.env.CHROMIUM ?? places.find((place) => existsSync(place));
  if (!found) throw new Error('No Chromium found: install the package "chromium", or name the browser in CHROMIUM.');
  return found;
}

/** Each works on a Threadline of its own, because journeys change the demo workspace and its people. */
const WORKERS = 2;
// Decided once and handed to the workers, which read this file again. Specs find the demo sign-ins in
// E2E_DATA_DIR/secrets/demo-sign-ins.json and keep their screenshots in test-results/screenshots.
const firstPort = Number((process.env.E2E_FIRST_PORT ??= String(20_000 + (process.pid % 12_000))));
const folder = (process.env.E2E_FOLDER ??= join(volatilePlace(), `threadline-e2e-${process.pid}`));
const serverOf = (worker: number) => ({ port: String(firstPort + worker), dataDir: `${folder}-${worker}` });
const { port, dataDir } = serverOf(Number(process.env.TEST_PARALLEL_INDEX ?? 0));
process.env.E2E_PORT = port;
process.env.E2E_DATA_DIR = dataDir;
const report = process.env.E2E_REPORT;

export default defineConfig({
  testDir: './journeys',
  testMatch: '**/*.spec.ts',
  outputDir: '../test-results/journeys',
  fullyParallel: false,
  workers: WORKERS,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: true,
  retries: 0,
  reporter: report ? [['list'], ['json', { outputFile: report }]] : [['list']],
  use: {
    baseURL: `http://127.0.0.1:${port}`,
    // What a page was, and no film of it: filming took a tenth of the time.
    trace: { mode: 'retain-on-failure', screenshots: false },
    screenshot: 'only-on-failure',
    launchOptions: { executablePath: chromium(), args: ['--disable-dev-shm-usage'] },
  },
  webServer: Array.from({ length: WORKERS }, (_, worker) => {
    const { port, dataDir } = serverOf(worker);
    return {
      command: 'exec node tools/throwaway.mjs',
      cwd: '..',
      // The provider of the single sign-on journey is on this machine.
      env: { PORT: port, DATA_DIR: dataDir, OUTBOUND_ALLOW_CIDRS: '127.0.0.0/8' },
      url: `http://127.0.0.1:${port}/health/ready`,
      timeout: 180_000,
      stdout: 'ignore' as const,
      stderr: 'pipe' as const,
      gracefulShutdown: { signal: 'SIGTERM' as const, timeout: 15_000 },
    };
  }),
});
