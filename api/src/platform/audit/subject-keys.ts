import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { SecretBox } from '../secrets';

/** SQL of the workspace in hand. */
type Query = <R extends object>(sql: string, parameters?: readonly unknown[]) => Promise<R[]>;

const ALGORITHM = 'aes-256-gcm';
const NONCE = 12;
const TAG = 16;
/** Keys that are remembered. */
const REMEMBERED = 20_000;
/** How long at least, in ms; twice that at most: an erased subject's key is nowhere after five seconds, on any node. */
const GENERATION_MS = 2_500;

/**
 * A key for each person or lead the audit log speaks of. Personal fields are sealed under it before they are chained,
 * so that dropping the key makes them unreadable and leaves every hash as it was. A key is a KeyObject: for bare bytes
 * Node makes one with every call, which costs more than opening what is sealed.
 */
@Injectable()
export class SubjectKeys implements OnApplicationBootstrap, OnApplicationShutdown {
  private known = new Map<string, KeyObject>();
  /** Those of the generation before: good until the next. */
  private older = new Map<string, KeyObject>();
  private timer?: NodeJS.Timeout;

  constructor(private readonly box: SecretBox) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.age(), GENERATION_MS);
    this.timer.unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /**
   * The keys of these subjects, made where there were none. Null for one that was erased. What was made is remembered
   * by `confirm`, when the transaction has committed.
   */
  async of(query: Query, workspaceId: string, subjects: readonly string[]): Promise<Map<string, KeyObject | null>> {
    const keys = new Map<string, KeyObject | null>();
    const unknown = subjects.filter((subject) => {
      const name = `${workspaceId}:${subject}`;
      const known = this.known.get(name) ?? this.older.get(name);
      if (known) keys.set(subject, known);
      return !known;
    });
    if (unknown.length === 0) return keys;
    const made = unknown.map((subject) =>
      this.box.seal(randomBytes(32).toString('base64'), aboutKey(workspaceId, subject)),
    );
    // The one who comes second takes the key of the first: the row that stands is the one that is read.
    await query(
      `INSERT INTO audit_keys (workspace_id, subject, key) SELECT $1, s, k FROM unnest($2::text[], $3::text[]) AS n (s, k)
       ON CONFLICT DO NOTHING`,
      [workspaceId, unknown, made],
    );
    for (const [subject, key] of await this.read(query, workspaceId, unknown)) keys.set(subject, key);
    return keys;
  }

  /** The keys there are, none made: for reading. Null for a subject that was erased or is unknown. */
  async existing(
    query: Query,
    workspaceId: string,
    subjects: readonly string[],
  ): Promise<Map<string, KeyObject | null>> {
    return this.read(query, workspaceId, subjects);
  }

  /** The transaction in which these keys were read or made has committed. */
  confirm(workspaceId: string, keys: ReadonlyMap<string, KeyObject | null>): void {
    if (this.known.size > REMEMBERED) this.known.clear();
    for (const [subject, key] of keys) {
      const name = `${workspaceId}:${subject}`;
      // One that is remembered already gets no younger by being used.
      if (key && !this.older.has(name)) this.known.set(name, key);
    }
  }

  /**
   * Drops a subject's key for good: what was sealed under it cannot be read by anybody any more, and no other is ever
   * made for it. Inside the transaction that erases the subject.
   */
  async drop(query: Query, workspaceId: string, subject: string): Promise<void> {
    await query(
      `INSERT INTO audit_keys (workspace_id, subject, key) VALUES ($1, $2, NULL)
       ON CONFLICT (workspace_id, subject) DO UPDATE SET key = NULL`,
      [workspaceId, subject],
    );
    this.known.delete(`${workspaceId}:${subject}`);
    this.older.delete(`${workspaceId}:${subject}`);
  }

  /** Every key is read again now and then, so that it is known to stand. */
  private age(): void {
    this.older = this.known;
    this.known = new Map();
  }

  private async read(query: Query, workspaceId: string, subjects: readonly string[]) {
    const rows = await query<{ subject: string; key: string | null }>(
      'SELECT subject, key FROM audit_keys WHERE workspace_id = $1 AND subject = ANY ($2)',
      [workspaceId, subjects],
    );
    return new Map(
      rows.map(({ subject, key }) => [
        subject,
        key === null ? null : createSecretKey(this.box.open(key, aboutKey(workspaceId, subject)), 'base64'),
      ]),
    );
  }
}

/** What a sealed key is about, for SecretBox. */
export function aboutKey(workspaceId: string, subject: string): string {
  return `audit-key:${workspaceId}:${subject}`;
}

/** Seals a value under a subject's key: base64url of nonce, ciphertext and tag. */
export function sealFor(key: KeyObject, value: unknown): string {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv(ALGORITHM, key, nonce);
  const bytes = [nonce, cipher.update(JSON.stringify(value), 'utf8'), cipher.final(), cipher.getAuthTag()];
  return Buffer.concat(bytes).toString('base64url');
}

/** Opens what `sealFor` sealed. @throws Error when it was altered. */
export function openFor<T>(key: KeyObject, sealed: string): T {
  const bytes = Buffer.from(sealed, 'base64url');
  const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, NONCE)).setAuthTag(bytes.subarray(-TAG));
  const text = Buffer.concat([decipher.update(bytes.subarray(NONCE, -TAG)), decipher.final()]).toString('utf8');
  return JSON.parse(text) as T;
}
