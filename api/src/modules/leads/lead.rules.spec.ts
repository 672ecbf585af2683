import { describe, expect, it } from '@jest/globals';
import type { LeadStatus } from '@threadline/contracts';
import {
  changedNames,
  changesOf,
  customFieldsProblem,
  type LeadFields,
  normaliseEmail,
  normaliseTags,
  restorable,
} from './lead.rules';

const ADA: LeadFields = {
  name: 'Ada Lovelace',
  email: 'ada@example.com',
  phone: null,
  company: 'Analytical Engines',
  title: null,
  status: 'new',
  tags: ['vip'],
  customFields: { seats: 5, region: 'UK' },
  ownerId: null,
};

describe('addresses', () => {
  it.each([
    ['Ada@Example.COM', 'ada@example.com'],
    ['  ada@example.com ', 'ada@example.com'],
    ['ada@münchen.example', 'ada@xn--mnchen-3ya.example'],
    ["o'brien+news@example.com", "o'brien+news@example.com"],
  ])('%j is kept as %j', (typed, kept) => {
    expect(normaliseEmail(typed)).toBe(kept);
  });
});

describe('tags', () => {
  it.each([
    [['vip', 'VIP', ' vip '], ['vip']],
    [
      ['big   deal', 'A\u00a0B'],
      ['big deal', 'A B'],
    ],
    [['', '  '], []],
    [['cafe\u0301', 'caf\u00e9'], ['caf\u00e9']],
  ])('%j are kept as %j', (typed, kept) => {
    expect(normaliseTags(typed)).toEqual(kept);
  });
});

describe('changes', () => {
  it.each<[string, Partial<LeadFields>, string[]]>([
    ['nothing', {}, []],
    ['the same again', { ...ADA }, []],
    ['fields that were left out', { name: undefined, email: undefined }, []],
    ['the same custom fields in another order', { customFields: { region: 'UK', seats: 5 } }, []],
    ['another value', { customFields: { region: 'UK', seats: 6 } }, ['customFields']],
    ['tags in another order', { tags: ['vip', 'uk'] }, ['tags']],
    ['a field that becomes empty', { company: null }, ['company']],
    ['several', { status: 'lost', name: 'Ada King' }, ['name', 'status']],
  ])('%s', (_, wanted, changed) => {
    expect(changedNames(changesOf(ADA, wanted))).toEqual(changed);
  });

  it.each<[LeadStatus, LeadStatus]>([
    ['new', 'converted'],
    ['lost', 'new'],
    ['converted', 'lost'],
  ])('a lead may go from %s to %s: people correct themselves', (from, to) => {
    expect(changesOf({ ...ADA, status: from }, { status: to })).toEqual({ status: to });
  });
});

describe('restoring', () => {
  const deleted = new Date('2026-01-01T00:00:00.000Z');
  it.each([
    ['a lead that is not deleted', null, deleted, 'not_deleted'],
    ['on the same day', deleted, deleted, 'yes'],
    ['after exactly thirty days', deleted, new Date('2026-01-31T00:00:00.000Z'), 'yes'],
    ['a millisecond later', deleted, new Date('2026-01-31T00:00:00.001Z'), 'too_late'],
  ])('%s', (_, deletedAt, now, answer) => {
    expect(restorable(deletedAt, now)).toBe(answer);
  });
});

describe('custom fields', () => {
  it.each([
    [{ a: 'text', b: 1.5, c: true, d: null, 'Kunden-Nr.': '7' }],
    [{}],
    [{ n: Number.MAX_SAFE_INTEGER }],
    [{ toString: 'a word like any other' }],
  ])('%j are kept', (fields) => {
    expect(customFieldsProblem(fields)).toBeNull();
  });

  it.each<[string, unknown]>([
    ['null', null],
    ['a list', []],
    ['text', 'a'],
    ['a nested object', { a: {} }],
    ['a nested list', { a: [1] }],
    ['a name of prototypes', JSON.parse('{"__proto__": 1}')],
    ['constructor', { constructor: 'x' }],
    ['an empty name', { ' ': 1 }],
    ['a long name', { ['n'.repeat(101)]: 1 }],
    ['a name with a control character', { 'a\u0000': 1 }],
    ['a long value', { a: 'v'.repeat(2001) }],
    ['a value with NUL', { a: '\u0000' }],
    ['half a character', { a: '\ud800' }],
    ['infinity, which is what 1e400 is read as', { a: JSON.parse('1e400') }],
    ['a number that was rounded when it was read', { a: JSON.parse('9007199254740993') }],
    ['too many', Object.fromEntries(Array.from({ length: 101 }, (_, n) => [`f${n}`, n]))],
  ])('%s is refused', (_, fields) => {
    expect(customFieldsProblem(fields)).not.toBeNull();
  });
});
