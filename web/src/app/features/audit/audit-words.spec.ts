import { describe, expect, it } from '@jest/globals';
import {
  actionWords,
  actorWords,
  addressOf,
  diffRows,
  gist,
  outcomeOf,
  reasonWords,
  targetWords,
  valueWords,
} from './audit-words';

describe('the audit log in words', () => {
  it('says actions as people do', () => {
    expect(
      ['lead.updated.v1', 'api_key.created.v1', 'access.denied.v1', 'user.password_changed.v1'].map(actionWords),
    ).toEqual(['Lead updated', 'API key created', 'Access denied', 'Account password changed']);
  });

  it('names who did it, and nobody who was erased', () => {
    const names = new Map([['1', 'Ada Now']]);
    expect(actorWords({ type: 'user', id: '1', name: 'Ada' }, names)).toBe('Ada');
    expect(actorWords({ type: 'user', id: '1', name: null }, names)).toBe('Ada Now');
    expect(actorWords({ type: 'user', id: '2', name: null }, names)).toBe('A person');
    expect(actorWords({ type: 'system', id: 'auth', name: null })).toBe('Threadline');
  });

  it('leads to what it is about, where that has a page', () => {
    expect(addressOf('lead:1')).toBe('/leads/1');
    expect(addressOf('conversation:1')).toBe('/inbox/1');
    expect(addressOf('session:1')).toBeNull();
    expect(targetWords('api_key:0123456789')).toBe('api key 456789');
  });

  it('shows values of every kind', () => {
    expect([null, '', [], ['a', 'b'], 3, false, { a: 1 }].map((value) => valueWords(value))).toEqual([
      '—',
      '—',
      '—',
      'a, b',
      '3',
      'no',
      'a 1',
    ]);
  });

  it('tells an object part by part, and only what moved', () => {
    const [before, after] = [
      { seats: 3, budget: 100 },
      { seats: 5, budget: 100 },
    ];
    expect(diffRows([{ field: 'customFields', before, after }], new Map())).toEqual([
      { field: 'custom fields: seats', before: '3', after: '5' },
    ]);
    expect(diffRows([{ field: 'customFields', before: null, after: {} }], new Map())).toEqual([
      { field: 'custom fields', before: '—', after: '—' },
    ]);
  });

  it('says who an id is, and when a moment was', () => {
    const changes = [
      { field: 'ownerId', before: null, after: 'id-1' },
      { field: 'snoozedUntil', before: null, after: '2026-05-01T08:30:00.000Z' },
    ];
    expect(diffRows(changes, new Map([['id-1', 'Ada']]))).toEqual([
      { field: 'owner', before: '—', after: 'Ada' },
      { field: 'snoozed until', before: '—', after: '2026-05-01 08:30 UTC' },
    ]);
  });

  it('says what the words of the program mean, and leaves those of people', () => {
    const changes = [
      { field: 'kind', before: null, after: 'totp' },
      { field: 'reason', before: null, after: 'password_changed' },
      { field: 'company', before: null, after: 'totp' },
      { field: 'customFields', before: null, after: { reason: 'revoked' } },
    ];
    expect(diffRows(changes, new Map()).map(({ after }) => after)).toEqual([
      'authenticator app',
      'the password was changed',
      'totp',
      'revoked',
    ]);
  });

  it('gives reasons in words', () => {
    expect(['forbidden', 'system:sending', 'too_many_requests'].map(reasonWords)).toEqual([
      'not permitted to this role',
      'by itself, sending',
      'too many requests',
    ]);
  });

  it('has one line for each entry', () => {
    const about = { actor: { type: 'user' as const, id: '1', name: 'Ada', credential: null }, targets: [], erased: [] };
    const change = { field: 'name', before: 'Lin', after: 'Linnea' };
    expect(gist({ ...about, changes: [change], reason: null })).toBe('name: Linnea');
    expect(gist({ ...about, changes: [], reason: 'forbidden' })).toBe('not permitted to this role');
    const route = { field: 'route', before: null, after: 'GET /api/roles' };
    expect(gist({ ...about, changes: [route], reason: 'forbidden' })).toBe(
      'GET /api/roles, not permitted to this role',
    );
    expect(gist({ ...about, changes: [], reason: null, erased: ['lead:1'] })).toBe('erased');
    const hit = { field: 'hitId', before: null, after: '01a1f6ad-481b-7706-bef4-78ec5b90d1d1' };
    expect(gist({ ...about, changes: [hit], reason: 'hit:1' })).toBe('the mail was opened or a link in it followed');
    const role = { field: 'role', before: 'Agent', after: 'Manager' };
    const names = new Map([
      ['1', 'Ada'],
      ['2', 'Ben'],
    ]);
    const targets = ['user:1', 'user:2'] as const;
    expect(gist({ ...about, targets: [...targets], changes: [role], reason: null }, names)).toBe('Ben · role: Manager');
  });

  it('does not call it a denial when somebody was asked to confirm that it is them', () => {
    expect(outcomeOf({ outcome: 'denied', reason: 'proof_required' })).toEqual({
      words: 'Asked to confirm',
      tone: 'warn',
    });
    expect(outcomeOf({ outcome: 'denied', reason: 'forbidden' })).toEqual({ words: 'Denied', tone: 'bad' });
    expect(outcomeOf({ outcome: 'allowed', reason: null })).toEqual({ words: 'Allowed', tone: 'neutral' });
  });

  it('tells of a list what came and what went, and how much stayed', () => {
    const changes = [{ field: 'permissions', before: ['leads:read', 'a', 'b'], after: ['leads:read', 'a', 'c', 'd'] }];
    expect(diffRows(changes, new Map())).toEqual([{ field: 'permissions', before: 'b', after: 'c, d', stayed: 2 }]);
  });
});
