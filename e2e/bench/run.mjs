// `npm run bench`: every floor beside the product in the same run. `npm run bench -- pixel click` runs only these,
// `--quick` with short rounds and small logs, `--profile` tells where the product's time went.
import { mkdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { machine } from './ground/machine.mjs';
import { print } from './ground/report.mjs';
import { World } from './ground/world.mjs';

const BENCHES = [
  'pixel',
  'click',
  'commit',
  'fanout',
  'append',
  'list',
  'dashboard',
  'webhooks',
  'sign-in-storm',
  'start',
];
/** Run only when they are asked for: they take minutes. */
const LONG = ['audit'];
const RESULTS = resolve(import.meta.dirname, '../../bench-results');

const words = process.argv.slice(2);
const wanted = words.filter((word) => !word.startsWith('--'));
const known = [...BENCHES, ...LONG];
const unknown = wanted.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  console.error(`There is no bench "${unknown.join('", "')}": ${known.join(', ')}.`);
  process.exit(2);
}
const quick = words.includes('--quick');
const size = { roundMs: quick ? 1_000 : 3_000, rounds: quick ? 1 : 3, quick };

const before = machine();
console.log(
  `${before.cores} cores (${before.model}), ${before.memoryGiB} GiB, Node ${before.node}, load ${before.load.join(' ')}`,
);
if (before.load[0] > before.cores / 2) {
  console.log('The machine is busy with other things: ratios still mean something, latencies do not.');
}
const results = [];
const world = await World.make({ profile: words.includes('--profile') });
try {
  for (const name of wanted.length === 0 ? BENCHES : known.filter((one) => wanted.includes(one))) {
    const { run, title } = await import(`./benches/${name}.mjs`);
    try {
      const result = { name, title, ...(await run(world, size)), load: machine().load };
      print(result);
      results.push(result);
    } catch (error) {
      console.error(`\n${title}\n  could not be measured: ${error.stack}`);
      process.exitCode = 1;
    }
  }
} finally {
  await world.end();
}

const goals = results.flatMap((result) => result.goals);
console.log(`\n${goals.filter(({ met }) => met).length} of ${goals.length} goals met.`);
mkdirSync(RESULTS, { recursive: true });
const file = resolve(RESULTS, `${new Date().toISOString().replaceAll(':', '-').slice(0, 19)}.json`);
writeFileSync(file, JSON.stringify({ at: new Date().toISOString(), size, before, after: machine(), results }, null, 2));
console.log(`Written to ${file.slice(RESULTS.length - 'bench-results'.length)}`);
