import { Injectable } from '@nestjs/common';
import { type AuditEntry, type Page, REF_KINDS, type Ref } from '@threadline/contracts';
import {
  AuditTrail,
  openFor,
  type PersonalActor,
  type PersonalChanges,
  type SealedEntry,
  SubjectKeys,
} from '../../platform/audit';
import { Cursors } from '../../platform/http';
import { Refusal } from '../../platform/refusal';
import type { ReadTx } from '../../platform/work';
import type { AuditListParams } from './audit.dto';

export interface EntryRow {
  seq: string;
  entry: string;
  hash: Buffer;
}

const LIST = 'audit:-seq';

/** Reads of the audit log. What is personal is opened here, as long as its key is there. */
@Injectable()
export class AuditQueries {
  constructor(
    private readonly keys: SubjectKeys,
    private readonly trail: AuditTrail,
    private readonly cursors: Cursors,
  ) {}

  /** The newest first. @throws Refusal `invalid_cursor` */
  async list(tx: ReadTx, params: AuditListParams): Promise<Page<AuditEntry>> {
    const { where, values } = this.conditions(tx, params);
    values.push(params.limit + 1);
    const rows = await tx.query<EntryRow>(
      `SELECT seq, entry, hash FROM audit_entries WHERE ${where.join(' AND ')} ORDER BY seq DESC LIMIT $${values.length}`,
      values,
    );
    const page = rows.slice(0, params.limit);
    const last = page.at(-1);
    return {
      items: await this.opened(tx, page),
      nextCursor: rows.length > page.length && last ? this.cursors.seal(tx.workspaceId, LIST, [last.seq]) : null,
    };
  }

  /** Entries as people read them. */
  async opened(tx: ReadTx, rows: readonly EntryRow[]): Promise<AuditEntry[]> {
    const sealed = rows.map(({ entry }) => JSON.parse(entry) as SealedEntry);
    const subjects = [...new Set(sealed.flatMap(({ personal }) => Object.keys(personal)))];
    const keys = await this.keys.existing(tx.query, tx.workspaceId, subjects);
    return sealed.map((entry, at) => openedEntry(entry, rows[at]?.hash ?? Buffer.alloc(0), keys));
  }

  /** So many entries after one, in the order of the log. */
  after(tx: ReadTx, seq: number, limit: number): Promise<EntryRow[]> {
    return tx.query<EntryRow>(
      'SELECT seq, entry, hash FROM audit_entries WHERE workspace_id = $1 AND seq > $2 ORDER BY seq LIMIT $3',
      [tx.workspaceId, seq, limit],
    );
  }

  /** How long the log says it is, and the hash of its last entry. */
  async head(tx: ReadTx): Promise<{ size: number; head: Buffer }> {
    const [row] = await tx.query<{ size: string; head: Buffer }>('SELECT size, head FROM audit_heads');
    return { size: Number(row?.size ?? 0), head: row?.head ?? Buffer.alloc(32) };
  }

  private conditions(tx: ReadTx, params: AuditListParams): { where: string[]; values: unknown[] } {
    const values: unknown[] = [tx.workspaceId];
    const where = ['workspace_id = $1'];
    const add = (value: unknown, condition: (at: string) => string): void => {
      values.push(value);
      where.push(condition(`$${values.length}`));
    };
    const { actorId, outcome, action, targetType, targetId, from, to, ip, requestId, q, after, cursor } = params;
    if (actorId !== undefined) add(actorId, (at) => `actor_id = ${at}`);
    if (outcome !== undefined) add(outcome, (at) => `outcome = ${at}`);
    if (action !== undefined) add(beginning(action), (at) => `action LIKE ${at}`);
    if (targetId !== undefined) add(targetRefs(targetType, targetId), (at) => `targets && ${at}::text[]`);
    else if (targetType !== undefined) {
      add(`${targetType}:%`, (at) => `EXISTS (SELECT 1 FROM unnest(targets) t WHERE t LIKE ${at})`);
    }
    if (from !== undefined) add(new Date(from), (at) => `occurred_at >= ${at}`);
    if (to !== undefined) add(new Date(to), (at) => `occurred_at < ${at}`);
    if (ip !== undefined) add(this.trail.ipHash(ip), (at) => `ip_hash = ${at}`);
    if (requestId !== undefined) add(requestId, (at) => `request_id = ${at}`);
    if (q !== undefined) where.push(this.having(q, values));
    if (after !== undefined) add(after, (at) => `seq > ${at}`);
    if (cursor !== undefined) {
      const [seq] = this.cursors.open(tx.workspaceId, LIST, cursor);
      if (seq === undefined) throw new Refusal('invalid_cursor');
      add(seq, (at) => `seq < ${at}::bigint`);
    }
    return { where, values };
  }

  /** Entries that have to do with exactly this, whatever it is. */
  private having(words: string, values: unknown[]): string {
    const [word, refs, hash, action, name] = [
      words,
      targetRefs(undefined, words),
      this.trail.ipHash(words),
      // "Lead created", as screens write it, is lead.created.
      beginning(words.trim().toLowerCase().replace(/\s+/, '.').replace(/\s+/g, '_')),
      `%${beginning(words.trim())}`,
    ].map((value) => `$${values.push(value)}`);
    // Names and addresses are of today: what an entry knew of them is sealed.
    const people = `SELECT u.id::text FROM users u WHERE u.name ILIKE ${name} OR u.email ILIKE ${name}`;
    return `(${[
      `actor_id = ${word}`,
      `request_id = ${word}`,
      `ip_hash = ${hash}`,
      `targets && ${refs}::text[]`,
      `action LIKE ${action}`,
      `actor_id IN (${people})`,
    ].join(' OR ')})`;
  }
}

/** What begins with these words, as LIKE wants it. */
function beginning(words: string): string {
  return `${words.replace(/[\\%_]/g, '\\$&')}%`;
}

/** Without a kind, an id is looked for among all of them. */
function targetRefs(kind: string | undefined, id: string): string[] {
  return (kind ? [kind] : REF_KINDS).map((each) => `${each}:${id}`);
}

function openedEntry(entry: SealedEntry, hash: Buffer, keys: ReadonlyMap<string, Buffer | null>): AuditEntry {
  const erased = new Set<Ref>();
  let who: PersonalActor = { name: null, ip: null, userAgent: null };
  let changes = entry.changes;
  for (const [subject, parts] of Object.entries(entry.personal)) {
    const key = keys.get(subject);
    if (!key) {
      erased.add(subject as Ref);
      continue;
    }
    if (parts.actor) who = openFor<PersonalActor>(key, parts.actor);
    if (parts.changes) changes = openFor<PersonalChanges>(key, parts.changes).changes;
  }
  return {
    id: entry.id,
    seq: entry.seq,
    occurredAt: entry.occurredAt,
    action: entry.action,
    outcome: entry.outcome as AuditEntry['outcome'],
    actor: { ...entry.actor, name: who.name },
    targets: [...entry.targets] as Ref[],
    changes: [...changes],
    ip: who.ip,
    userAgent: who.userAgent,
    requestId: entry.requestId,
    reason: entry.reason,
    erased: [...erased],
    hash: hash.toString('hex'),
  };
}
