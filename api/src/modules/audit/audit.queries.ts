import type { KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type AuditEntry, type AuditExportFilters, type Page, type Ref } from '@threadline/contracts';
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
import { type Filters, type Named, type Wish, wishesFor, wishesOf, wordsIn } from './audit-wishes.rules';

export interface EntryRow {
  seq: string;
  entry: string;
  hash: Buffer;
}

const LIST = 'audit:-seq';
/** How often one page looks further, each time at more, past entries that are left out. */
const LOOKS = 20;
/** People and leads that one word may mean. */
const NAMED = 100;

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
    const { after = null, cursor, limit } = params;
    const [before] = cursor === undefined ? [null] : this.cursors.open(tx.workspaceId, LIST, cursor);
    if (before === undefined) throw new Refusal('invalid_cursor');
    const { found, stopped } = await this.wanted(tx, params, { after, before, most: limit + 1 });
    const last = found.length > limit ? found[limit - 1] : stopped;
    return {
      items: await this.opened(tx, await this.rows(tx, found.slice(0, limit))),
      nextCursor: last === undefined ? null : this.cursors.seal(tx.workspaceId, LIST, [last]),
    };
  }

  /** Entries as people read them. */
  async opened(tx: ReadTx, rows: readonly EntryRow[]): Promise<AuditEntry[]> {
    const sealed = rows.map(({ entry }) => JSON.parse(entry) as SealedEntry);
    const subjects = [...new Set(sealed.flatMap(({ personal }) => Object.keys(personal)))];
    const keys = await this.keys.existing(tx.query, tx.workspaceId, subjects);
    return sealed.map((entry, at) => openedEntry(entry, rows[at]?.hash ?? Buffer.alloc(0), keys));
  }

  /** An entry as people read it. @throws Refusal `not_found` */
  async get(tx: ReadTx, id: string): Promise<AuditEntry> {
    const row = await this.one(tx, id);
    const [entry] = row ? await this.opened(tx, [row]) : [];
    if (!entry) throw new Refusal('not_found');
    return entry;
  }

  /** An entry by its id. */
  async one(tx: ReadTx, id: string): Promise<EntryRow | undefined> {
    const [row] = await tx.query<EntryRow>(
      'SELECT seq, entry, hash FROM audit_entries WHERE workspace_id = $1 AND id = $2',
      [tx.workspaceId, id],
    );
    return row;
  }

  /** So many entries after one, in the order of the log. */
  after(tx: ReadTx, seq: number, limit: number): Promise<EntryRow[]> {
    return tx.query<EntryRow>(
      'SELECT seq, entry, hash FROM audit_entries WHERE workspace_id = $1 AND seq > $2 ORDER BY seq LIMIT $3',
      [tx.workspaceId, seq, limit],
    );
  }

  /** The same, for whoever needs nothing but their hashes. */
  hashesAfter(tx: ReadTx, seq: number, limit: number): Promise<Pick<EntryRow, 'seq' | 'hash'>[]> {
    return tx.query('SELECT seq, hash FROM audit_entries WHERE workspace_id = $1 AND seq > $2 ORDER BY seq LIMIT $3', [
      tx.workspaceId,
      seq,
      limit,
    ]);
  }

  /** So many of those that are looked for, after one and up to another, in the order of the log. */
  async matching(
    tx: ReadTx,
    filters: AuditExportFilters,
    { after, until, limit }: { after: number; until: number; limit: number },
  ): Promise<EntryRow[]> {
    const wishes = await this.wishes(tx, filters);
    const found: string[] = [];
    let from = after;
    // Where little matches, longer and longer stretches are looked through at once.
    for (let stretch = limit; from < until && found.length < limit; stretch *= 4) {
      const to = Math.min(from + stretch, until);
      const part = { after: from, before: to + 1, most: stretch };
      found.push(...(await this.found(tx, wishes, filters, part)).reverse());
      from = to;
    }
    return (await this.rows(tx, found.slice(0, limit))).reverse();
  }

  /** How long the log says it is, and the hash of its last entry. */
  async head(tx: ReadTx): Promise<{ size: number; head: Buffer }> {
    const [row] = await tx.query<{ size: string; head: Buffer }>('SELECT size, head FROM audit_heads');
    return { size: Number(row?.size ?? 0), head: row?.head ?? Buffer.alloc(32) };
  }

  /**
   * Numbers of entries, the newest first, without those of a noun that is left out. `stopped` is where it gave up among
   * too many of these: the next page goes on from there.
   */
  private async wanted(
    tx: ReadTx,
    params: AuditListParams,
    { after, before, most }: { after: number | null; before: string | number | null; most: number },
  ): Promise<{ found: string[]; stopped?: string | undefined }> {
    const wishes = await this.wishes(tx, params);
    if (params.without === undefined) return { found: await this.found(tx, wishes, params, { after, before, most }) };
    const found: string[] = [];
    let from = before;
    for (let look = 0; look < LOOKS; look++) {
      const stretch = most * (look + 1);
      const some = await this.found(tx, wishes, params, { after, before: from, most: stretch });
      found.push(...(await this.without(tx, some, params.without)));
      if (found.length >= most || some.length < stretch) return { found: found.slice(0, most) };
      from = some.at(-1) ?? from;
    }
    return { found, stopped: String(from) };
  }

  private async without(tx: ReadTx, seqs: readonly string[], noun: string): Promise<string[]> {
    const rows = await tx.query<{ seq: string }>(
      `SELECT seq FROM audit_entries
        WHERE workspace_id = $1 AND seq = ANY ($2::bigint[]) AND split_part(action, '.', 1) <> $3 ORDER BY seq DESC`,
      [tx.workspaceId, seqs, noun],
    );
    return rows.map(({ seq }) => seq);
  }

  /** Numbers of entries, the newest first. */
  private async found(
    tx: ReadTx,
    wishes: readonly Wish[],
    { from, to }: Pick<AuditListParams, 'from' | 'to'>,
    { after, before, most }: { after: number | null; before: string | number | null; most: number },
  ): Promise<string[]> {
    if (wishes.length === 0 && from === undefined && to === undefined) return this.last(tx, after, before, most);
    const [since, until] = [from, to].map((time) => (time === undefined ? null : new Date(time)));
    const [row] = await tx.query<{ found: string[] }>(
      // The index still knows the places of what was cut.
      `SELECT audit_found($1::jsonb, $2, $3, greatest($4::bigint, (SELECT max(size) FROM audit_cuts)), $5::bigint, $6)
           AS found`,
      [JSON.stringify(wishes), since, until, after, before, most],
    );
    return row?.found ?? [];
  }

  private async last(
    tx: ReadTx,
    after: number | null,
    before: string | number | null,
    most: number,
  ): Promise<string[]> {
    const rows = await tx.query<{ seq: string }>(
      `SELECT seq FROM audit_entries
        WHERE workspace_id = $1 AND seq > coalesce($2::bigint, 0) AND seq < coalesce($3::bigint, 9223372036854775807)
        ORDER BY seq DESC LIMIT $4`,
      [tx.workspaceId, after, before, most],
    );
    return rows.map(({ seq }) => seq);
  }

  /** Read under row-level security, like everything. */
  private async rows(tx: ReadTx, seqs: readonly string[]): Promise<EntryRow[]> {
    if (seqs.length === 0) return [];
    return tx.query<EntryRow>(
      'SELECT seq, entry, hash FROM audit_entries WHERE workspace_id = $1 AND seq = ANY ($2::bigint[]) ORDER BY seq DESC',
      [tx.workspaceId, seqs],
    );
  }

  private async wishes(tx: ReadTx, { q, ...filters }: Filters & { q?: string | undefined }): Promise<Wish[]> {
    const ipHash = (ip: string): string => this.trail.ipHash(ip);
    const wishes = wishesOf(filters, ipHash);
    const words = q === undefined ? [] : wordsIn(q);
    const named = await this.named(tx, words);
    for (const [at, word] of words.entries()) wishes.push(...wishesFor({ word, ipHash: ipHash(word), ...named[at] }));
    return wishes;
  }

  /**
   * People and leads by the names and addresses that the workspace knows today, for each word: what an entry knew of them
   * is sealed.
   */
  private async named(tx: ReadTx, words: readonly string[]): Promise<Named[]> {
    if (words.length === 0) return [];
    return tx.query<Named>(
      `SELECT ARRAY(SELECT u.user_id FROM workspace_people u
                     WHERE search_text(u.name) LIKE search_pattern(word) OR u.email ILIKE search_pattern(word) LIMIT ${NAMED}) AS "userIds",
              coalesce(leads_matching(word, NULL, ${NAMED}), '{}') AS "leadIds"
         FROM unnest($1::text[]) WITH ORDINALITY AS w (word, at) ORDER BY at`,
      [words],
    );
  }
}

function openedEntry(entry: SealedEntry, hash: Buffer, keys: ReadonlyMap<string, KeyObject | null>): AuditEntry {
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
