import { Injectable } from '@angular/core';
import type { OfflineProgress, OfflineVerification } from './offline-verification.rules';

/** What the worker is asked. */
export interface VerifierQuestion {
  log: File;
  checkpoints: File[];
  /** Base64 of the key that has to have signed the checkpoints; absent: the one they name. */
  key?: string;
}

/** What it says, until it is done. */
export type VerifierAnswer =
  | { kind: 'progress'; progress: OfflineProgress }
  | { kind: 'done'; result: OfflineVerification }
  | { kind: 'failed'; what: string };

/**
 * Verifies files in this browser, in a thread of its own. The thread is made ahead, so that it works also after the
 * network is gone.
 */
@Injectable({ providedIn: 'root' })
export class OfflineVerifier {
  private worker: Worker | null = null;

  /** Loads what is needed. */
  prepare(): void {
    this.worker ??= new Worker(new URL('./audit-verifier.worker', import.meta.url), { type: 'module' });
  }

  /**
   * @param said how far it has come
   * @throws Error with words for people
   */
  verify(question: VerifierQuestion, said: (progress: OfflineProgress) => void): Promise<OfflineVerification> {
    this.prepare();
    const { worker } = this;
    if (!worker) throw new Error('This browser runs no worker.');
    return new Promise((done, fail) => {
      worker.onmessage = ({ data }: MessageEvent<VerifierAnswer>) => {
        switch (data.kind) {
          case 'progress':
            return said(data.progress);
          case 'done':
            return done(data.result);
          case 'failed':
            return fail(new Error(data.what));
        }
      };
      worker.onerror = () => fail(new Error('The verifier could not be loaded. Reload the page and try again.'));
      worker.postMessage(question);
    });
  }

  /** Ends what is running; the next one begins anew. */
  stop(): void {
    this.worker?.terminate();
    this.worker = null;
  }
}
