import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Problem } from '@threadline/contracts';
import { type Answer, cookieOf, PASSWORD, type Person, type Route, routesOf, TestApp } from '../../../test';
import { inhabitantsOf, takesAnId } from '../../../test/inhabitants';

const WEB = resolve(import.meta.dirname, '../../../../web');

/** ASVS V3, V4, V13 and V14 as far as the whole of the API is concerned. */
const WHEEL = 'threadline-0.1.0-py3-none-any.whl';

describe('every answer', () => {
  let app: TestApp;
  let ada: Person;
  let webRoot: string;

  beforeAll(async () => {
    webRoot = await mkdtemp(join(tmpdir(), 'threadline-web-'));
    await cp(join(WEB, 'src/index.html'), join(webRoot, 'index.html'));
    for (const name of ['main-ABCDEFGH.js', 'chunk-Bw-tja5l.js', WHEEL]) await writeFile(join(webRoot, name), '');
    app = await TestApp.start({ env: { WEB_ROOT: webRoot, PUBLIC_URL: 'https://threadline.test' } });
    const body = { email: 'ada@example.com', password: PASSWORD, name: 'Ada', workspaceName: 'Engines' };
    const answer = await at('POST', '/api/auth/register', body);
    ada = Object.assign(app.stranger, { session: answer.body, url: `http://127.0.0.1:${app.config.port}` }) as Person;
  });
  afterAll(async () => {
    await app?.stop();
    await rm(webRoot, { recursive: true, force: true });
  });

  /** The public address is elsewhere here, behind a proxy with TLS. */
  const at = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const stranger = Object.assign(app.stranger, { url: `http://127.0.0.1:${app.config.port}` });
    return stranger.call<Problem>(method, path, body, headers);
  };
  const everyKind = (): Promise<[string, Answer<Problem>]>[] =>
    (
      [
        ['a page', 'GET', '/leads'],
        ['a file', 'GET', '/main-ABCDEFGH.js'],
        ['no file', 'GET', '/nothing.js'],
        ['a refusal', 'GET', '/api/leads'],
        ['nothing', 'GET', '/api/nothing'],
        ['a wrong body', 'POST', '/api/auth/login', '{"a":'],
        ['a wrong type', 'POST', '/api/auth/login', 'x', { 'content-type': 'text/plain' }],
        ['another site', 'POST', '/api/auth/login', {}, { 'sec-fetch-site': 'cross-site' }],
        ['health', 'GET', '/health/live'],
        ['the description', 'GET', '/api/openapi.json'],
        ['a pixel', 'GET', '/api/outreach/track/AAAAAAAAAAAAAAAAAAAAAA'],
        ['a broken link', 'GET', '/api/outreach/click/AAAAAAAAAAAAAAAAAAAAAA?l=x'],
      ] as [string, string, string, unknown?, Record<string, string>?][]
    ).map(async ([kind, ...call]) => [kind, await at(...call)] as [string, Answer<Problem>]);

  it('lets only files be kept for ever whose names change with them', async () => {
    for (const [path, kept] of [
      ['/main-ABCDEFGH.js', 'public, max-age=31536000, immutable'],
      ['/chunk-Bw-tja5l.js', 'public, max-age=31536000, immutable'],
      [`/${WHEEL}`, 'no-cache'],
      ['/leads', 'no-cache'],
    ] as const) {
      expect([path, (await at('GET', path)).headers['cache-control']]).toEqual([path, kept]);
    }
  });

  it('bears the policy, and says that it is only for TLS', async () => {
    for (const [kind, { headers }] of await Promise.all(everyKind())) {
      if (kind === 'a pixel') continue; // a picture, read by mail programs; it has no more headers than it needs
      const policy = String(headers['content-security-policy']);
      expect([kind, policy]).toEqual([kind, expect.stringContaining("frame-ancestors 'none'")]);
      expect(policy).toMatch(/base-uri 'none'/);
      if (kind === 'a broken link') {
        expect(policy).toMatch(/^default-src 'none'/); // a page of its own, which needs nothing at all
        continue;
      }
      expect(policy).toMatch(/object-src 'none'/);
      expect(policy).toMatch(/script-src 'self'(;|$)/);
      expect([kind, headers['x-content-type-options'], headers['referrer-policy']]).toEqual([
        kind,
        'nosniff',
        'no-referrer',
      ]);
      expect([kind, headers['strict-transport-security']]).toEqual([kind, 'max-age=31536000']);
      expect(headers['x-powered-by'] ?? headers['server']).toBeUndefined();
    }
  });

  it('of the API is not kept by anybody on the way, and says its charset', async () => {
    for (const [kind, { headers, body }] of await Promise.all(everyKind())) {
      const type = String(headers['content-type']);
      if (/json|text|javascript|html/.test(type))
        expect([kind, type]).toEqual([kind, expect.stringMatching(/charset=utf-8/i)]);
      if (!['a page', 'a file', 'health'].includes(kind)) {
        expect([kind, headers['cache-control']]).toEqual([kind, expect.stringContaining('no-store')]);
      }
      expect(JSON.stringify(body)).not.toMatch(/node_modules|at \w+ \(|SELECT |\/work\//);
    }
  });

  it('with a cookie behind TLS has one that no neighbour can set and no script can read', async () => {
    const answer = await at('POST', '/api/auth/login', { email: 'ada@example.com', password: PASSWORD });
    const cookies = [answer.headers['set-cookie'] ?? []].flat();
    expect(cookies.length).toBeGreaterThan(0);
    for (const cookie of cookies) {
      expect(cookie).toMatch(/^__Host-threadline/);
      expect(cookie).toMatch(/Path=\/(;|$)/);
      expect(cookie).toMatch(/HttpOnly/);
      expect(cookie).toMatch(/Secure/);
      expect(cookie).toMatch(/SameSite=(Lax|Strict)/);
      expect(cookie).not.toMatch(/Domain=/);
      expect(cookie.length).toBeLessThan(4_096);
    }
  });

  it('without TLS promises none', async () => {
    const plain = await TestApp.start();
    try {
      const { headers } = await plain.stranger.get('/health/live');
      expect(headers['strict-transport-security']).toBeUndefined();
      expect(cookieOf(await loginTo(plain))).toMatch(/^threadline=/);
    } finally {
      await plain.stop();
    }
  });

  it('A10 to a page of another site is a refusal, on every route that changes something', async () => {
    const routes = routesOf(app).filter(
      ({ method, path }) => method !== 'GET' && path.startsWith('/api/') && !path.startsWith('/api/outreach/'),
    );
    expect(routes.length).toBeGreaterThan(30);
    const foreign: Record<string, string>[] = [
      { 'sec-fetch-site': 'cross-site', origin: 'https://evil.test' },
      { origin: 'https://evil.test' },
      { origin: 'null' },
      { origin: 'https://threadline.test.evil.test' },
    ];
    for (const { method, path } of routes) {
      for (const headers of foreign) {
        const answer = await at(method, path.replace(/:\w+/g, 'x'), undefined, { ...headers, ...bearer(ada) });
        expect([method, path, answer.status, answer.body.code]).toEqual([method, path, 403, 'cross_site']);
      }
    }
  });

  it('the page has no script of its own in it, and points nowhere else', () => {
    const html = readFileSync(join(WEB, 'src/index.html'), 'utf8');
    expect(html).not.toMatch(/<script(?![^>]*\bsrc=)/i);
    expect(html).not.toMatch(/\son\w+=|<base\b|https?:|<style|style=/i);
  });

  it.each([
    '/.git/config',
    '/.env',
    '/main.js.map',
    '/package.json',
    '/api/docs/../../package.json',
    '/%2e%2e/package.json',
  ])('%s is not there', async (path) => {
    expect((await at('GET', path)).status).toBe(404);
  });

  it.each([
    ['/docs', '/api/docs'],
    ['/docs/', '/api/docs'],
    ['/sdk', '/developers/api'],
  ])('%s leads to what is looked for there', async (path, place) => {
    const { status, headers } = await at('GET', path);
    expect([status, headers.location]).toEqual([302, place]);
  });

  function loginTo(other: TestApp): Promise<Answer> {
    const body = { email: 'eve@example.com', password: PASSWORD, name: 'Eve', workspaceName: 'E' };
    return other.stranger.post('/api/auth/register', body);
  }
});

describe('asking', () => {
  it('changes nothing: no GET of any route leaves another state behind', async () => {
    const app = await TestApp.start();
    try {
      const ada = await app.person('Ada');
      const things = await inhabitantsOf(app, ada);
      const routes = routesOf(app).filter(({ method, path }) => method === 'GET' && !path.startsWith('/api/outreach/'));
      await app.settle();
      const before = await stateOf(app);
      const asked: string[] = [];
      for (const route of routes) {
        const { path } = pathOf(route, things);
        const answer = await ada.get(path);
        asked.push(`${answer.status} ${path}`);
      }
      await app.settle();
      expect(await stateOf(app)).toEqual(before);
      expect(asked.filter((line) => line.startsWith('200')).length).toBeGreaterThan(routes.length / 2);
      expect(asked.filter((line) => line.startsWith('5'))).toEqual([]);
    } finally {
      await app.stop();
    }
  });
});

function pathOf({ method, path }: Route, things: Awaited<ReturnType<typeof inhabitantsOf>>): { path: string } {
  // A directory's routes are for its own token; what they answer a person changes nothing either.
  const known = takesAnId(path) && !path.startsWith('/scim/');
  return known ? things.call(method, path) : { path: path.replace(/:\w+/g, 'x') };
}

function bearer(person: Person): Record<string, string> {
  return { authorization: `Bearer ${person.token}` };
}

/** What is written down of every denial, and how far a sweeper has looked by itself: no state of anybody's. */
const BESIDE = ['audit_entries', 'audit_heads', 'tracking_progress'];

/** A digest of every table. */
async function stateOf(app: TestApp): Promise<Record<string, string>> {
  const tables = await app.rows<{ name: string }>(
    `SELECT relname AS name FROM pg_class
      WHERE relnamespace = 'threadline'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition ORDER BY 1`,
  );
  const state: Record<string, string> = {};
  for (const { name } of tables.filter((table) => !BESIDE.includes(table.name))) {
    const [row] = await app.rows<{ digest: string }>(
      `SELECT md5(coalesce(string_agg(t::text, E'\\n' ORDER BY t::text), '')) AS digest FROM ${name} t`,
    );
    state[name] = row?.digest ?? '';
  }
  return state;
}
