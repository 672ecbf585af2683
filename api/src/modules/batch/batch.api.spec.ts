import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Lead, Page, Problem } from '@threadline/contracts';
import { type Person, TestApp } from '../../../test';

interface Answers {
  responses: {
    id: string;
    status: number;
    headers: Record<string, string>;
    body: Pick<Problem, 'code' | 'errors'> & Pick<Lead, 'id'> & Page<Lead>;
  }[];
}

describe('a batch', () => {
  let app: TestApp;
  let ada: Person;

  beforeAll(async () => {
    app = await TestApp.start();
    ada = await app.person('Ada');
  });
  afterAll(() => app?.stop());

  const batch = (requests: object[], headers: Record<string, string> = {}, who = ada) =>
    who.post<Answers & Problem>('/api/batch', { requests }, headers);

  it('does one request after the other, and one that fails stops no other', async () => {
    const { status, body, headers } = await batch([
      { id: 'a', method: 'POST', path: '/api/leads', body: { name: 'Lin' } },
      { id: 'b', method: 'POST', path: '/api/leads', body: { name: 'Mo', shoeSize: 44 } },
      { id: 'c', method: 'GET', path: '/api/leads?q=lin&fields=name' },
      { id: 'd', method: 'GET', path: '/api/nothing' },
    ]);
    expect(status).toBe(200);
    expect(body.responses.map(({ id, status: each }) => [id, each])).toEqual([
      ['a', 201],
      ['b', 400],
      ['c', 200],
      ['d', 404],
    ]);
    expect(body.responses[1]?.body).toMatchObject({ code: 'invalid_input', errors: [{ path: 'shoeSize' }] });
    expect(body.responses[2]?.body.items).toEqual([{ name: 'Lin' }]);
    expect(body.responses[0]?.headers['x-request-id']).toBe(`${String(headers['x-request-id'])}.1`);
    const [event] = await app.rows<{ type: string }>(
      `SELECT type FROM events WHERE workspace_id = $1 AND type = 'lead.created'`,
      [ada.workspaceId],
    );
    expect(event).toEqual({ type: 'lead.created' });
  });

  it('lets each request through the doors of its route', async () => {
    const auditor = await app.colleagueOf(ada, 'analyst');
    const { body } = await batch(
      [
        { id: 'read', method: 'GET', path: '/api/leads' },
        { id: 'write', method: 'POST', path: '/api/leads', body: { name: 'No' } },
      ],
      {},
      auditor,
    );
    expect(body.responses.map(({ status }) => status)).toEqual([200, 403]);
    const denied = await app.rows<{ request_id: string }>(
      `SELECT request_id FROM audit_entries WHERE workspace_id = $1 AND outcome = 'denied'`,
      [ada.workspaceId],
    );
    expect(denied).toHaveLength(1);
  });

  it('is for who is known only', async () => {
    expect((await app.stranger.post('/api/batch', { requests: [] })).status).toBe(401);
  });

  it('counts each request against the limits', async () => {
    const left = async () => Number((await ada.get('/api/leads')).headers['ratelimit-remaining']);
    const before = await left();
    await batch(Array.from({ length: 5 }, (_, index) => ({ id: `${index}`, method: 'GET', path: '/api/leads' })));
    expect(before - (await left())).toBe(7);
  });

  it('can be repeated as a whole under one key', async () => {
    const requests = ['one', 'two'].map((id) => ({ id, method: 'POST', path: '/api/leads', body: { name: id } }));
    const ids = (answer: { body: Answers }) => answer.body.responses.map(({ body }) => body.id);
    const first = await batch(requests, { 'idempotency-key': 'batch-1' });
    const again = await batch(requests, { 'idempotency-key': 'batch-1' });
    expect(ids(again)).toEqual(ids(first));
    expect(again.body.responses[0]?.headers['idempotency-replayed']).toBe('true');
    const other = await batch([{ ...requests[0], body: { name: 'other' } }], { 'idempotency-key': 'batch-1' });
    expect(other.body.responses[0]?.body.code).toBe('idempotency_key_reused');
  });

  it('takes preconditions for each request', async () => {
    const { id } = (await ada.post<Lead>('/api/leads', { name: 'Zoe' })).body;
    const tag = String((await ada.get(`/api/leads/${id}`)).headers['etag']);
    const { body } = await batch([
      { id: '1', method: 'GET', path: `/api/leads/${id}`, headers: { 'If-None-Match': tag } },
      { id: '2', method: 'PATCH', path: `/api/leads/${id}`, headers: { 'If-Match': '"old"' }, body: { title: 'x' } },
    ]);
    expect(body.responses.map(({ status }) => status)).toEqual([304, 412]);
  });

  it.each(['/api/batch', '/api/%62atch', '/api/batch?x=1'])('is no part of a batch: %s', async (path) => {
    const inner = { requests: [{ id: 'x', method: 'GET', path: '/api/leads' }] };
    const { body } = await batch([{ id: 'nested', method: 'POST', path, body: inner }]);
    expect(body.responses[0]?.status).toBe(400);
  });

  it('has no part that is a picture or a stream', async () => {
    const { body } = await batch([
      { id: 'csv', method: 'GET', path: '/api/audit/export?format=csv' },
      { id: 'gif', method: 'GET', path: '/api/outreach/track/AAAAAAAAAAAAAAAAAAAAAA' },
    ]);
    expect(body.responses.map(({ status, body: each }) => [status, each.code])).toEqual([
      [400, 'invalid_input'],
      [400, 'invalid_input'],
    ]);
  });

  it('is refused as a whole when a request of it is not sound, and nothing is done', async () => {
    const good = { id: 'good', method: 'POST', path: '/api/leads', body: { name: 'Nobody' } };
    for (const bad of [
      { id: 'bad', method: 'GET', path: '/metrics' },
      { id: 'bad', method: 'TRACE', path: '/api/leads' },
      { id: 'good', method: 'GET', path: '/api/leads' },
      { id: 'bad', method: 'GET', path: '/api/leads', headers: { authorization: 'Bearer x' } },
      { id: 'bad', method: 'GET', path: '/api/leads', extra: 1 },
    ]) {
      const answer = await batch([good, bad]);
      expect([bad, answer.status, answer.body.code]).toEqual([bad, 400, 'invalid_input']);
    }
    expect((await batch(Array.from({ length: 51 }, (_, id) => ({ ...good, id: `${id}` })))).status).toBe(400);
    expect((await ada.get<Page<Lead>>('/api/leads?q=nobody')).body.items).toEqual([]);
  });
});
