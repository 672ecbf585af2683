// `npm test`: everything that must hold, one stage after the other. `npm test -- api web` runs only these.
import { performance } from 'node:perf_hooks';
import { STAGES } from './test/stages.mjs';

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !STAGES.some((stage) => stage.name === name));
if (unknown.length > 0) {
  console.error(`There is no stage "${unknown.join('", "')}": ${STAGES.map(({ name }) => name).join(', ')}.`);
  process.exit(2);
}

const chosen = STAGES.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
const results = [];
for (const stage of chosen) results.push(await runStage(stage));
report(results);

async function runStage({ name, what, run }) {
  console.log(`\n=== ${name}: ${what} ===`);
  const began = performance.now();
  let counts;
  try {
    counts = await run();
  } catch (error) {
    console.error(error.message);
    counts = { passed: 0, failed: 1 };
  }
  const seconds = (performance.now() - began) / 1000;
  console.log(`=== ${name}: ${counts.passed} passed, ${counts.failed} failed in ${seconds.toFixed(1)} s ===`);
  return { name, what, seconds, skipped: 0, ...counts };
}

function report(stages) {
  const width = Math.max(...stages.map(({ what }) => what.length));
  console.log(`\n${'stage'.padEnd(width)}   passed   failed   seconds`);
  for (const { what, passed, failed, seconds } of stages) {
    const cells = [passed, failed].map((number) => String(number).padStart(6)).join('   ');
    console.log(`${what.padEnd(width)}   ${cells}   ${seconds.toFixed(1).padStart(7)}`);
  }
  const leftOut = STAGES.filter((stage) => !chosen.includes(stage));
  if (leftOut.length > 0) console.log(`Not run: ${leftOut.map(({ name }) => name).join(', ')}.`);
  const sum = (key) => stages.reduce((total, stage) => total + stage[key], 0);
  // A test that is switched off has not shown anything: it counts as failed.
  const failed = sum('failed') + sum('skipped');
  if (sum('skipped') > 0) console.log(`${sum('skipped')} tests were skipped, which counts as failed.`);
  console.log(`${sum('passed')} passed, ${failed} failed`);
  if (failed > 0) process.exitCode = 1;
}
