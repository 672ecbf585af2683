import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { selfSigned, type ServerCertificate } from '../../../test/certificates';
import { Config } from '../config';
import { Refusal } from '../refusal';
import { NameResolver } from './name-resolver';
import { OutboundFailure } from './outbound.failure';
import { OutboundSocket, type SocketTarget } from './outbound.socket';

class ScriptedNames extends NameResolver {
  constructor(private readonly answers: Record<string, string[]> = {}) {
    super();
  }

  resolve(hostname: string): Promise<string[]> {
    return Promise.resolve(this.answers[hostname] ?? []);
  }
}

describe('an outgoing connection to a collector of logs', () => {
  const servers: Server[] = [];
  const sockets: Socket[] = [];
  let collector: ServerCertificate;

  beforeAll(async () => {
    collector = await selfSigned('collector.test');
  });

  async function serve(listener: (socket: Socket) => void, tls = false): Promise<number> {
    const seen = (socket: Socket) => {
      sockets.push(socket);
      socket.on('error', () => undefined);
      listener(socket);
    };
    const server = tls ? createTlsServer(collector, seen) : createServer(seen);
    servers.push(server);
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return (server.address() as AddressInfo).port;
  }

  afterEach(() => {
    for (const socket of sockets.splice(0)) socket.destroy();
    for (const server of servers.splice(0)) server.close();
  });

  function client(names: Record<string, string[]> = {}, allow = '127.0.0.0/8') {
    const config = new Config({
      DATABASE_URL: 'postgres://localhost/x',
      APP_SECRET: 'a secret that only this spec knows, 32+',
      OUTBOUND_ALLOW_CIDRS: allow,
    });
    const socket = new OutboundSocket(config, new ScriptedNames(names));
    return (target: Partial<SocketTarget>, deadlineMs = 2_000) =>
      socket.deliver(
        { host: 'collector.test', port: 0, tls: false, certificate: null, ...target },
        Buffer.from('5 hello'),
        deadlineMs,
      );
  }

  async function outcome(work: Promise<unknown>): Promise<string> {
    const error = await work.then(
      () => new Error('it was taken'),
      (thrown: unknown) => thrown as Error,
    );
    if (error instanceof Refusal) return error.code;
    return error instanceof OutboundFailure ? error.reason : error.message;
  }

  it('is taken when the receiver has read to the end and ended its side', async () => {
    const taken: Buffer[] = [];
    const port = await serve((socket) => socket.on('data', (bytes) => taken.push(bytes)));
    const took = await client({ 'collector.test': ['127.0.0.1'] })({ port });
    expect([Buffer.concat(taken).toString(), took >= 0]).toEqual(['5 hello', true]);
  });

  it('over TLS trusts the certificate it was given, for its name alone', async () => {
    const taken: Buffer[] = [];
    const port = await serve((socket) => socket.on('data', (bytes) => taken.push(bytes)), true);
    const names = { 'collector.test': ['127.0.0.1'], 'other.test': ['127.0.0.1'] };
    const send = client(names);
    const target = { port, tls: true, certificate: collector.cert };
    await send(target);
    expect(Buffer.concat(taken).toString()).toBe('5 hello');
    expect(await outcome(send({ ...target, certificate: null }))).toBe('certificate');
    expect(await outcome(send({ ...target, host: 'other.test' }))).toBe('certificate');
    expect(taken).toHaveLength(1);
  });

  it('is not taken by a receiver that drops it, hangs, or is not there', async () => {
    const names = { 'collector.test': ['127.0.0.1'] };
    const drops = await serve((socket) => socket.resetAndDestroy());
    expect(await outcome(client(names)({ port: drops }))).toBe('broken');
    const hangs = await serve((socket) => socket.pause());
    expect(await outcome(client(names)({ port: hangs }, 300))).toBe('timeout');
    servers.at(-1)?.close();
    sockets.splice(0).forEach((socket) => socket.destroy());
    expect(await outcome(client(names)({ port: hangs }))).toBe('unreachable');
  });

  it('goes nowhere inside that the operator has not opened, however it is written', async () => {
    let reached = 0;
    const port = await serve(() => (reached += 1));
    const names = { 'collector.test': ['127.0.0.1'], 'mixed.test': ['203.0.113.9', '127.0.0.1'] };
    const send = client(names, '');
    for (const host of ['127.0.0.1', '::1', '[::1]', 'collector.test', 'mixed.test', '169.254.169.254', 'a b', '']) {
      expect([host, await outcome(send({ host, port }))]).toEqual([host, 'address_not_allowed']);
      expect([host, await outcome(send({ host, port, tls: true }))]).toEqual([host, 'address_not_allowed']);
    }
    expect(reached).toBe(0);
  }, 20_000);

  it('goes to the public by TLS only, and to no port of another service', async () => {
    const send = client({ 'collector.test': ['8.8.8.8'] });
    for (const target of [{ port: 514 }, { port: 6514 }, { port: 22, tls: true }, { port: 25, tls: true }]) {
      expect([target, await outcome(send(target))]).toEqual([target, 'address_not_allowed']);
    }
  }, 20_000);
});
