import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { Checkpoint } from './checkpoint';

/** Something about the call or the files; said in one line. */
export class CannotCheck extends Error {}

/** A file's text. @throws CannotCheck */
export function textOf(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: unknown) => {
    throw new CannotCheck(`${file} cannot be read: ${messageOf(error)}`);
  });
}

/** One checkpoint, a list of them, or one on each line. */
export async function checkpointsIn(file: string): Promise<Checkpoint[]> {
  const text = await textOf(file);
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

export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not one document: then it is one on each line.
    return undefined;
  }
}

/** Every line that is not empty, with its number. */
export async function readLines(file: string, take: (line: string, number: number) => void): Promise<void> {
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

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
