import { domainToASCII } from 'node:url';
import type { Lead, LeadStatus } from '@threadline/contracts';

/** How long a deleted lead can be restored, in days. */
export const RESTORE_DAYS = 30;
const DAY = 86_400_000;

export const MAX_TAGS = 50;
export const MAX_CUSTOM_FIELDS = 100;
const MAX_KEY = 100;
const MAX_VALUE = 2_000;
/** Names that mean something to objects in JavaScript; nobody calls a field so by accident. */
const RESERVED = new Set(['__proto__', 'constructor', 'prototype']);
/** NUL, and halves of characters: what PostgreSQL cannot keep. */
const UNKEEPABLE = /[\0\p{Cs}]/u;

export type CustomFields = Lead['customFields'];

/** What a person can say about a lead. */
export interface LeadFields {
  name: string;
  email: string | null;
  phone: string | null;
  company: string | null;
  title: string | null;
  /** Any status may follow any other: people correct themselves. */
  status: LeadStatus;
  tags: string[];
  customFields: CustomFields;
  /** The user id of a member. */
  ownerId: string | null;
}

const FIELDS = [
  'name',
  'email',
  'phone',
  'company',
  'title',
  'status',
  'tags',
  'customFields',
  'ownerId',
] as const satisfies readonly (keyof LeadFields)[];

/**
 * The form in which addresses are kept and compared: lower case, the domain in ASCII. (Local parts may differ by case
 * in theory; in practice a second lead for the same mailbox is a mistake.)
 */
export function normaliseEmail(email: string): string {
  const address = email.trim();
  const at = address.lastIndexOf('@');
  const domain = address.slice(at + 1);
  return `${address.slice(0, at + 1)}${domainToASCII(domain) || domain}`.toLowerCase();
}

/** Tags as they are kept: single spaces, each once whatever its case, in the order given. */
export function normaliseTags(tags: readonly string[]): string[] {
  const byKey = new Map<string, string>();
  for (const tag of tags) {
    const text = tag.normalize().trim().replace(/\s+/gu, ' ');
    if (text && !byKey.has(text.toLowerCase())) byKey.set(text.toLowerCase(), text);
  }
  return [...byKey.values()];
}

/** Fields as they are kept; only those that were given. */
export function normalised<T extends Partial<LeadFields>>(fields: T): T {
  return {
    ...fields,
    ...(fields.email ? { email: normaliseEmail(fields.email) } : {}),
    ...(fields.tags ? { tags: normaliseTags(fields.tags) } : {}),
  };
}

/** The fields that would change; those that are absent, or the same, are not among them. */
export function changesOf(lead: LeadFields, wanted: Partial<LeadFields>): Partial<LeadFields> {
  const changes: Partial<LeadFields> = {};
  for (const field of FIELDS) {
    if (wanted[field] !== undefined && !same(lead[field], wanted[field]))
      Object.assign(changes, { [field]: wanted[field] });
  }
  return changes;
}

/** Names of changed fields, in the order of the form. */
export function changedNames(changes: Partial<LeadFields>): (keyof LeadFields)[] {
  return FIELDS.filter((field) => field in changes);
}

/** Whether a deleted lead can come back. */
export function restorable(deletedAt: Date | null, now: Date): 'yes' | 'not_deleted' | 'too_late' {
  if (!deletedAt) return 'not_deleted';
  return now.getTime() - deletedAt.getTime() <= RESTORE_DAYS * DAY ? 'yes' : 'too_late';
}

/** What is wrong with custom fields, in words for the caller; null when nothing is. */
export function customFieldsProblem(value: unknown): string | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'must be an object';
  const entries = Object.entries(value);
  if (entries.length > MAX_CUSTOM_FIELDS) return `must have at most ${MAX_CUSTOM_FIELDS} fields`;
  for (const [key, field] of entries) {
    const problem = keyProblem(key) ?? valueProblem(field);
    if (problem) return `${problem} (${JSON.stringify(key.slice(0, MAX_KEY))})`;
  }
  return null;
}

function keyProblem(key: string): string | null {
  if (RESERVED.has(key)) return 'must not use a reserved name';
  if (key.trim() === '' || key.length > MAX_KEY) return `must have names of 1 to ${MAX_KEY} characters`;
  return /[\p{Cc}\p{Cs}]/u.test(key) ? 'must have names without control characters' : null;
}

function valueProblem(value: unknown): string | null {
  switch (typeof value) {
    case 'string':
      if (value.length > MAX_VALUE) return `must have values of at most ${MAX_VALUE} characters`;
      return UNKEEPABLE.test(value) ? 'must have well-formed values' : null;
    case 'number':
      // A whole number beyond this was already rounded when the body was read.
      return Number.isFinite(value) && Math.abs(value) <= Number.MAX_SAFE_INTEGER
        ? null
        : 'must have numbers that can be kept exactly';
    case 'boolean':
      return null;
    default:
      return value === null ? null : 'must have values that are text, numbers, true, false or null';
  }
}

function same(one: unknown, other: unknown): boolean {
  return canonical(one) === canonical(other);
}

function canonical(value: unknown): string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return JSON.stringify(value);
  return JSON.stringify(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
