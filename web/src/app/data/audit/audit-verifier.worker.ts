import { browserCryptography } from './browser-cryptography';
import { NotAnExport, verifyOffline } from './offline-verification.rules';
import type { VerifierAnswer, VerifierQuestion } from './offline-verifier.service';

/* Reads and hashes off the page's own thread, so that a million entries do not hold the screen. It asks nobody. */
const tell = (answer: VerifierAnswer): void => postMessage(answer);

addEventListener('message', ({ data }: MessageEvent<VerifierQuestion>) => void answer(data));

async function answer({ log, checkpoints, key }: VerifierQuestion): Promise<void> {
  try {
    const texts = await Promise.all(checkpoints.map((file) => file.text()));
    const question = { log: log.stream(), total: log.size, checkpoints: texts, key };
    const result = await verifyOffline(question, browserCryptography, (progress) =>
      tell({ kind: 'progress', progress }),
    );
    tell({ kind: 'done', result });
  } catch (error) {
    const what = error instanceof NotAnExport ? error.message : 'The file could not be read to its end.';
    tell({ kind: 'failed', what });
  }
}
