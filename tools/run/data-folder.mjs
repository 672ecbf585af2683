import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { readIfThere, writeWhole } from '../postgres/files.mjs';
import { birthMark, gone, signal } from '../postgres/processes.mjs';
import { StartProblem } from './problem.mjs';

const MARK = 'threadline.data';
const LOCK = 'threadline.lock';

/**
 * The folder with everything that must survive: the embedded database, secrets, spool, logs. One Threadline at a time.
 */
export class DataFolder {
  #lock;

  /** @param {string} path absolute */
  constructor(path) {
    this.path = path;
    this.#lock = join(path, LOCK);
  }

  /** Whether a folder is one of ours; only such a one is ever emptied. */
  get isOurs() {
    return existsSync(join(this.path, MARK));
  }

  /** Who uses the folder now, or null. What a killed Threadline left written does not count. */
  user() {
    const holder = this.#holder();
    return holder && birthMark(holder.pid) === holder.mark ? holder : null;
  }

  /**
   * Takes the folder for this process, and ends an API that a killed predecessor may have left behind.
   * @param {string} url shown to whoever tries to take it as well
   */
  async take(url) {
    this.#prepare();
    const text = JSON.stringify({ pid: process.pid, mark: birthMark(process.pid), url });
    while (!this.#write(text)) {
      const user = this.user();
      if (user) throw new StartProblem(`Threadline already runs on ${this.path} (process ${user.pid}): ${user.url}`);
      await this.#clearStale();
    }
  }

  /** Writes down which API process belongs to us, for a successor that finds us killed. */
  remember(apiPid) {
    const holder = this.#holder();
    if (holder?.pid !== process.pid) return;
    writeWhole(this.#lock, JSON.stringify({ ...holder, api: { pid: apiPid, mark: birthMark(apiPid) } }));
  }

  /** Gives the folder free. */
  release() {
    if (this.#holder()?.pid === process.pid) rmSync(this.#lock, { force: true });
  }

  /** The secret from which all keys derive: generated at first start. */
  appSecret() {
    const file = join(this.path, 'secrets', 'app-secret');
    const kept = readIfThere(file);
    if (kept) return kept;
    const secret = randomBytes(48).toString('base64url');
    writeWhole(file, `${secret}\n`, 0o600);
    return secret;
  }

  /** Earlier secrets of this folder, the newest first: what was sealed with them still opens. */
  previousSecrets() {
    return (readIfThere(join(this.path, 'secrets', 'app-secret-previous')) ?? '').split('\n').filter(Boolean);
  }

  /**
   * Makes a new secret and keeps the old one among the previous. Until `rotated` says that everything is sealed with it,
   * a second call goes on with the same new secret, wherever the first was cut off.
   */
  rotateSecret() {
    const file = (name) => join(this.path, 'secrets', name);
    const old = this.appSecret();
    let next = readIfThere(file('app-secret-next'));
    if (!next) {
      next = randomBytes(48).toString('base64url');
      writeWhole(file('app-secret-next'), `${next}\n`, 0o600);
    }
    if (old === next) return;
    const previous = [old, ...this.previousSecrets().filter((secret) => secret !== old)];
    writeWhole(file('app-secret-previous'), `${previous.join('\n')}\n`, 0o600);
    writeWhole(file('app-secret'), `${next}\n`, 0o600);
  }

  /** Everything is sealed with the new secret. */
  rotated() {
    rmSync(join(this.path, 'secrets', 'app-secret-next'), { force: true });
  }

  #prepare() {
    if (!existsSync(this.path)) {
      mkdirSync(this.path, { recursive: true });
      chmodSync(this.path, 0o711); // passable whatever the umask; nobody else may list it
    }
    if (!this.isOurs) {
      const others = readdirSync(this.path).filter((name) => name !== 'lost+found');
      if (others.length > 0) {
        throw new StartProblem(
          `DATA_DIR ${this.path} holds other things (${others[0]} …): name a new or empty folder.`,
        );
      }
      writeFileSync(
        join(this.path, MARK),
        'The data of a Threadline installation. "npm run reset" empties this folder.\n',
      );
    }
    const secrets = join(this.path, 'secrets');
    mkdirSync(secrets, { recursive: true });
    chmodSync(secrets, 0o700);
  }

  #write(text) {
    try {
      writeFileSync(this.#lock, text, { flag: 'wx' });
      return true;
    } catch (error) {
      if (error.code === 'EEXIST') return false;
      throw error;
    }
  }

  #holder() {
    const text = readIfThere(this.#lock);
    if (!text) return null;
    try {
      return JSON.parse(text);
    } catch {
      return null; // cut off by a power failure: nobody's
    }
  }

  /** Renamed before it is removed: of two that start at once, one gets it and the other looks again. */
  async #clearStale() {
    const aside = `${this.#lock}.${process.pid}`;
    const before = readIfThere(this.#lock);
    try {
      renameSync(this.#lock, aside);
    } catch (error) {
      if (error.code === 'ENOENT') return;
      throw error;
    }
    if (readFileSync(aside, 'utf8').trim() !== before) {
      renameSync(aside, this.#lock);
      return;
    }
    rmSync(aside);
    await endLeftOver(before);
  }
}

/** The API ends by itself when its starter is gone; one that hangs is ended here. */
async function endLeftOver(text) {
  let api;
  try {
    ({ api } = JSON.parse(text));
  } catch {
    return;
  }
  if (!api || birthMark(api.pid) !== api.mark) return;
  for (const name of ['SIGTERM', 'SIGKILL']) {
    signal(api.pid, name);
    if (await gone(api.pid, 8_000)) return;
  }
}
