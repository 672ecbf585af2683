import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { performance } from 'node:perf_hooks';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Config } from '../config';
import { Refusal } from '../refusal';
import { NameResolver } from './name-resolver';
import { OutboundFailure } from './outbound.failure';
import { OutboundHttp } from './outbound.http';
import type { OutboundRequest } from './outbound.request';
import { OwnReceivers, type Receive } from './own-receivers';

/** Answers from a script; the last answer of a name stays. */
class ScriptedNames extends NameResolver {
  readonly asked: string[] = [];

  constructor(private readonly answers: Record<string, string[][]> = {}) {
    super();
  }

  resolve(hostname: string): Promise<string[]> {
    this.asked.push(hostname);
    const answers = this.answers[hostname] ?? [];
    return Promise.resolve((answers.length > 1 ? answers.shift() : answers[0]) ?? []);
  }
}

describe('an outgoing request', () => {
  const servers: Server[] = [];

  async function serve(listener: RequestListener): Promise<{ port: number; seen: IncomingMessage[] }> {
    const seen: IncomingMessage[] = [];
    const server = createServer((request, answer) => {
      seen.push(request);
      listener(request, answer);
    });
    servers.push(server);
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return { port: (server.address() as AddressInfo).port, seen };
  }

  afterEach(() => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
  });

  function client(names: Record<string, string[][]> = {}, allow = '127.0.0.0/8', env: Record<string, string> = {}) {
    const config = new Config({
      DATABASE_URL: 'postgres://localhost/x',
      APP_SECRET: 'a secret that only this spec knows, 32+',
      OUTBOUND_ALLOW_CIDRS: allow,
      ...env,
    });
    const resolver = new ScriptedNames(names);
    const receivers = new OwnReceivers();
    const http = new OutboundHttp(config, resolver, receivers);
    const get = (url: string, more: Partial<OutboundRequest> = {}) =>
      http.request({ url, method: 'GET', deadlineMs: 2_000, maxBytes: 1_000, ...more });
    return { get, http, resolver, receivers };
  }

  /** What a call is refused or fails with, and how long that took. */
  async function outcome(work: Promise<unknown>) {
    const startedAt = performance.now();
    const error = await work.then(
      () => new Error('it was answered'),
      (thrown: unknown) => thrown as Error,
    );
    const took = performance.now() - startedAt;
    if (error instanceof Refusal) return { what: error.code, text: error.message, took };
    if (error instanceof OutboundFailure) return { what: error.reason, text: error.message, took };
    throw error;
  }

  it('reaches a network that the operator opened, by name, on any port and without TLS', async () => {
    const { port, seen } = await serve((_, answer) => answer.setHeader('x-of', 'them').end('hello'));
    const { get } = client({ 'idp.example': [['127.0.0.1']] });
    const answer = await get(`http://idp.example:${port}/a?b=c`, { headers: { accept: 'text/plain' } });
    expect([answer.status, answer.body.toString(), answer.cut, answer.headers['x-of']]).toEqual([
      200,
      'hello',
      false,
      'them',
    ]);
    expect([seen[0]?.url, seen[0]?.headers.host]).toEqual(['/a?b=c', `idp.example:${port}`]);
  });

  it('is blocked with the same words and no sooner than ever, whatever it is blocked for', async () => {
    const { port, seen } = await serve((_, answer) => answer.end());
    const names = {
      'inside.example': [['127.0.0.1']],
      'mixed.example': [['93.184.215.14', '127.0.0.1']],
      'mapped.example': [['::ffff:127.0.0.1']],
      'localhost.': [['127.0.0.1']],
      'public.example': [['93.184.215.14']],
    };
    const { get } = client(names, '');
    const urls = [
      `https://127.0.0.1:${port}/`,
      `https://[::1]:${port}/`,
      `http://inside.example:${port}/`,
      'https://inside.example/',
      'https://mixed.example/',
      'https://mapped.example/',
      'https://localhost./',
      'https://169.254.169.254/',
      'https://nowhere.example/',
      'https://public.example:22/',
      'http://public.example/',
      'https://me:secret@public.example/',
      'file:///etc/passwd',
    ];
    const outcomes = await Promise.all(urls.map((url) => outcome(get(url))));
    expect(new Set(outcomes.map(({ what }) => what))).toEqual(new Set(['address_not_allowed']));
    expect(new Set(outcomes.map(({ text }) => text)).size).toBe(1);
    expect(outcomes[0]?.text).toContain('OUTBOUND_ALLOW_CIDRS');
    expect(Math.min(...outcomes.map(({ took }) => took))).toBeGreaterThan(240);
    expect(seen).toHaveLength(0);
  });

  it('asks for the name once, so that one that answers differently the second time gains nothing', async () => {
    const { port, seen } = await serve((_, answer) => answer.end('inside'));
    const { get, resolver } = client({ 'rebind.example': [['127.0.0.2'], ['127.0.0.1']] }, '127.0.0.2/32');
    expect((await outcome(get(`http://rebind.example:${port}/`))).what).toBe('unreachable');
    expect(resolver.asked).toEqual(['rebind.example']);
    expect((await outcome(get(`http://rebind.example:${port}/`))).what).toBe('address_not_allowed');
    expect(seen).toHaveLength(0);
  });

  it('never reaches Threadline itself', async () => {
    const { port, seen } = await serve((_, answer) => answer.end());
    const { get } = client({ 'us.example': [['127.0.0.1']], 'other.example': [['127.0.0.1']] }, '127.0.0.0/8', {
      PORT: String(port),
      PUBLIC_URL: `http://us.example:${port}`,
    });
    expect((await outcome(get(`http://us.example:${port}/`))).what).toBe('address_not_allowed');
    expect((await outcome(get(`http://other.example:${port}/`))).what).toBe('address_not_allowed');
    expect(seen).toHaveLength(0);
  });

  describe('to a receiver of ours', () => {
    const TOKEN = 'r'.repeat(43);
    const RECEIVER = `http://us.example:3000/api/webhook-receivers/${TOKEN}`;
    const ours = (names: Record<string, string[][]> = {}) =>
      client(names, '127.0.0.0/8', { PORT: '3000', PUBLIC_URL: 'http://us.example:3000' });
    const receive: Receive = (token, { method, body }) =>
      Promise.resolve({
        status: 200,
        headers: {},
        body: Buffer.from(`${method} ${token} ${body}`),
        cut: false,
        tookMs: 1,
      });

    it('is answered in this process, without a name looked up or a connection made', async () => {
      const { get, http, receivers, resolver } = ours();
      receivers.answersAre(receive);
      const answer = await get(RECEIVER, { method: 'POST', body: 'x' });
      expect(answer.body.toString()).toBe(`POST ${TOKEN} x`);
      await http.check(RECEIVER);
      expect(resolver.asked).toEqual([]);
      expect(() => receivers.answersAre(receive)).toThrow('already');
    });

    it.each([
      RECEIVER.replace('us.example:3000', 'us.example'),
      RECEIVER.replace('http:', 'https:'),
      RECEIVER.replace('us.', 'other.'),
      RECEIVER.replace('//', '//me@'),
      `${RECEIVER}?x=1`,
      `${RECEIVER}#x`,
      `${RECEIVER}/`,
      `${RECEIVER}r`,
      RECEIVER.replace('webhook-receivers/', 'webhook-receivers/../leads/'),
      RECEIVER.replace('/api/', '/api/leads/'),
      RECEIVER.replace(TOKEN, '%72'.repeat(43)),
      'http://us.example:3000/api/leads',
      'http://us.example:3000/metrics',
    ])('and to nothing beside it: %s', async (url) => {
      const { get, receivers } = ours({ 'us.example': [['127.0.0.1']] });
      let received = 0;
      receivers.answersAre((...asked) => {
        received += 1;
        return receive(...asked);
      });
      expect((await outcome(get(url, { method: 'POST' }))).what).toMatch(/address_not_allowed|unreachable/);
      expect(received).toBe(0);
    });

    it('is blocked while nobody answers for receivers', async () => {
      expect((await outcome(ours().get(RECEIVER))).what).toBe('address_not_allowed');
    });

    it('has the same deadline, and the same rules for headers', async () => {
      const { get, receivers } = ours();
      receivers.answersAre(() => new Promise(() => undefined));
      expect((await outcome(get(RECEIVER, { deadlineMs: 100 }))).what).toBe('timeout');
      expect((await outcome(get(RECEIVER, { headers: { host: 'x' } }))).what).toBe('invalid_input');
    });
  });

  it.each([301, 302, 307, 308])('does not follow a redirect with %i', async (status) => {
    const inside = await serve((_, answer) => answer.end('inside'));
    const { port } = await serve((_, answer) => {
      answer.writeHead(status, {
        location: `http://127.0.0.1:${inside.port}/`,
        refresh: `0;url=http://127.0.0.1:${inside.port}/`,
      });
      answer.end();
    });
    const answer = await client().get(`http://127.0.0.1:${port}/`, { method: 'POST', body: 'x' });
    expect([answer.status, inside.seen.length]).toEqual([status, 0]);
  });

  it('reads no more than it was told to', async () => {
    const { port } = await serve((_, answer) => {
      const more = () => {
        while (!answer.destroyed && answer.write('x'.repeat(10_000)));
      };
      answer.on('drain', more);
      more();
    });
    const answer = await client().get(`http://127.0.0.1:${port}/`);
    expect([answer.body.length, answer.cut]).toEqual([1_000, true]);
  });

  it('has one deadline for the answer and all of its body', async () => {
    const { port } = await serve((request, answer) => {
      if (request.url === '/silent') return;
      answer.write('a');
      const drip = setInterval(() => answer.write('a'), 50);
      answer.on('close', () => clearInterval(drip));
    });
    for (const path of ['/silent', '/drip']) {
      const { what, took } = await outcome(client().get(`http://127.0.0.1:${port}${path}`, { deadlineMs: 400 }));
      expect(what).toBe('timeout');
      expect(took).toBeLessThan(1_500);
    }
  });

  it('has the same deadline for a name server that does not answer', async () => {
    const { http, resolver } = client();
    resolver.resolve = () => new Promise(() => undefined);
    const request = { url: 'https://slow.example/', method: 'GET', deadlineMs: 200, maxBytes: 1 } as const;
    expect((await outcome(http.request(request))).what).toBe('timeout');
  });

  it('does not talk to a server that shows no certificate it can trust', async () => {
    const { port } = await serve((_, answer) => answer.end());
    expect((await outcome(client().get(`https://127.0.0.1:${port}/`))).what).toMatch(/certificate|broken/);
  });

  it('does not let a caller set what is the connection’s own business', async () => {
    const { port, seen } = await serve((_, answer) => answer.end());
    const wrong: Record<string, string>[] = [
      { Host: 'inside' },
      { 'x-a': 'b\r\nHost: inside' },
      { 'transfer-encoding': 'chunked' },
    ];
    for (const headers of wrong) {
      expect((await outcome(client().get(`http://127.0.0.1:${port}/`, { headers }))).what).toBe('invalid_input');
    }
    expect(seen).toHaveLength(0);
  });

  it('takes no proxy from the environment and keeps no connection', async () => {
    const proxy = await serve((_, answer) => answer.end('proxy'));
    const { port, seen } = await serve((_, answer) => answer.end('them'));
    process.env.HTTP_PROXY = process.env.http_proxy = `http://127.0.0.1:${proxy.port}`;
    try {
      const { get } = client({ 'one.example': [['127.0.0.1']], 'two.example': [['127.0.0.1']] });
      for (const host of ['one', 'two', 'one']) {
        expect((await get(`http://${host}.example:${port}/`)).body.toString()).toBe('them');
      }
    } finally {
      delete process.env.HTTP_PROXY;
      delete process.env.http_proxy;
    }
    expect(proxy.seen).toHaveLength(0);
    expect(new Set(seen.map(({ socket }) => socket)).size).toBe(3);
  });

  describe('that may keep its connection', () => {
    const keep = { keep: true, method: 'POST', body: 'x' } as const;
    const connections = (seen: readonly IncomingMessage[]) => new Set(seen.map(({ socket }) => socket)).size;

    it('uses it again for the same origin and addresses only, and asks for the name each time', async () => {
      const { port, seen } = await serve((request, answer) => request.resume().on('end', () => answer.end('them')));
      const { get, http, resolver } = client({ 'one.example': [['127.0.0.1']], 'two.example': [['127.0.0.1']] });
      for (const host of ['one', 'one', 'two', 'one']) await get(`http://${host}.example:${port}/`, keep);
      expect(connections(seen)).toBe(2);
      expect(resolver.asked).toHaveLength(4);
      await http.onApplicationShutdown();
    });

    it('is blocked as soon as the name means something else, whatever is kept', async () => {
      const { port, seen } = await serve((request, answer) => request.resume().on('end', () => answer.end('them')));
      const { get, http } = client({ 'one.example': [['127.0.0.1'], ['10.0.0.1']] });
      await get(`http://one.example:${port}/`, keep);
      expect((await outcome(get(`http://one.example:${port}/`, keep))).what).toBe('address_not_allowed');
      expect(seen).toHaveLength(1);
      await http.onApplicationShutdown();
    });

    it('is made once more when the other side has closed the kept one', async () => {
      const { port, seen } = await serve((request, answer) => {
        request.resume().on('end', () => (seen.length === 2 ? request.socket.destroy() : answer.end('them')));
      });
      const { get, http } = client();
      for (let n = 0; n < 2; n++) expect((await get(`http://127.0.0.1:${port}/`, keep)).body.toString()).toBe('them');
      expect(seen).toHaveLength(3);
      await http.onApplicationShutdown();
    });
  });

  it('can be asked about an address without calling it', async () => {
    const { http } = client({ 'public.example': [['93.184.215.14']] }, '');
    await http.check('https://public.example/hook');
    expect((await outcome(http.check('https://10.0.0.1/hook'))).what).toBe('address_not_allowed');
  });
});
