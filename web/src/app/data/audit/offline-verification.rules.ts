import { type Checkpoint, type Cryptography, type Cut, type ExportedEntry, Verifier } from '@threadline/audit';

/** How far it has come. */
export interface OfflineProgress {
  lines: number;
  /** Of `total` bytes of the file. */
  bytes: number;
  total: number;
}

/** What an export was found to be. */
export interface OfflineVerification {
  ok: boolean;
  entries: number;
  /** Hash of the last entry, hex. */
  head: string;
  root: string;
  /** The first entry that is not what it was; null when none is. */
  firstBroken: number | null;
  /** What is wrong, the earliest first; no more than a hundred of `found`. */
  findings: { seq: number | null; what: string }[];
  found: number;
  /** What this check could not tell, in words. */
  cannotTell: string[];
  /** The public keys that checkpoints and cuts carry, base64, each once. */
  keys: string[];
  checkpoints: number;
}

/** A file that is not what it was taken for; its message is for people. */
export class NotAnExport extends Error {}

export interface OfflineQuestion {
  log: ReadableStream<Uint8Array>;
  /** Bytes of it. */
  total: number;
  /** The texts of checkpoint files. */
  checkpoints: readonly string[];
  /** Base64 of the key that has to have signed them; absent: the one they name. */
  key?: string;
}

const SHOWN = 100;
/** Lines between two words about the progress. */
const STRIDE = 2_000;

/**
 * Verifies an exported log as it is read, so that its length does not matter.
 * @throws NotAnExport for files that are something else
 */
export async function verifyOffline(
  { log, total, checkpoints: texts, key }: OfflineQuestion,
  cryptography: Cryptography,
  said: (progress: OfflineProgress) => void,
): Promise<OfflineVerification> {
  const checkpoints = texts.flatMap(checkpointsIn);
  const verifier = new Verifier(cryptography, checkpoints);
  const keys = new Set(checkpoints.map(({ publicKey }) => publicKey));
  let [lines, bytes] = [0, 0];
  for await (const { line, at } of linesOf(log)) {
    lines += 1;
    bytes = at;
    if (line !== '') take(verifier, keys, line, lines);
    if (lines % STRIDE === 0) said({ lines, bytes, total });
  }
  if (lines === 0) throw new NotAnExport('The file is empty.');
  said({ lines, bytes: total, total });
  const { findings, ...result } = await verifier.finish(key || undefined);
  return {
    ...result,
    firstBroken: findings.find(({ seq }) => seq !== null)?.seq ?? null,
    findings: findings.slice(0, SHOWN),
    found: findings.length,
    keys: [...keys],
    checkpoints: checkpoints.length,
  };
}

function take(verifier: Verifier, keys: Set<string>, line: string, number: number): void {
  const { entry, hash, cut } = parsed(line) as Partial<ExportedEntry & { cut: Cut }>;
  if (typeof cut?.size === 'number' && Array.isArray(cut.peaks)) {
    keys.add(cut.publicKey);
    return verifier.begin(cut);
  }
  if (typeof entry?.seq !== 'number' || typeof hash !== 'string') {
    throw new NotAnExport(`Line ${number} is no entry of an audit log. Was it exported as JSONL?`);
  }
  verifier.add({ entry, hash });
}

/**
 * One checkpoint, a list of them, or one on each line.
 * @throws NotAnExport
 */
export function checkpointsIn(text: string): Checkpoint[] {
  const whole = parsed(text);
  const list = isNothing(whole) ? text.trim().split('\n').map(parsed) : [whole].flat();
  for (const each of list) {
    const { size, root, signature, publicKey } = (each ?? {}) as Partial<Checkpoint>;
    if (typeof size === 'number' && [root, signature, publicKey].every((part) => typeof part === 'string')) continue;
    throw new NotAnExport('A checkpoint file holds something else. A checkpoint is a small JSON file.');
  }
  return list as Checkpoint[];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // Not JSON: the caller says what it should have been.
    return {};
  }
}

function isNothing(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

/** The lines of a file, each with the bytes that were read until then. */
async function* linesOf(log: ReadableStream<Uint8Array>): AsyncGenerator<{ line: string; at: number }> {
  const reader = log.getReader();
  const decoder = new TextDecoder();
  let [rest, at] = ['', 0];
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    at += part.value.length;
    const lines = (rest + decoder.decode(part.value, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield { line: line.replace(/\r$/, ''), at };
  }
  rest += decoder.decode();
  if (rest !== '') yield { line: rest, at };
}
