import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { AuditActor, AuditChange } from '@threadline/contracts';
import { canonicalJson, type Json } from '@threadline/audit';
import { Keys } from '../config';
import { currentRequest } from '../request';
import { type AuditNote, subjectOf } from './audit-entry.rules';
import { sealFor, SubjectKeys } from './subject-keys';

/** What is personal about who did it. */
export interface PersonalActor {
  name: string | null;
  ip: string | null;
  userAgent: string | null;
}

/** What is personal about what was changed. */
export interface PersonalChanges {
  changes: readonly AuditChange[];
}

/** An entry as it is chained. Its keys stand in the order of RFC 8785, so that `seq` can be put in by the database. */
export interface SealedEntry {
  action: string;
  actor: Omit<AuditActor, 'name'>;
  changes: readonly AuditChange[];
  id: string;
  occurredAt: string;
  outcome: string;
  /** Sealed under the key of the subject that is named. */
  personal: Readonly<Record<string, { actor?: string; changes?: string }>>;
  reason: string | null;
  requestId: string | null;
  seq: number;
  targets: readonly string[];
  v: 1;
  workspaceId: string;
}

/** A row for `append_audit`: the canonical text of an entry before and after its number, and what it is found by. */
interface AuditRow {
  before: string;
  after: string;
  id: string;
  occurred_at: string;
  action: string;
  outcome: string;
  actor_id: string;
  targets: readonly string[];
  request_id: string | null;
  /** Keyed hash of the address it came from: found by, and says nothing without the key. */
  ip_hash: string | null;
}

/** SQL of the workspace in hand. */
type Query = <R extends object>(sql: string, parameters?: readonly unknown[]) => Promise<R[]>;

export const APPEND_AUDIT = 'SELECT append_audit($1, $2::jsonb)';

/** Makes the rows of the audit log: what is personal sealed, everything in its canonical form. */
@Injectable()
export class AuditTrail {
  private readonly ipKey: KeyObject;

  constructor(
    private readonly keys: SubjectKeys,
    secrets: Keys,
  ) {
    this.ipKey = createSecretKey(secrets.derive('audit-ip'));
  }

  /** The parameter of APPEND_AUDIT for these notes, and what to call once the transaction has committed. */
  async prepare(query: Query, workspaceId: string, notes: readonly AuditNote[]) {
    const subjects = new Set(
      notes.flatMap((note) => [actorSubject(note), subjectOf(note)].filter((each) => each !== null)),
    );
    const keys = await this.keys.of(query, workspaceId, [...subjects]);
    const rows = notes.map((note) => this.row(workspaceId, note, keys));
    return { rows: JSON.stringify(rows), committed: () => this.keys.confirm(workspaceId, keys) };
  }

  /** What rows of an address are found by. */
  ipHash(ip: string): string {
    return createHmac('sha256', this.ipKey).update(ip).digest('base64url');
  }

  private row(workspaceId: string, note: AuditNote, keys: ReadonlyMap<string, KeyObject | null>): AuditRow {
    const scope = currentRequest();
    const personal: Record<string, { actor?: string; changes?: string }> = {};
    const seal = (subject: string | null, part: 'actor' | 'changes', value: unknown): boolean => {
      const key = subject === null ? null : keys.get(subject);
      if (!subject || !key) return false;
      personal[subject] = { ...personal[subject], [part]: sealFor(key, value) };
      return true;
    };
    const { by } = note;
    const own = note.actor.type === by.type && note.actor.id === by.id;
    const ip = scope?.ip ?? null;
    const about: PersonalActor = { name: own ? (by.name ?? null) : null, ip, userAgent: scope?.userAgent ?? null };
    seal(actorSubject(note), 'actor', about);
    const subject = subjectOf(note);
    const sealed = note.changes.length > 0 && seal(subject, 'changes', { changes: note.changes });
    const entry: SealedEntry = {
      action: note.action,
      actor: { ...note.actor, credential: own ? by.credential : null },
      // Of an erased subject nothing is written down any more, sealed or not.
      changes: sealed || subject !== null ? [] : note.changes,
      id: note.id,
      occurredAt: note.occurredAt,
      outcome: note.outcome,
      personal,
      reason: note.reason,
      requestId: scope?.requestId ?? null,
      seq: 0,
      targets: note.targets,
      v: 1,
      workspaceId,
    };
    return {
      ...split(entry),
      id: note.id,
      occurred_at: note.occurredAt,
      action: note.action,
      outcome: note.outcome,
      actor_id: note.actor.id,
      targets: note.targets,
      request_id: scope?.requestId ?? null,
      ip_hash: ip === null ? null : this.ipHash(ip),
    };
  }
}

/** Whose name and address stand with an entry: the person's; nobody's for Threadline itself and for leads. */
function actorSubject(note: AuditNote): string | null {
  return note.actor.type === 'user' || note.actor.type === 'api_key' ? `${note.actor.type}:${note.actor.id}` : null;
}

/** The canonical text around the number: the keys before `seq` in its order, and those after it. */
function split(entry: SealedEntry): { before: string; after: string } {
  const parts = Object.entries(entry).map(([key, value]) => [key, plain(value)] as const);
  const text = (keys: (key: string) => boolean) =>
    canonicalJson(Object.fromEntries(parts.filter(([key]) => keys(key))));
  return {
    before: `${text((key) => key < 'seq').slice(0, -1)},"seq":`,
    after: `,${text((key) => key > 'seq').slice(1)}`,
  };
}

/** As JSON would hold it: without what is undefined, and with halves of characters replaced. */
function plain(value: unknown): Json {
  return JSON.parse(JSON.stringify(value), (_, part: unknown) =>
    typeof part === 'string' ? part.replace(/\p{Cs}/gu, '\ufffd') : part,
  ) as Json;
}
