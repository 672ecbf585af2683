import { describe, expect, it } from '@jest/globals';
import { headersProblem, keyFor, pathProblem } from './batch.rules';

describe('a request of a batch', () => {
  it.each(['/api/leads', '/api/leads?limit=2&sort=-name', '/api/leads/019c?fields=id'])('may go to %s', (path) => {
    expect(pathProblem(path)).toBeNull();
  });

  it.each([
    '/health/live',
    '/scim/v2/Users',
    'api/leads',
    '//evil.test/api/leads',
    'https://evil.test/api/leads',
    '/api/../metrics',
    '/api/%2e%2e/metrics',
    '/api\\leads',
    '/api/leads#x',
    '/api/le ads',
  ])('may not go to %s', (path) => expect(pathProblem(path)).not.toBeNull());

  it('says for itself what is about itself, and not who it is', () => {
    expect(headersProblem({ 'If-Match': '"x"', 'idempotency-key': 'k' })).toBeNull();
    for (const name of ['Authorization', 'cookie', 'x-forwarded-for', 'content-type', 'x-request-id', 'host']) {
      expect(headersProblem({ [name]: 'x' })).toContain(name);
    }
    expect(headersProblem({ 'if-match': 'a\r\nb: c' })).not.toBeNull();
    expect(headersProblem({ 'if-match': 7 })).not.toBeNull();
  });

  it('has a key of its own under the key of the batch', () => {
    expect(keyFor('batch', 'one')).toBe('batch:one');
    expect(keyFor('batch', 'zwölf eins')).toMatch(/^[\w-]{43}$/);
    expect(keyFor('b'.repeat(250), 'number one')).toHaveLength(43);
  });
});
