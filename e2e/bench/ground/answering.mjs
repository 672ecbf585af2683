import { Session } from 'node:inspector/promises';

const profiler = new Session();

/**
 * The other end of a Service: answers what the bench asks this process. Every process can tell its CPU time, and
 * between `beginProfile` and `endProfile` where it went.
 * @param {Record<string, (options: object) => unknown>} answers
 */
export function answering(answers) {
  const all = { cpu: () => process.cpuUsage(), beginProfile, endProfile, ...answers };
  process.on('message', async ({ id, what, options }) => {
    try {
      if (!all[what]) throw new Error(`Nobody answers "${what}"`);
      process.send({ id, answer: await all[what](options) });
    } catch (error) {
      process.send({ id, error: error.stack ?? String(error) });
    }
  });
  // Whoever started this process is gone: nobody would ever stop it.
  process.on('disconnect', () => process.exit(0));
}

async function beginProfile() {
  profiler.connect();
  await profiler.post('Profiler.enable');
  await profiler.post('Profiler.start');
}

async function endProfile() {
  const { profile } = await profiler.post('Profiler.stop');
  profiler.disconnect();
  return profile;
}

/** Milliseconds on a clock that all processes of this machine share. */
export function now() {
  return Number(process.hrtime.bigint()) / 1e6;
}
