import { Resolver } from 'node:dns/promises';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { DnsStub, type Zone } from '../../../test/dns-stub';
import { Config } from '../config';
import { Refusal } from '../refusal';
import { NameResolver } from './name-resolver';
import { OutboundFailure } from './outbound.failure';
import { OutboundHttp } from './outbound.http';
import { OwnReceivers } from './own-receivers';

/** Asks one name server for both kinds of addresses, over the wire. */
class WireResolver extends NameResolver {
  private readonly resolver = new Resolver({ timeout: 500, tries: 1 });

  constructor(server: string) {
    super();
    this.resolver.setServers([server]);
  }

  async resolve(hostname: string): Promise<string[]> {
    const none = (error: NodeJS.ErrnoException): string[] => {
      if (error.code === 'ENOTFOUND' || error.code === 'ENODATA') return [];
      throw error;
    };
    const [four, six] = await Promise.all([
      this.resolver.resolve4(hostname).catch(none),
      this.resolver.resolve6(hostname).catch(none),
    ]);
    return [...four, ...six];
  }
}

describe('an outgoing request whose name a hostile name server answers', () => {
  let inside: Server;
  let port: number;
  let reached = 0;
  let dns: DnsStub | undefined;

  beforeAll(async () => {
    inside = createServer((_, answer) => {
      reached += 1;
      answer.end('inside');
    });
    await once(inside.listen(0, '127.0.0.1'), 'listening');
    port = (inside.address() as AddressInfo).port;
  });
  afterAll(() => void inside.close());
  afterEach(() => {
    dns?.stop();
    reached = 0;
  });

  async function client(zone: Zone, allow = '') {
    dns = await DnsStub.start(zone);
    const config = new Config({
      DATABASE_URL: 'postgres://localhost/x',
      APP_SECRET: 'a secret that only this spec knows, 32+',
      OUTBOUND_ALLOW_CIDRS: allow,
    });
    const http = new OutboundHttp(config, new WireResolver(dns.address), new OwnReceivers());
    return async (url: string) => {
      try {
        const { body } = await http.request({ url, method: 'GET', deadlineMs: 2_000, maxBytes: 1_000 });
        return body.toString();
      } catch (error) {
        if (error instanceof Refusal) return error.code;
        if (error instanceof OutboundFailure) return error.reason;
        throw error;
      }
    };
  }

  it('reaches what the name says where the operator allows it: the checks below can fail', async () => {
    const get = await client({ 'hook.example': { A: ['127.0.0.1'] } }, '127.0.0.1/32');
    expect(await get(`http://hook.example:${port}/`)).toBe('inside');
    expect(reached).toBe(1);
  });

  it.each<[string, Zone[string]]>([
    ['the loopback', { A: ['127.0.0.1'] }],
    ['the loopback by IPv6', { AAAA: ['::1'] }],
    ['the loopback mapped into IPv6', { AAAA: ['::ffff:7f00:1'] }],
    ['a cloud’s metadata', { A: ['169.254.169.254'] }],
    ['shared carrier space', { A: ['100.64.1.1'] }],
    ['a benchmark network', { A: ['198.18.0.1'] }],
    ['something public beside something private', { A: ['93.184.215.14', '10.0.0.1'] }],
    ['something public by IPv4 and private by IPv6', { A: ['93.184.215.14'], AAAA: ['fd00::1'] }],
    ['an alias of something private', { CNAME: 'metadata.internal', A: ['169.254.169.254'] }],
    ['no address at all', {}],
    ['that there is no such name', 'NXDOMAIN'],
  ])('is blocked when it answers %s', async (_, answer) => {
    const get = await client({ 'hook.example': answer });
    expect(await get(`https://hook.example:${port}/`)).toBe('address_not_allowed');
    expect(await get('https://hook.example/')).toBe('address_not_allowed');
    expect(reached).toBe(0);
  });

  it('goes where it was judged to go when the next answer is another one', async () => {
    const get = await client({ 'rebind.example': [{ A: ['127.0.0.2'] }, { A: ['127.0.0.1'] }] }, '127.0.0.2/32');
    expect(await get(`http://rebind.example:${port}/`)).toBe('unreachable');
    expect(dns?.asked.filter((asked) => asked === 'rebind.example A')).toHaveLength(1);
    expect(await get(`http://rebind.example:${port}/`)).toBe('address_not_allowed');
    expect(reached).toBe(0);
  });

  it.each<[string, Zone[string]]>([
    ['fails', 'SERVFAIL'],
    ['says nothing', 'silence'],
  ])('is not sent unjudged when the name server %s', async (_, answer) => {
    const get = await client({ 'hook.example': answer }, '127.0.0.0/8');
    expect(['unresolved', 'timeout']).toContain(await get(`http://hook.example:${port}/`));
    expect(reached).toBe(0);
  });
});
