import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import type { Checkpoint } from './checkpoint';
import { nodeCryptography } from './node-cryptography';
import { type ExportedEntry, type Verification, Verifier } from './verify';

const USAGE = `Verifies an exported Threadline audit log.

  threadline-audit verify <export.jsonl> [--checkpoint <file>]… [--key <public key>]

  --checkpoint  a checkpoint as JSON, or a file with one on each line; may be given several times
  --key         the installation's public key in base64, if you know it from elsewhere

Ends with 0 when nothing is wrong, with 1 when something is, with 2 when it could not be checked.
`;

/** Something about the call or the files; said in one line. */
class CannotCheck extends Error {}

async function run(): Promise<number> {
  const { values, positionals } = parsed();
  const [command, file, ...rest] = positionals;
  if (values.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  if (command !== 'verify' || !file || rest.length > 0) throw new CannotCheck(USAGE);
  const checkpoints = (await Promise.all((values.checkpoint ?? []).map(checkpointsIn))).flat();
  const verifier = new Verifier(nodeCryptography, checkpoints);
  await readLines(file, (line, number) => verifier.add(entryOf(line, number)));
  const result = await verifier.finish(values.key);
  process.stdout.write(words(result, checkpoints.length));
  return result.ok ? 0 : 1;
}

function parsed() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        checkpoint: { type: 'string', multiple: true },
        key: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new CannotCheck(`${messageOf(error)}\n\n${USAGE}`);
  }
}

/** One checkpoint, a list of them, or one on each line. */
async function checkpointsIn(file: string): Promise<Checkpoint[]> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new CannotCheck(`${file} cannot be read: ${messageOf(error)}`);
  });
  try {
    const whole = parsedJson(text);
    const list =
      whole === undefined
        ? text
            .trim()
            .split('\n')
            .map((line) => JSON.parse(line) as unknown)
        : [whole].flat();
    return list.map((each) => {
      const { size, root } = each as Partial<Checkpoint>;
      if (typeof size !== 'number' || typeof root !== 'string') throw new TypeError('no size and root');
      return each as Checkpoint;
    });
  } catch (error) {
    throw new CannotCheck(`${file} is not a checkpoint: ${messageOf(error)}`);
  }
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not one document: then it is one on each line.
    return undefined;
  }
}

async function readLines(file: string, take: (line: string, number: number) => void): Promise<void> {
  let number = 0;
  const stream = createReadStream(file, 'utf8');
  const lines = createInterface({ input: stream, crlfDelay: Infinity });
  const failed = new Promise<never>((_, reject) => {
    stream.once('error', (error) => reject(new CannotCheck(`${file} cannot be read: ${error.message}`)));
  });
  const done = (async () => {
    for await (const line of lines) {
      number += 1;
      if (line !== '') take(line, number);
    }
  })();
  await Promise.race([done, failed]);
}

function entryOf(line: string, number: number): ExportedEntry {
  try {
    const { entry, hash } = JSON.parse(line) as Partial<ExportedEntry>;
    if (typeof entry?.seq === 'number' && typeof hash === 'string') return { entry, hash };
  } catch {
    // Said below, with the number of the line.
  }
  throw new CannotCheck(`Line ${number} is no entry of an audit log. Was it exported as JSONL?`);
}

function words({ ok, entries, head, root, findings, cannotTell }: Verification, checkpoints: number): string {
  const lines = [
    ok
      ? `Nothing is wrong with these ${entries} entries${checkpoints > 0 ? ` and ${checkpoints} checkpoint(s)` : ''}.`
      : `Something is wrong. The first of ${findings.length}:`,
    ...findings.slice(0, 20).map(({ seq, what }) => `  ${seq === null ? 'checkpoint' : `entry ${seq}`}: ${what}`),
    `  last hash  ${head}`,
    `  root       ${root}`,
    ...(cannotTell.length > 0 ? ['This check cannot tell:', ...cannotTell.map((each) => `  ${each}`)] : []),
  ];
  return `${lines.join('\n')}\n`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

process.exitCode = await run().catch((error: unknown) => {
  if (!(error instanceof CannotCheck)) throw error;
  process.stderr.write(`${error.message.trimEnd()}\n`);
  return 2;
});
