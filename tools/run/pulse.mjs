import { setTimeout as sleep } from 'node:timers/promises';

/** So many questions in a row go unanswered before a process counts as hung. */
const MISSES = 5;

/**
 * Asks a process whether it lives, until it has been silent for `patience` milliseconds; then says so, once. Silence is
 * counted in unanswered questions, not by the clock: a machine that slept has missed one of them, not fifteen seconds.
 * Any answer counts, also that the database is away.
 * @param {string} url
 * @param {number} patience
 * @param {() => void} silent
 * @returns {() => void} stops asking
 */
export function watchPulse(url, patience, silent) {
  const stopped = new AbortController();
  void listen(url, patience / MISSES, stopped.signal).then((hung) => hung && silent());
  return () => stopped.abort();
}

async function listen(url, every, signal) {
  for (let misses = 0; misses < MISSES;) {
    const began = performance.now();
    misses = (await answers(url, every)) ? 0 : misses + 1;
    const rest = Math.max(every - (performance.now() - began), 0);
    await sleep(rest, undefined, { signal, ref: false }).catch(() => undefined);
    if (signal.aborted) return false;
  }
  return true;
}

async function answers(url, timeout) {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(timeout) });
    await answer.body?.cancel();
    return true;
  } catch {
    return false;
  }
}
