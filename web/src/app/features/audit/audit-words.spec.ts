import { describe, expect, it } from '@jest/globals';
import { actionWords, actorWords, addressOf, gist, targetWords, valueWords } from './audit-words';

describe('the audit log in words', () => {
  it('says actions as people do', () => {
    expect(
      ['lead.updated.v1', 'api_key.created.v1', 'access.denied.v1', 'user.password_changed.v1'].map(actionWords),
    ).toEqual(['Lead updated', 'API key created', 'Access denied', 'Account password changed']);
  });

  it('names who did it, and nobody who was erased', () => {
    expect(actorWords({ type: 'user', name: 'Ada' })).toBe('Ada');
    expect(actorWords({ type: 'user', name: null })).toBe('A person');
    expect(actorWords({ type: 'system', name: null })).toBe('Threadline');
  });

  it('leads to what it is about, where that has a page', () => {
    expect(addressOf('lead:1')).toBe('/leads/1');
    expect(addressOf('conversation:1')).toBe('/inbox/1');
    expect(addressOf('session:1')).toBeNull();
    expect(targetWords('api_key:0123456789')).toBe('api key 456789');
  });

  it('shows values of every kind', () => {
    expect([null, '', [], ['a', 'b'], 3, false, { a: 1 }].map(valueWords)).toEqual([
      '—',
      '—',
      '—',
      'a, b',
      '3',
      'false',
      '{"a":1}',
    ]);
  });

  it('has one line for each entry', () => {
    const change = { field: 'name', before: 'Lin', after: 'Linnea' };
    expect(gist({ changes: [change], reason: null, erased: [] })).toBe('name: Linnea');
    expect(gist({ changes: [], reason: 'forbidden', erased: [] })).toBe('forbidden');
    expect(gist({ changes: [], reason: null, erased: ['lead:1'] })).toBe('erased');
  });
});
