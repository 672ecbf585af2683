import { describe, expect, it } from '@jest/globals';
import { ThreadlineProblem } from './problem';
import { type RetryOptions, send } from './retrying-fetch';
import { Threadline } from './threadline';

const json = (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } });
const refusal = (status: number, code: string, headers: Record<string, string> = {}) =>
  json({ code, status, title: 'No', requestId: 'r1' }, status, headers);

/** A server that answers one thing after the other, and what it was asked. */
function scripted(...answers: (Response | Error)[]) {
  const seen: Request[] = [];
  const waits: number[] = [];
  const options: RetryOptions = {
    maxRetries: 3,
    maxWaitMs: 60_000,
    random: () => 1,
    now: () => 0,
    wait: (ms) => Promise.resolve(void waits.push(ms)),
    fetch: (request) => {
      seen.push(request);
      const answer = answers[seen.length - 1];
      return answer instanceof Response ? Promise.resolve(answer) : Promise.reject(answer ?? new Error('no more'));
    },
  };
  return { seen, waits, options };
}
const client = (...answers: (Response | Error)[]) => {
  const { options, seen } = scripted(...answers);
  const { fetch } = options;
  return { seen, threadline: new Threadline({ baseUrl: 'https://t.test/', apiKey: 'tl_key', fetch, maxRetries: 0 }) };
};

describe('a request', () => {
  it('is tried again when the server says that it is worth it, after the time it says', async () => {
    const { seen, waits, options } = scripted(
      refusal(429, 'too_many_requests', { 'retry-after': '7' }),
      refusal(503, 'not_ready', { 'retry-after': 'Thu, 01 Jan 1970 00:00:05 GMT' }),
      new TypeError('fetch failed'),
      json({ id: '1' }),
    );
    const response = await send(new Request('https://t.test/', { method: 'POST', body: '{"name":"Lin"}' }), options);
    expect(await response.json()).toEqual({ id: '1' });
    expect(waits).toEqual([7_000, 5_000, 2_000]);
    expect(await Promise.all(seen.map((request) => request.text()))).toEqual(Array(4).fill('{"name":"Lin"}'));
    const keys = new Set(seen.map((request) => request.headers.get('idempotency-key')));
    expect([...keys]).toEqual([expect.stringMatching(/^[0-9a-f-]{36}$/)]);
  });

  it('keeps the key it was given, and only a POST has one', async () => {
    const { seen, options } = scripted(json({}), json({}));
    await send(new Request('https://t.test/', { method: 'POST', headers: { 'Idempotency-Key': 'mine' } }), options);
    await send(new Request('https://t.test/', { method: 'PATCH', body: '{}' }), options);
    expect(seen.map(({ headers }) => headers.get('idempotency-key'))).toEqual(['mine', null]);
  });

  it.each([
    [500, 'internal', {}],
    [409, 'duplicate', {}],
    [429, 'too_many_requests', { 'retry-after': '61' }],
  ] as const)('is not tried again for %s %s %j', async (status, code, headers) => {
    const { seen, options } = scripted(refusal(status, code, headers));
    await expect(send(new Request('https://t.test/'), options)).rejects.toMatchObject({ status, code });
    expect(seen).toHaveLength(1);
  });

  it('is given up in the end, with the last problem', async () => {
    const { seen, options } = scripted(...Array.from({ length: 4 }, () => refusal(503, 'database_away')));
    await expect(send(new Request('https://t.test/'), options)).rejects.toMatchObject({ code: 'database_away' });
    expect(seen).toHaveLength(4);
  });

  it('that its caller gave up is not tried again', async () => {
    const stop = new AbortController();
    const { seen, options } = scripted(new DOMException('', 'AbortError'));
    stop.abort();
    await expect(send(new Request('https://t.test/', { signal: stop.signal }), options)).rejects.toBeInstanceOf(
      DOMException,
    );
    expect(seen.length).toBeLessThanOrEqual(1);
  });
});

describe('the client', () => {
  it('says who it is and which version it speaks', async () => {
    const { seen, threadline } = client(json({ items: [], nextCursor: null }));
    await threadline.leads.list({ query: { limit: 2 } });
    expect(seen[0]?.url).toBe('https://t.test/api/leads?limit=2');
    expect(seen[0]?.headers.get('authorization')).toBe('Bearer tl_key');
    expect(seen[0]?.headers.get('threadline-version')).toMatch(/^\d{4}-\d\d-\d\d$/);
  });

  it('says what is missing when the environment has nothing, and takes the address with /api too', () => {
    const make = (baseUrl: unknown, apiKey: unknown) =>
      new Threadline({ baseUrl: baseUrl as string, apiKey: apiKey as string }).baseUrl;
    expect(() => make(undefined, 'tl_key')).toThrow('baseUrl is missing');
    expect(() => make('https://t.test', undefined)).toThrow('apiKey is missing');
    expect(make('https://t.test/api/', 'tl_key')).toBe('https://t.test');
  });

  it('walks through a list page by page, no further than it is asked to', async () => {
    const { seen, threadline } = client(
      json({ items: [{ name: 'Lin' }, { name: 'Mo' }], nextCursor: 'next' }),
      json({ items: [{ name: 'Nia' }], nextCursor: null }),
    );
    const names: string[] = [];
    for await (const { name } of threadline.leads.each({ query: { sort: 'name' } })) names.push(name);
    expect(names).toEqual(['Lin', 'Mo', 'Nia']);
    expect(seen.map(({ url }) => new URL(url).search)).toEqual(['?sort=name', '?sort=name&cursor=next']);
  });

  it('throws a problem with all that the server said', async () => {
    const errors = [{ path: 'email', message: 'Enter an e-mail address.' }];
    const { threadline } = client(
      json({ code: 'invalid_input', status: 400, title: 'Not valid', errors, requestId: 'r1' }, 400),
    );
    const problem = await threadline.leads
      .create({ body: { name: 'Lin', email: 'x' } })
      .catch((error: unknown) => error);
    expect(problem).toBeInstanceOf(ThreadlineProblem);
    expect(problem).toMatchObject({ code: 'invalid_input', status: 400, requestId: 'r1', errors });
    expect(String(problem)).toBe('ThreadlineProblem: Not valid. email: Enter an e-mail address.');
  });

  it('throws a problem too when something else answered, or nothing', async () => {
    const page = new Response('<html>', { status: 502, headers: { 'x-request-id': 'r2' } });
    await expect(client(page).threadline.leads.list()).rejects.toMatchObject({ code: 'unreadable', requestId: 'r2' });
    await expect(client(new TypeError()).threadline.leads.list()).rejects.toMatchObject({ code: 'unreachable' });
  });

  it('asks for a token that is valid now', async () => {
    const { options, seen } = scripted(json({}), json({}));
    let count = 0;
    const apiKey = () => Promise.resolve(`token ${(count += 1)}`);
    const threadline = new Threadline({ baseUrl: 'https://t.test', apiKey, fetch: options.fetch });
    await threadline.auth.me();
    await threadline.auth.me();
    expect(seen.map(({ headers }) => headers.get('authorization'))).toEqual(['Bearer token 1', 'Bearer token 2']);
  });
});
