import { authLogin, leadsCreate, leadsDelete } from '@threadline/api-client';
import { TestBed } from '@angular/core/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Api, address, type AccessTokens } from './api';
import { ApiProblem, explain, problemOf, unreachable } from './problem';
import { FakeServer, refusal } from './testing/fake-server';

const headers = (entries: Record<string, string> = {}): Headers => new Headers(entries);

describe('a refused request', () => {
  it('carries the code, the errors, the state that won and the request id', async () => {
    const body = {
      ...(refusal(409, 'stale_revision', { detail: 'Revision 4 is newer', current: { revision: 4 } }).body as object),
      errors: [{ path: 'content', message: 'content must be a string' }],
    };
    const problem = await problemOf(
      { status: 409, headers: headers(), text: () => Promise.resolve(JSON.stringify(body)) },
      0,
    );
    expect(problem).toBeInstanceOf(ApiProblem);
    expect(problem).toMatchObject({
      status: 409,
      code: 'stale_revision',
      detail: 'Revision 4 is newer',
      current: { revision: 4 },
      requestId: 'request-1',
      errors: [{ path: 'content', message: 'content must be a string' }],
      away: false,
    });
  });

  it('is unreadable when a proxy answered with a page of its own', async () => {
    const answer = { status: 502, headers: headers({ 'x-request-id': 'abc' }), text: () => Promise.resolve('<html>') };
    expect(await problemOf(answer, 0)).toMatchObject({ code: 'unreadable', status: 502, requestId: 'abc', away: true });
  });

  it.each([
    ['12', 12_000],
    ['Thu, 01 Jan 1970 00:00:20 GMT', 15_000],
    ['soon', null],
  ])('says when to come back: Retry-After %s', async (value, expected) => {
    const answer = { status: 503, headers: headers({ 'retry-after': value }), text: () => Promise.resolve('') };
    expect((await problemOf(answer, 5_000)).retryAfterMs).toBe(expected);
  });

  it('that got no answer is unreachable, and says so differently when it was slow', () => {
    expect(unreachable(new TypeError('Failed to fetch'), 'id')).toMatchObject({
      code: 'unreachable',
      status: 0,
      away: true,
    });
    expect(unreachable(new DOMException('', 'TimeoutError'), 'id').detail).toContain('too long');
  });

  it('is explained with what is safe and what to do', () => {
    const told = explain(unreachable(new TypeError(), 'id'), 'send the message', 'Your text is kept.');
    expect(told).toEqual({
      what: 'Couldn’t send the message: no connection to the server.',
      safe: 'Your text is kept.',
      todo: 'Check your network, then try again.',
      requestId: null,
    });
  });
});

