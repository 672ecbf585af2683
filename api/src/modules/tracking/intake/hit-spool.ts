import { type FileHandle, mkdir, open, readdir, readFile, rename, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { v7 } from 'uuid';
import type { RawHit } from '../hit';

/** Most that one process puts on disk before it is recovered; what comes after is not recorded. Bytes. */
const MOST_BYTES = 512 * 1024 * 1024;
/** A file is read in one piece. */
const FILE_BYTES = 16 * 1024 * 1024;

/** The disk has no room, or what may wait on it is there. */
export class SpoolFull extends Error {}

/** What a spool file held: hits, and lines that were damaged after they had been written. */
export interface SpoolFile {
  path: string;
  hits: RawHit[];
  damaged: string[];
}

interface OpenFile {
  handle: FileHandle;
  path: string;
  inode: number;
  bytes: number;
}

/**
 * Hits on disk while the database is away: one line each, with a checksum, flushed before anybody is answered.
 *
 * A file belongs to the process that writes it until it is taken for recovery, by this process or another one that
 * shares the folder. Taking is a rename. A writer looks, after each flush, whether its file is still its own: if so,
 * whoever takes it later will read what was flushed; if not, the lines are written again to a new file. Hits have ids,
 * so that twice written is once counted.
 */
export class HitSpool {
  private file: OpenFile | undefined;
  private waiting = 0;

  constructor(private readonly folder: string) {}

  /** Writes and flushes. @throws SpoolFull, or what the file system says. */
  async append(hits: readonly RawHit[]): Promise<void> {
    const lines = Buffer.from(hits.map(lineOf).join(''));
    if (this.waiting + lines.length > MOST_BYTES) throw new SpoolFull('The spool is full');
    for (;;) {
      const file = (this.file ??= await this.create());
      await this.write(file, lines);
      const mine = await this.isMine(file);
      if (!mine || file.bytes > FILE_BYTES) await this.close();
      if (mine) break;
    }
    this.waiting += lines.length;
  }

  /** Takes every file that is there, one after the other; the one in hand is closed first. */
  async *take(): AsyncGenerator<SpoolFile> {
    await this.close();
    this.waiting = 0;
    for (const name of (await this.names()).filter((one) => /\.(?:open|taken)$/.test(one)).sort()) {
      const path = await this.claim(name);
      if (path) yield { path, ...read(await readFile(path, 'utf8')) };
    }
  }

  /** After everything in a taken file is in the database. Damaged lines stay, beside it, for people to look at. */
  async done({ path, damaged }: SpoolFile): Promise<void> {
    if (damaged.length > 0) {
      const kept = await open(`${path}.damaged`, 'a');
      await kept.writeFile(`${damaged.join('\n')}\n`);
      await kept.close();
    }
    await unlink(path).catch(unlessGone);
  }

  /** True when something waits for recovery. */
  async isEmpty(): Promise<boolean> {
    return !(await this.names()).some((name) => /\.(?:open|taken)$/.test(name));
  }

  async close(): Promise<void> {
    const { file } = this;
    this.file = undefined;
    await file?.handle.close();
  }

  private async create(): Promise<OpenFile> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const path = join(this.folder, `hits-${v7()}.open`);
    const handle = await open(path, 'ax', 0o600);
    const { ino } = await handle.stat();
    // The name must survive a power cut too.
    const folder = await open(this.folder, 'r');
    await folder.sync();
    await folder.close();
    return { handle, path, inode: ino, bytes: 0 };
  }

  private async write(file: OpenFile, lines: Buffer): Promise<void> {
    try {
      await file.handle.appendFile(lines);
      await file.handle.datasync();
      file.bytes += lines.length;
    } catch (error) {
      // Half a line may stand there now; the next batch starts a file of its own.
      await this.close();
      throw isFull(error) ? new SpoolFull('The disk is full') : error;
    }
  }

  private async isMine(file: OpenFile): Promise<boolean> {
    const there = await stat(file.path).catch(unlessGone);
    return there?.ino === file.inode;
  }

  /** Undefined when another process was faster. */
  private async claim(name: string): Promise<string | undefined> {
    const path = join(this.folder, name);
    if (name.endsWith('.taken')) return path;
    const taken = path.replace(/\.open$/, '.taken');
    const mine = await rename(path, taken).then(() => true, unlessGone);
    return mine ? taken : undefined;
  }

  private async names(): Promise<string[]> {
    return (await readdir(this.folder).catch(unlessGone)) ?? [];
  }
}

function lineOf(hit: RawHit): string {
  const text = JSON.stringify(hit);
  return `${crc32(text).toString(16).padStart(8, '0')} ${text}\n`;
}

/** A last line without an end was cut while it was written: nobody was answered for it. */
function read(content: string): Pick<SpoolFile, 'hits' | 'damaged'> {
  const lines = content.split('\n').slice(0, -1);
  const hits: RawHit[] = [];
  const damaged: string[] = [];
  for (const line of lines) {
    const text = line.slice(9);
    if (parseInt(line.slice(0, 8), 16) === crc32(text) && text !== '') hits.push(JSON.parse(text) as RawHit);
    else damaged.push(line);
  }
  return { hits, damaged };
}

function unlessGone(error: unknown): undefined {
  if (codeOf(error) !== 'ENOENT') throw error;
  return undefined;
}

function isFull(error: unknown): boolean {
  return ['ENOSPC', 'EDQUOT', 'EFBIG'].includes(codeOf(error));
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}
