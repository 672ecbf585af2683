import { parseArgs } from 'node:util';
import { CannotCheck, checkpointsIn, messageOf, parsedJson, readLines, textOf } from './cli-files';
import { prove, verifyProofIn } from './cli-proofs';
import type { Cut } from './cut';
import { nodeCryptography } from './node-cryptography';
import { type Receipt, receiptBytes } from './receipt';
import { type ExportedEntry, type Verification, Verifier } from './verify';

const USAGE = `Verifies an exported Threadline audit log.

  threadline-audit verify <export.jsonl> [--checkpoint <file>]… [--key <public key>]
  threadline-audit verify-receipt <receipt.json> [--key <public key>]
  threadline-audit prove <export.jsonl> --entry <number> --checkpoint <file>
  threadline-audit prove <export.jsonl> --from <size> --to <size>
  threadline-audit verify-proof <proof.json> [--checkpoint <file>]… [--key <public key>]

  --checkpoint  a checkpoint as JSON, or a file with one on each line; may be given several times
  --key         the installation's public key in base64, if you know it from elsewhere
  --entry       proves that the entry of this number is in the log of the checkpoint
  --from, --to  proves that the log of so many entries is the beginning of the log of so many

Ends with 0 when nothing is wrong, with 1 when something is, with 2 when it could not be checked.
`;

async function run(): Promise<number> {
  const { values, positionals } = parsed();
  const [command, file, ...rest] = positionals;
  if (values.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  if (command === 'verify-receipt' && file && rest.length === 0) return verifyReceipt(file, values.key);
  if (command === 'verify-proof' && file && rest.length === 0) {
    return verifyProofIn(file, values.checkpoint ?? [], values.key);
  }
  if (command === 'prove' && file && rest.length === 0) return prove(file, values);
  if (command !== 'verify' || !file || rest.length > 0) throw new CannotCheck(USAGE);
  const checkpoints = (await Promise.all((values.checkpoint ?? []).map(checkpointsIn))).flat();
  const verifier = new Verifier(nodeCryptography, checkpoints);
  await readLines(file, (line, number) => take(verifier, line, number));
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
        entry: { type: 'string' },
        from: { type: 'string' },
        to: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new CannotCheck(`${messageOf(error)}\n\n${USAGE}`);
  }
}

function take(verifier: Verifier, line: string, number: number): void {
  try {
    const { entry, hash, cut } = JSON.parse(line) as Partial<ExportedEntry & { cut: Cut }>;
    if (typeof cut?.size === 'number' && Array.isArray(cut.peaks)) return verifier.begin(cut);
    if (typeof entry?.seq === 'number' && typeof hash === 'string') return verifier.add({ entry, hash });
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    // Said below, with the number of the line.
  }
  throw new CannotCheck(`Line ${number} is no entry of an audit log. Was it exported as JSONL?`);
}

/** Whether a receipt says what it said when it was signed. */
async function verifyReceipt(file: string, key?: string): Promise<number> {
  const text = await textOf(file);
  const receipt = parsedJson(text) as Partial<Receipt> | null | undefined;
  if (typeof receipt?.signature !== 'string' || typeof receipt.publicKey !== 'string' || !receipt.audit) {
    throw new CannotCheck(`${file} is no receipt of a data subject’s request.`);
  }
  const whole = receipt as Receipt;
  const [publicKey, signature] = [Buffer.from(whole.publicKey, 'base64'), Buffer.from(whole.signature, 'base64')];
  const known = key === undefined || key === whole.publicKey;
  const good =
    known &&
    publicKey.length === 32 &&
    (await nodeCryptography.verifyEd25519(publicKey, receiptBytes(whole), signature));
  process.stdout.write(receiptWords(whole, good, key));
  return good ? 0 : 1;
}

function receiptWords(receipt: Receipt, good: boolean, key?: string): string {
  if (!good) return 'Something is wrong: this receipt is not signed with this key, or was altered.\n';
  const { kind, endedAt, requestId, requestedBy, subject, counts, audit } = receipt;
  const lines = [
    `This receipt is as it was signed: ${kind === 'erase' ? 'somebody was erased' : 'what is known of somebody was handed over'}.`,
    `  request    ${requestId}, asked by member ${requestedBy}, done ${endedAt}`,
    `  subject    ${subject} (a keyed hash: it names nobody)`,
    `  rows       ${Object.entries(counts)
      .map(([table, count]) => `${table} ${count}`)
      .join(', ')}`,
    `  audit log  ${audit.size} entries, root ${audit.root}`,
    ...(key === undefined
      ? [
          'This check cannot tell:',
          '  Whether this installation signed it: compare the public key with the one it shows.',
        ]
      : []),
  ];
  return `${lines.join('\n')}\n`;
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

process.exitCode = await run().catch((error: unknown) => {
  if (!(error instanceof CannotCheck)) throw error;
  process.stderr.write(`${error.message.trimEnd()}\n`);
  return 2;
});
