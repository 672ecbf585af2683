'use strict';
// CommonJS without dependencies: the very first call of a fresh clone runs on whatever Node there is.

/**
 * Shows what is being done and for how long. On a terminal one line counts the seconds; elsewhere a line says what
 * begins, and one that it is done, with a sign of life in between.
 * @template T
 * @param {string} title
 * @param {() => Promise<T>} work
 * @param {{write(text: string): unknown, isTTY?: boolean}} [out]
 * @returns {Promise<T>}
 */
exports.stage = async function stage(title, work, out = process.stdout) {
  const began = Date.now();
  const elapsed = () => `${((Date.now() - began) / 1000).toFixed(1)} s`;
  const live = out.isTTY === true;
  out.write(live ? `  ${title} …` : `  ${title} …\n`);
  const timer = setInterval(
    () => out.write(live ? `\r  ${title} … ${elapsed()}` : `  ${title} … ${elapsed()}\n`),
    live ? 500 : 20_000,
  );
  try {
    const result = await work();
    out.write(`${live ? '\r\u001b[2K' : ''}  ✓ ${title} (${elapsed()})\n`);
    return result;
  } catch (error) {
    out.write(`${live ? '\r\u001b[2K' : ''}  ✗ ${title} (${elapsed()})\n`);
    throw error;
  } finally {
    clearInterval(timer);
  }
};
