import { request as httpRequest } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { HEARTBEAT_MS, type SubscribeRefusal } from '@threadline/contracts';
import { WebSocket } from 'undici';
import { type Person, TestApp } from '../../../test';
import { LiveLimits } from './live.limits';
import { addressOf, happens, TestScreen } from './test-screen';

describe('the socket gateway holds against (reliability 3.8)', () => {
  let app: TestApp;
  let ada: Person;
  const screens: TestScreen[] = [];

  const open = async (person = ada, headers?: Record<string, string>) => {
    const screen = await TestScreen.open(app, person.token, headers);
    screens.push(screen);
    return screen;
  };
  /** A bare websocket that has spoken Engine.IO's and Socket.IO's opening words. */
  const raw = async (query = 'EIO=4&transport=websocket'): Promise<{ socket: WebSocket; closed: Promise<number> }> => {
    const socket = new WebSocket(`${addressOf(app).replace('http', 'ws')}/socket.io/?${query}`);
    const closed = new Promise<number>((resolve) => socket.addEventListener('close', ({ code }) => resolve(code)));
    await new Promise<void>((resolve, reject) => {
      socket.addEventListener('error', () => reject(new Error('refused')));
      socket.addEventListener('message', ({ data }) => {
        const text = String(data);
        if (text.startsWith('0')) socket.send(`40${JSON.stringify({ token: ada.token })}`);
        if (text.startsWith('40')) resolve();
      });
    });
    return { socket, closed };
  };
  /** The process is alive and serves others. */
  const stillServes = async () => {
    const screen = await open();
    const { seq } = await screen.subscribe({ services: ['leads'] });
    await screen.reached('leads', await happens(app, ada, ['lead']));
    expect(screen.seqs('leads')[0]).toBe(seq + 1);
    expect((await app.stranger.get('/health/ready')).status).toBe(200);
  };

  beforeAll(async () => {
    app = await TestApp.start();
    ada = await app.person('Ada');
  });
  afterEach(() => screens.splice(0).forEach((screen) => screen.close()));
  afterAll(() => app.stop());

  describe('A102: a handshake', () => {
    it('from another site is refused, also with a good token', async () => {
      await expect(open(ada, { origin: 'https://evil.test' })).rejects.toThrow();
      await expect(open(ada, { origin: 'null' })).rejects.toThrow();
      await expect(open(ada, { origin: `${app.url}.evil.test` })).rejects.toThrow();
    });
    it('from our own site is let in', async () => {
      expect((await open(ada, { origin: app.url })).socket.connected).toBe(true);
    });
    it.each([
      ['without a token', undefined],
      ['with an empty token', ''],
      ['with something else as a token', { toString: 'x' }],
      ['with a forged token', 'eyJhbGciOiJub25lIn0.e30.'],
      ['with an endless token', 'x'.repeat(9_000)],
    ])('%s is refused with a code', async (_, token) => {
      await expect(TestScreen.open(app, token as string)).rejects.toMatchObject({ data: { code: 'unauthenticated' } });
    });
    it('with an expired token is refused', async () => {
      const eve = await app.person('Eve');
      app.clock.advance(3_600_000);
      await expect(open(eve)).rejects.toMatchObject({ data: { code: 'unauthenticated' } });
      app.clock.advance(-3_600_000);
    });
  });

  describe('A105: a position', () => {
    it.each([
      ['-1', -1],
      ['1e18', 1e18],
      ['SQL', '1 OR 1=1'],
      ['null', null],
      ['NaN', Number.NaN],
      ['infinity', Number.POSITIVE_INFINITY],
      ['a fraction', 1.5],
      ['a list', [1]],
      ['an object', { valueOf: 1 }],
      ['true', true],
    ])('of %s is an error', async (_, lastSeq) => {
      const screen = await open();
      const answer = await screen.ask<SubscribeRefusal>('subscribe', { services: ['leads'], version: 1, lastSeq });
      expect(answer).toMatchObject({ type: 'error', code: 'invalid_input' });
      expect(screen.heard).toEqual([]);
    });
  });

  it.each([
    ['nothing', []],
    ['null', [null]],
    ['a word', ['messages']],
    ['a list', [[{ services: ['leads'], version: 1 }]]],
    [
      'two things',
      [
        { services: ['leads'], version: 1 },
        { services: ['leads'], version: 1 },
      ],
    ],
    ['bytes', [Buffer.from('services')]],
    ['no services', [{ version: 1 }]],
    ['an empty list', [{ services: [], version: 1 }]],
    ['services that are no list', [{ services: { length: 1 }, version: 1 }]],
    ['an unknown service', [{ services: ['leads', '__proto__'], version: 1 }]],
    ['another version', [{ services: ['leads'], version: 2 }]],
    ['no version', [{ services: ['leads'] }]],
    ['an epoch that is no text', [{ services: ['leads'], version: 1, lastSeq: 1, epoch: 7 }]],
  ])('a subscription of %s is answered with an error', async (_, request) => {
    const screen = await open();
    expect(await screen.ask('subscribe', ...request)).toMatchObject({ type: 'error', code: 'invalid_input' });
    expect(screen.socket.connected).toBe(true);
  });

  it.each([
    ['nothing', []],
    ['a word', ['x']],
    ['an id that is none', [{ conversationId: "x' OR 1=1" }]],
    ['a path', [{ conversationId: '../../etc/passwd' }]],
  ])('entering %s is answered with an error', async (_, request) => {
    const screen = await open();
    expect(await screen.ask('enter', ...request)).toMatchObject({ type: 'error', code: 'invalid_input' });
  });

  it('a request without an answer to call does no harm', async () => {
    const screen = await open();
    screen.socket.emit('subscribe', { services: ['leads'], version: 1 });
    screen.socket.emit('subscribe');
    screen.socket.emit('enter', { conversationId: 1 });
    screen.socket.emit('leave', 'x');
    screen.socket.emit('typing', { conversationId: null, typing: 'yes' });
    // Answered after what was asked before.
    await screen.ask('enter', {});
    await screen.reached('leads', await happens(app, ada, ['lead']));
  });

  describe('A106: a crafted packet', () => {
    it.each([
      ['a placeholder out of nowhere', '451-["subscribe",{"_placeholder":true,"num":10}]', Buffer.from('x')],
      ['bytes that nothing announced', Buffer.from('x')],
      ['an event whose name is a list', '42[["toString"]]'],
      ['an event whose name is an object', '42[{"toString":1}]'],
      ['no JSON', '42{'],
      ['a reserved name', '42["disconnect"]'],
      ['another namespace', '42/admin,["subscribe"]'],
      ['a packet type that is none', '49'],
    ])('(%s) closes its connection and costs nobody else anything', async (_, ...packets) => {
      const { socket, closed } = await raw();
      for (const packet of packets) socket.send(packet);
      await closed;
      await stillServes();
    });

    it('whose attachments never come costs nobody else anything', async () => {
      const { socket } = await raw();
      socket.send('451-["subscribe",{"_placeholder":true,"num":0}]');
      await stillServes();
      socket.close();
    });
  });

  describe('A107: too much', () => {
    it('of one message closes the connection', async () => {
      const { socket, closed } = await raw();
      socket.send(`42["subscribe","${'x'.repeat(1024 * 1024)}"]`);
      expect([1006, 1009]).toContain(await closed);
      await stillServes();
    });

    it('of messages closes the connection', async () => {
      const screen = await open();
      for (let message = 0; message < 10_000; message++)
        screen.socket.emit('typing', { conversationId: 'x', typing: true });
      await screen.ended();
      await stillServes();
    });

    it('of conversations at once is refused', async () => {
      const screen = await open();
      const answers: unknown[] = [];
      const limits = app.get(LiveLimits);
      Object.assign(limits, { roomsPerScreen: 0 });
      answers.push(await screen.ask('enter', { conversationId: '0198f2a4-7d60-7000-8000-000000000000' }));
      Object.assign(limits, { roomsPerScreen: 20 });
      expect(answers).toEqual([{ type: 'error', code: 'invalid_input', detail: 'Leave another conversation first.' }]);
    });

    it('of requests waiting for an answer is refused', async () => {
      const screen = await open();
      const asks = Array.from({ length: 30 }, () =>
        screen.ask<SubscribeRefusal>('subscribe', { services: ['leads'], version: 1 }),
      );
      const codes = (await Promise.all(asks)).map((answer) => answer.code);
      expect(codes).toContain('not_ready');
      expect(codes).toContain(undefined);
    });

    it('of sockets of one person is refused, and others get in', async () => {
      const sam = await app.person('Sam');
      const tries = await Promise.allSettled(Array.from({ length: 60 }, () => open(sam)));
      const ended = screens.filter((screen) => !screen.socket.connected).length;
      await expect(open(sam)).rejects.toMatchObject({
        data: { code: 'too_many_requests', retryInMs: expect.any(Number) },
      });
      const refused = tries.filter((each) => each.status === 'rejected').length;
      expect(refused + ended).toBeGreaterThanOrEqual(0);
      await stillServes();
      expect(screens.filter((screen) => screen.socket.connected).length).toBeLessThanOrEqual(51);
    });
  });

  it('A108: what only a server says is ignored', async () => {
    const [forger, victim] = [await open(), await open()];
    await forger.subscribe({ services: ['leads'] });
    await victim.subscribe({ services: ['leads', 'presence'] });
    const heard = victim.heard.length;
    forger.socket.emit('leads_updated', { type: 'leads_updated', seq: 9, events: [{ seq: 9 }] });
    forger.socket.emit('message.created', { seq: 1_000_000 });
    forger.socket.emit('presence_updated', {
      data: { ref: null, people: [{ userId: 'x', name: 'Forged', screens: 1 }] },
    });
    forger.socket.emit('peer', { kind: 'gone', node: 'x' });
    forger.socket.emit('signed_out', { code: 'session_ended' });
    forger.socket.emit('__proto__', {});
    forger.socket.emit('hasOwnProperty', {});
    const { seq } = await forger.subscribe({ services: ['leads'] });
    await victim.reached('leads', await happens(app, ada, ['lead']));
    expect(victim.seqs('leads')).toEqual([seq + 1]);
    expect(JSON.stringify(victim.heard.slice(heard))).not.toContain('Forged');
    expect(forger.socket.connected).toBe(true);
  });

  describe('A110: another way in', () => {
    it('by polling is refused', async () => {
      const answer = await app.stranger.get<{ message: string }>('/socket.io/?EIO=4&transport=polling');
      expect(answer.status).toBe(400);
      const posted = await app.stranger.post('/socket.io/?EIO=4&transport=polling&sid=x', '40');
      expect(posted.status).toBe(400);
    });
    it('with the protocol of Socket.IO 2 is refused', async () => {
      await expect(raw('EIO=3&transport=websocket')).rejects.toThrow();
    });
    it('with compression is let in without it', async () => {
      const url = new URL(`${addressOf(app)}/socket.io/?EIO=4&transport=websocket`);
      const headers = await new Promise<Record<string, unknown>>((resolve, reject) => {
        const upgrade = httpRequest(url, {
          // A connection of its own: one that was kept since another request could be closing by now.
          agent: false,
          headers: {
            connection: 'Upgrade',
            upgrade: 'websocket',
            'sec-websocket-version': '13',
            'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
            'sec-websocket-extensions': 'permessage-deflate; client_max_window_bits',
          },
        });
        upgrade.on('upgrade', (response, socket) => {
          socket.destroy();
          resolve(response.headers);
        });
        upgrade.on('response', ({ statusCode }) => reject(new Error(`No upgrade, but ${statusCode}`)));
        upgrade.on('error', reject);
        upgrade.end();
      });
      expect(headers).toHaveProperty('sec-websocket-accept');
      expect(headers).not.toHaveProperty('sec-websocket-extensions');
    });
  });

  it('and a heartbeat comes more often than a peer is given up', () => {
    expect(HEARTBEAT_MS).toBeLessThan(40_000);
  });
});
