import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Lead, Problem } from '@threadline/contracts';
import { type Person, TestApp } from '../../../test';

/** Section 3.4 of the catalogue of attacks: what reaches the parser, and what does not. */
describe('a request', () => {
  let app: TestApp;
  let ada: Person;

  const post = (body: string, type = 'application/json') =>
    ada.call<Problem>('POST', '/api/leads', body, { 'content-type': type });
  const count = async () =>
    (await app.rows<{ count: number }>('SELECT count(*)::int AS count FROM leads'))[0]?.count ?? -1;

  beforeAll(async () => {
    app = await TestApp.start();
    ada = await app.person('Ada');
  });
  afterAll(() => app?.stop());

  it.each([
    ['A48 a prototype', '{"name":"x","__proto__":{"isAdmin":true}}', 400],
    ['A48 a constructor', '{"name":"x","constructor":{"prototype":{"isAdmin":true}}}', 400],
    ['A54 a key twice', '{"name":"x","name":"y"}', 400],
    ['A54 a key twice, written differently', '{"name":"x","\\u006eame":"y"}', 400],
    ['A54 a key twice further down', '{"name":"x","customFields":{"a":1,"a":2}}', 400],
    ['A54 a list for a scalar', '{"name":["x"]}', 400],
    ['A55 NaN', '{"name":"x","customFields":{"n":NaN}}', 400],
    ['A55 a number as text', '{"name":"x","customFields":[]}', 400],
    ['A56 100,000 lists in each other', `{"name":"x","tags":${'['.repeat(100_000)}`, 400],
    ['A56 100,000 closed ones', `{"name":"x","tags":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 400],
    ['A56 50,000 keys', `{${Array.from({ length: 50_000 }, (_, n) => `"k${n}":1`).join()}}`, 400],
    ['A51 more than a megabyte', `{"name":"${'x'.repeat(1_100_000)}"}`, 413],
    ['no JSON', '{"name":', 400],
    ['nothing', '', 400],
  ])('with %s is refused, and nothing is made', async (_, body, status) => {
    const before = await count();
    const answer = await post(body);
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(answer.body.requestId).toBe(answer.headers['x-request-id']);
    expect(await count()).toBe(before);
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
  });

  it('without a body may name the type of one', async () => {
    const made = await ada.post<Lead>('/api/leads', { name: 'Short-lived' });
    const gone = await ada.call('DELETE', `/api/leads/${made.body.id}`, '', { 'content-type': 'application/json' });
    expect(gone.status).toBe(204);
  });

  it('names the key that came twice', async () => {
    const answer = await post('{"name":"x","company":"a","company":"b"}');
    expect(answer.body).toMatchObject({ code: 'malformed_request', detail: 'The body says “company” twice.' });
  });

  it.each([
    ['application/json\tx', 'a tab and more'],
    [' application/json', 'a space before'],
    ['application/json garbage', 'words after'],
    ['application/jsonx', 'a longer word'],
    ['application/json, text/plain', 'two of them'],
    ['text/plain', 'A50 what a form may send'],
    ['application/x-www-form-urlencoded', 'A50 a form'],
    ['multipart/form-data; boundary=x', 'A50 a form with files'],
  ])('A49 of the type %j (%s) is never taken unchecked', async (type) => {
    const before = await count();
    const answer = await post('{"name":"x","isVerified":true}', type);
    expect([400, 415]).toContain(answer.status);
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(await count()).toBe(before);
  });

  it.each(['APPLICATION/JSON;', 'application/json; charset=utf-8', 'Application/Json'])(
    'A49 of the type %j is taken and checked',
    async (type) => {
      const answer = await post('{"name":"x","isVerified":true}', type);
      expect([answer.status, answer.body.errors?.[0]?.path]).toEqual([400, 'isVerified']);
      expect((await post('{"name":"x"}', type)).status).toBe(201);
    },
  );

  it('A14 with a password of a megabyte, or a byte too many, is refused', async () => {
    for (const password of ['x'.repeat(1_000_000), 'x'.repeat(257), `${'x'.repeat(20)}\0`]) {
      const body = { email: 'a@example.com', password, name: 'A', workspaceName: 'A' };
      expect((await app.stranger.post<Problem>('/api/auth/register', body)).status).toBe(400);
    }
  });

  it.each([[['x']], [{ a: 1 }], [12345678901234567890], [true], [null]])(
    'A15 with %j for a password is refused, whatever it is compared with',
    async (password) => {
      const answer = await app.stranger.post<Problem>('/api/auth/login', { email: 'a@example.com', password });
      expect([answer.status, answer.body.errors?.[0]?.path]).toEqual([400, 'password']);
    },
  );

  it.each([
    'limit=1e9',
    'limit=-1',
    'limit=1&limit=2',
    'cursor=x',
    'cursor=a&cursor=b',
    'sort=id;--',
    'sort=constructor',
  ])('A42, A44, A54 for a list with ?%s is refused', async (query) => {
    expect((await ada.get<Problem>(`/api/leads?${query}`)).status).toBe(400);
  });

  it('A44 with a cursor of another workspace is refused', async () => {
    const eve = await app.person('Eve');
    for (const name of ['one', 'two', 'three']) await eve.post<Lead>('/api/leads', { name });
    const page = await eve.get<{ nextCursor: string }>('/api/leads?limit=1');
    expect((await eve.get(`/api/leads?limit=1&cursor=${page.body.nextCursor}`)).status).toBe(200);
    const stolen = await ada.get<Problem>(`/api/leads?limit=1&cursor=${page.body.nextCursor}`);
    expect([stolen.status, stolen.body.code]).toEqual([400, 'invalid_cursor']);
  });

  it('A58 by a method that is not offered finds nothing, and is never told to be another', async () => {
    const { body: lead } = await ada.post<Lead>('/api/leads', { name: 'Lin' });
    for (const method of ['TRACE', 'PUT', 'PROPFIND', 'DELETE']) {
      const answer = await raw(app, `${method} /api/auth/me HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`);
      expect(answer).toMatch(/^HTTP\/1\.1 (400|404|405) /);
      expect(answer).not.toContain('TRACE /');
    }
    const overridden = { 'x-http-method-override': 'DELETE', 'x-method-override': 'DELETE', 'x-http-method': 'DELETE' };
    expect((await ada.get(`/api/leads/${lead.id}`, overridden)).status).toBe(200);
    expect((await ada.call('POST', `/api/leads/${lead.id}?_method=DELETE`, {}, overridden)).status).toBe(404);
    expect((await ada.get(`/api/leads/${lead.id}`)).status).toBe(200);
  });

  it.each(['https://evil.test', 'null', 'https://127.0.0.1.evil.test'])(
    'A59 from a page of %s is allowed nothing',
    async (origin) => {
      for (const method of ['OPTIONS', 'GET', 'POST']) {
        const headers = { origin, 'access-control-request-method': 'POST' };
        const answer = await ada.call(method, '/api/leads', method === 'POST' ? { name: 'x' } : undefined, headers);
        expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
        expect(answer.status).toBe(method === 'OPTIONS' ? 404 : method === 'POST' ? 403 : 200);
      }
    },
  );

  it('A57 with two lengths, or none that fits, is refused, and what follows it is not believed', async () => {
    const smuggled = 'GET /api/auth/me HTTP/1.1\r\nhost: x\r\n\r\n';
    const wrong = [
      `POST /api/leads HTTP/1.1\r\nhost: x\r\ncontent-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n${smuggled}`,
      `POST /api/leads HTTP/1.1\r\nhost: x\r\ncontent-length: 4\r\ncontent-length: 5\r\n\r\n{}{}{${smuggled}`,
      `POST /api/leads HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked, identity\r\n\r\n0\r\n\r\n${smuggled}`,
      'GET /health/live HTTP/1.1\r\nhost: x\r\nx y: z\r\n\r\n',
      'not http at all\r\n\r\n',
    ];
    for (const text of wrong) {
      const answer = await raw(app, text);
      expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
      expect(answer).toContain('application/problem+json');
      expect(answer.match(/HTTP\/1\.1 /g)).toHaveLength(1);
    }
  });

  it('A51 that says it is large is refused before it is sent', async () => {
    const head = `POST /api/auth/login HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n`;
    const answer = await raw(app, `${head}content-length: 200000000\r\n\r\n{`);
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
  });

  it('A51 whose chunks do not end is cut off, and costs no memory', async () => {
    const head = `POST /api/auth/login HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n`;
    const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`;
    const before = process.memoryUsage().rss;
    const answer = await raw(app, head, chunk);
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024);
  });

  it('A60 with a key used for another body, too long a key, or somebody else’s', async () => {
    const ben = await app.colleagueOf(ada);
    const key = { 'idempotency-key': 'the-key' };
    const first = await ada.post<Lead>('/api/leads', { name: 'One' }, key);
    const again = await ada.post<Lead>('/api/leads', { name: 'One' }, key);
    expect([again.status, again.body]).toEqual([201, first.body]);
    const other = await ada.post<Problem>('/api/leads', { name: 'Two' }, key);
    expect([other.status, other.body.code]).toEqual([422, 'idempotency_key_reused']);
    const elsewhere = await ada.post<Problem>(`/api/leads/${first.body.id}/messages`, { name: 'One' }, key);
    expect([400, 422]).toContain(elsewhere.status);
    const theirs = await ben.post<Lead>('/api/leads', { name: 'Two' }, key);
    expect([theirs.status, theirs.body.name]).toEqual([201, 'Two']);
    for (const wrong of ['k'.repeat(1_000), 'k k', '']) {
      const refused = await ada.post<Problem>('/api/leads', { name: 'Three' }, { 'idempotency-key': wrong });
      expect([refused.status, refused.body.errors?.[0]?.path]).toEqual([400, 'Idempotency-Key']);
    }
  });
});

/** Sends bytes as they are, `again` for as long as they are taken, and answers everything that came back. */
function raw(app: TestApp, text: string, again?: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(app.config.port, '127.0.0.1');
    let heard = '';
    const more = (): void => {
      while (again !== undefined && heard === '' && socket.writable && socket.write(again));
    };
    const timer = setTimeout(() => socket.destroy(new Error(`No end of it; heard ${heard.slice(0, 200)}`)), 10_000);
    const done = () => {
      clearTimeout(timer);
      resolve(heard);
    };
    socket.on('data', (bytes: Buffer) => {
      heard += bytes.toString();
      if (again !== undefined || /content-length: (\d+)/.test(heard)) setTimeout(() => socket.destroy(), 100);
    });
    socket.on('drain', more);
    socket.on('close', done);
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (['ECONNRESET', 'EPIPE'].includes(error.code ?? '')) return;
      clearTimeout(timer);
      reject(error);
    });
    socket.write(text);
    more();
  });
}
