import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { promisify } from 'node:util';
import { Injectable } from '@nestjs/common';
import { Refusal } from '../../platform/refusal';

const derive = promisify(argon2);

/** OWASP Password Storage: Argon2id with 19 MiB, two passes, one lane. Memory in KiB. */
const COST = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 } as const;
/**
 * How many hashes are made at once, so that a storm of sign-ins can't take the memory or the cores: one core stays free
 * for everybody else, and two of libuv's four threads for files and names.
 */
const AT_ONCE = Math.max(1, Math.min(2, availableParallelism() - 1));
/** How many wait for their turn, some tens of seconds' worth; who comes then is asked to come again. */
const IN_LINE = 1_000;

/** Hashes passwords, exactly as typed (ASVS 6.2.8). */
@Injectable()
export class Passwords {
  private running = 0;
  private readonly waiting: (() => void)[] = [];
  /** What an unknown address is checked against, so that it takes the same time as a known one. */
  private decoy?: Promise<string>;

  /** A PHC string. */
  async hash(password: string): Promise<string> {
    const salt = randomBytes(16);
    const tag = await this.gated(() => derive('argon2id', { ...COST, message: password, nonce: salt }));
    const { memory, passes, parallelism } = COST;
    return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${text(salt)}$${text(tag)}`;
  }

  /**
   * Compares in constant time; `null` for an account that does not exist takes as long and answers false.
   * @param admit asked when its turn has come, just before the work; what it throws is thrown
   */
  async matches(password: string, hash: string | null, admit?: () => Promise<void>): Promise<boolean> {
    this.decoy ??= this.hash(randomBytes(16).toString('hex'));
    const parsed = parse(hash ?? (await this.decoy));
    const { salt, tag: expected, ...cost } = parsed;
    const tag = await this.gated(
      () => derive('argon2id', { ...cost, message: password, nonce: salt, tagLength: expected.length }),
      admit,
    );
    return timingSafeEqual(tag, expected) && hash !== null;
  }

  /** @throws Refusal `too_many_requests` when the line is too long */
  private async gated<T>(work: () => Promise<T>, admit?: () => Promise<void>): Promise<T> {
    if (this.waiting.length >= IN_LINE) throw new Refusal('too_many_requests', { retryAfter: 10 });
    if (this.running >= AT_ONCE) await new Promise<void>((resolve) => this.waiting.push(resolve));
    else this.running += 1;
    try {
      await admit?.();
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.running -= 1;
    }
  }
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64').replace(/=+$/, '');
}

function parse(hash: string) {
  const match = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([^$]+)\$([^$]+)$/.exec(hash);
  const [, memory, passes, parallelism, salt, tag] = match ?? [];
  if (!salt || !tag) throw new Error('A stored password hash cannot be read');
  return {
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    salt: Buffer.from(salt, 'base64'),
    tag: Buffer.from(tag, 'base64'),
  };
}
