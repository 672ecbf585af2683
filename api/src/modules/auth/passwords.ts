import { argon2, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { promisify } from 'node:util';
import { Inject, Injectable } from '@nestjs/common';
import { SystemDatabase } from '../../platform/database';
import { Refusal } from '../../platform/refusal';

const derive = promisify(argon2);

/** What a new hash costs by Argon2id: memory in KiB. */
export interface HashCost {
  memory: number;
  passes: number;
  parallelism: number;
}

/** OWASP Password Storage: Argon2id with 19 MiB, two passes, one lane. */
export const OWASP_COST: HashCost = { memory: 19_456, passes: 2, parallelism: 1 };
/** Injects the HashCost: tests that sign hundreds of people in and compare no times take a cheaper one. */
export const HASH_COST = Symbol('HASH_COST');

const TAG_LENGTH = 32;
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
  /** What no password is compared with, so that its absence takes the same time. */
  private readonly decoy: Hash;

  constructor(
    private readonly database: SystemDatabase,
    @Inject(HASH_COST) private readonly cost: HashCost,
  ) {
    this.decoy = { ...cost, salt: randomBytes(16), tag: randomBytes(TAG_LENGTH) };
  }

  /**
   * A PHC string. All accounts of an address have one salt: several may carry it until one of them has proved it, and
   * one hash has to tell which of them a password is of, if any; more would tell by the time how many there are.
   * @param admit asked when its turn has come, just before the work; what it throws is thrown
   */
  async hash(password: string, address: string, admit?: () => Promise<void>): Promise<string> {
    const salt = await this.saltOf(address);
    const { memory, passes, parallelism } = this.cost;
    const asked = { memory, passes, parallelism, message: password, nonce: salt, tagLength: TAG_LENGTH };
    const tag = await this.gated(() => derive('argon2id', asked), admit);
    return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${text(salt)}$${text(tag)}`;
  }

  /** Whether it is the password of one known account; `null`, for one without a password, takes as long. */
  async matches(password: string, hash: string | null): Promise<boolean> {
    const { salt, tag: expected, ...cost } = hash === null ? this.decoy : parse(hash);
    const tag = await this.gated(() =>
      derive('argon2id', { ...cost, message: password, nonce: salt, tagLength: expected.length }),
    );
    return timingSafeEqual(tag, expected) && hash !== null;
  }

  private async saltOf(address: string): Promise<Buffer> {
    const [row] = await this.database.query<{ salt_key: Buffer; password_hash: string | null }>(
      `SELECT i.salt_key, u.password_hash FROM installation i
         LEFT JOIN users u ON lower(u.email) = lower($1) AND u.address_proved_at IS NOT NULL`,
      [address.trim()],
    );
    if (!row) throw new Error('The installation has no row');
    // The hash of an account that is older than this rule has a salt of its own.
    if (row.password_hash !== null) return parse(row.password_hash).salt;
    return createHmac('sha256', row.salt_key).update(address.trim().toLowerCase()).digest().subarray(0, 16);
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

/** Compares two PHC strings in constant time. */
export function sameHash(one: string, other: string | null): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other ?? '')];
  return left.length === right.length && timingSafeEqual(left, right);
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64').replace(/=+$/, '');
}

/** A PHC string taken apart. */
interface Hash extends HashCost {
  salt: Buffer;
  tag: Buffer;
}

function parse(hash: string): Hash {
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
