import { flushCompileCache } from 'node:module';
import { createApp } from './app';
import { offerFirstRun } from './first-run';
import { type Config, parseConfig, WrongConfig } from './platform/config';
import { Readiness } from './platform/health';

/** EX_CONFIG of sysexits.h: starting again will not help. */
const WRONG_CONFIG = 78;

async function start(config: Config): Promise<void> {
  // The starter holds the other end of this channel and says nothing on it: when it closes, the starter is gone.
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  const app = await createApp(config);
  await offerFirstRun(app, config);
  await app.listen(config.port, config.host);
  app.get(Readiness).open();
  // Now rather than at the end, which may be a kill: what was compiled for this start is there for the next one.
  flushCompileCache();
}

function configOrExit(): Config {
  try {
    return parseConfig();
  } catch (error) {
    if (!(error instanceof WrongConfig)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(WRONG_CONFIG);
  }
}

start(configOrExit()).catch((error: unknown) => {
  process.stderr.write(
    `Threadline could not start: ${error instanceof Error ? (error.stack ?? error.message) : 'unknown'}\n`,
  );
  process.exit(1);
});
