import { createWriteStream, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

const LIMIT = 20 * 1024 * 1024;

/** A log that never fills the disk: at 20 MiB it becomes `.1`, and the `.1` before it goes. */
export class LogFile {
  #file;
  #size;
  #stream;

  /** @param {string} file */
  constructor(file) {
    mkdirSync(dirname(file), { recursive: true });
    this.#file = file;
    this.#open();
  }

  /** @param {Buffer} chunk */
  write(chunk) {
    if (this.#size + chunk.length > LIMIT) {
      this.#stream.end();
      renameSync(this.#file, `${this.#file}.1`);
      this.#open();
    }
    this.#size += chunk.length;
    this.#stream.write(chunk);
  }

  close() {
    return new Promise((closed) => this.#stream.end(closed));
  }

  #open() {
    this.#size = statSync(this.#file, { throwIfNoEntry: false })?.size ?? 0;
    this.#stream = createWriteStream(this.#file, { flags: 'a', mode: 0o600 });
    // A full disk must not end the service for want of a log.
    this.#stream.on('error', (error) =>
      process.stderr.write(`  The log ${this.#file} is not written: ${error.message}\n`),
    );
  }
}