describe('the API client', () => {
  let server: FakeServer;
  let api: Api;

  beforeEach(() => {
    server = new FakeServer();
    api = TestBed.inject(Api);
  });
  afterEach(() => server.close());

  const tokens = (renewed: string): AccessTokens & { asked: string[] } => ({
    asked: [],
    token: () => Promise.resolve('old'),
    renewed(refused) {
      this.asked.push(refused);
      return Promise.resolve(renewed);
    },
  });

  it('sends the bearer token, a request id and the idempotency key', async () => {
    api.authenticateWith(tokens('new'));
    server.on('POST /api/leads', { status: 201, body: { id: '1' } });
    await api.run(leadsCreate<true>, { body: { name: 'Mara' } }, { idempotencyKey: 'key-1' });
    const [request] = server.seen;
    expect(request?.headers.get('authorization')).toBe('Bearer old');
    expect(request?.headers.get('idempotency-key')).toBe('key-1');
    expect(request?.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/u);
    expect(request?.body).toEqual({ name: 'Mara' });
  });

  it('fills the path of an operation, and answers nothing with null', async () => {
    api.authenticateWith(tokens('new'));
    server.on('DELETE /api/leads/a%2Fb', { status: 204 });
    await expect(api.run(leadsDelete<true>, { path: { id: 'a/b' } })).resolves.toBeNull();
  });

  it('renews a refused token once and asks again with the new one', async () => {
    const held = tokens('new');
    api.authenticateWith(held);
    server.on('GET /api/leads', ({ headers: sent }) =>
      sent.get('authorization') === 'Bearer new' ? { body: { items: [] } } : refusal(401, 'unauthenticated'),
    );
    await expect(api.get('/api/leads')).resolves.toEqual({ items: [] });
    expect(held.asked).toEqual(['old']);
    expect(server.count('GET /api/leads')).toBe(2);
  });

  it('gives up when the new token is refused too', async () => {
    api.authenticateWith(tokens('also old'));
    server.on('GET /api/leads', refusal(401, 'session_ended'));
    await expect(api.get('/api/leads')).rejects.toMatchObject({ code: 'session_ended', signedOut: true });
    expect(server.count('GET /api/leads')).toBe(2);
  });

  it('asks for a proof of who one is, and tries again with the token it brought', async () => {
    let current = 'stale';
    api.authenticateWith({ token: () => Promise.resolve(current), renewed: () => Promise.resolve(current) });
    api.proveWith({
      ask: () => {
        current = 'proved';
        return Promise.resolve(true);
      },
    });
    server.on('DELETE /api/leads/1', ({ headers: sent }) =>
      sent.get('authorization') === 'Bearer proved' ? { status: 204 } : refusal(403, 'proof_required'),
    );
    await expect(api.run(leadsDelete<true>, { path: { id: '1' } })).resolves.toBeNull();
    expect(server.count('DELETE /api/leads/1')).toBe(2);
  });

  it('says that a proof is missing when the person would rather not', async () => {
    api.authenticateWith(tokens('new'));
    api.proveWith({ ask: () => Promise.resolve(false) });
    server.on('DELETE /api/leads/1', refusal(403, 'proof_required'));
    await expect(api.run(leadsDelete<true>, { path: { id: '1' } })).rejects.toMatchObject({ code: 'proof_required' });
    expect(server.count('DELETE /api/leads/1')).toBe(1);
  });

  it('renews no token for a wrong code', async () => {
    const held = tokens('new');
    api.authenticateWith(held);
    server.on('DELETE /api/leads/1', refusal(401, 'invalid_code'));
    await expect(api.run(leadsDelete<true>, { path: { id: '1' } })).rejects.toMatchObject({ code: 'invalid_code' });
    expect(held.asked).toEqual([]);
    expect(server.count('DELETE /api/leads/1')).toBe(1);
  });

  it('sends no token and renews none when asked anonymously', async () => {
    const held = tokens('new');
    api.authenticateWith(held);
    server.on('POST /api/auth/login', refusal(401, 'invalid_credentials'));
    const body = { email: 'mara@demo.example', password: 'wrong' };
    await expect(api.run(authLogin<true>, { body }, { anonymous: true })).rejects.toMatchObject({
      code: 'invalid_credentials',
    });
    expect(server.seen[0]?.headers.has('authorization')).toBe(false);
    expect(held.asked).toEqual([]);
  });

  it('answers 204 as null', async () => {
    server.on('GET /api/drafts/1', { status: 204 });
    await expect(api.get('/api/drafts/1', { channel: 'email' })).resolves.toBeNull();
  });

  it('rejects with the reason of whoever aborted, not with a problem', async () => {
    const abort = new AbortController();
    abort.abort();
    await expect(api.get('/api/nothing', {}, { signal: abort.signal })).rejects.not.toBeInstanceOf(ApiProblem);
  });
});

it('an address leaves out what is empty and repeats lists', () => {
  expect(address('/api/leads', { q: 'ü & co', status: '', tag: ['a', 'b'], cursor: null, limit: 50 })).toBe(
    '/api/leads?q=%C3%BC+%26+co&tag=a&tag=b&limit=50',
  );
});
