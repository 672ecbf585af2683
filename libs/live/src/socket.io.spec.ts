import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { SubscribeAck, SubscribeRequest } from '@threadline/contracts';
import { filter, firstValueFrom, ReplaySubject, Subject, take, toArray } from 'rxjs';
import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server, type Socket } from 'socket.io';
import { LiveConnection } from './live.connection';
import { deleted } from './testing/events';
import { TIMESTAMP } from './testing/fake.server';
import { SignedOut } from './trouble';

type Ask = { socket: Socket; request: SubscribeRequest; ack: (answer: SubscribeAck) => void };

describe('On a real Socket.IO server', () => {
  let http: HttpServer;
  let io: Server;
  let asks: Subject<Ask>;
  let tokens: unknown[];
  let connection: LiveConnection;
  let token: () => Promise<string>;

  beforeEach(async () => {
    asks = new ReplaySubject<Ask>();
    tokens = [];
    let tokensGiven = 0;
    token = async () => `token ${(tokensGiven += 1)}`;
    http = createServer();
    io = new Server(http, { path: '/socket.io', transports: ['websocket'] });
    io.use((socket, next) => {
      tokens.push(socket.handshake.auth['token']);
      const refused = socket.handshake.auth['token'] === 'revoked';
      next(refused ? Object.assign(new Error('no'), { data: { code: 'session_ended', detail: 'Over' } }) : undefined);
    });
    io.on('connection', (socket) => {
      socket.on('subscribe', (request: SubscribeRequest, ack: Ask['ack']) => asks.next({ socket, request, ack }));
      socket.on('enter', (_request, ack: (answer: { type: 'ack' }) => void) => {
        ack({ type: 'ack' });
        socket.emit('presence_updated', {
          type: 'presence_updated',
          timestamp: TIMESTAMP,
          data: { ref: 'conversation:c1', people: [{ userId: 'ada', name: 'Ada', screens: 1 }] },
        });
      });
    });
    await new Promise<void>((listening) => http.listen(0, '127.0.0.1', listening));
    const { port } = http.address() as AddressInfo;
    connection = new LiveConnection({ url: `http://127.0.0.1:${port}`, token: () => token(), random: () => 0 });
  });

  afterEach(async () => {
    connection.close();
    await io.close();
  });

  it('takes up where it was after the server has cut it off, with a fresh token', async () => {
    const events = firstValueFrom(connection.service('leads').pipe(take(3), toArray()));
    connection.connect();

    const first = await firstValueFrom(asks);
    expect(first.request).toEqual({ services: ['leads'], version: 1 });
    first.ack({ type: 'ack', seq: 4, replayed: 0, epoch: 'one' });
    const message = { type: 'leads_updated', timestamp: TIMESTAMP };
    first.socket.emit('leads_updated', { ...message, seq: 5, events: [deleted(5)] });
    await firstValueFrom(connection.service('leads'));
    first.socket.disconnect(true);

    const again = await firstValueFrom(asks.pipe(filter(({ socket }) => socket.id !== first.socket.id)));
    expect(again.request).toMatchObject({ lastSeq: 5, epoch: 'one' });
    again.socket.emit('leads_updated', { ...message, seq: 8, events: [deleted(6), { seq: 7 }, deleted(8)] });
    again.ack({ type: 'ack', seq: 8, replayed: 3, epoch: 'one' });

    expect((await events).map(({ seq }) => seq)).toEqual([5, 6, 8]);
    expect(tokens).toEqual(['token 1', 'token 2']);
  });

  it('enters a room and hears who is there', async () => {
    const room = firstValueFrom(connection.room('c1').pipe(filter(({ people }) => people.length > 0)));
    connection.connect();
    expect((await room).people).toEqual([{ userId: 'ada', name: 'Ada', screens: 1 }]);
  });

  it('gives up when the handshake refuses the token', async () => {
    token = async () => 'revoked';
    const signedOut = firstValueFrom(connection.signedOut$);
    connection.connect();
    expect(await signedOut).toMatchObject({ code: 'session_ended', detail: 'This session has ended' });
    expect(tokens).toEqual(['revoked']);
  });

  it('gives up when there is no token to be had, and goes on trying when it only failed to come', async () => {
    let asked = 0;
    token = async () => {
      asked += 1;
      if (asked === 1) throw new TypeError('fetch failed');
      throw new SignedOut('unauthenticated', 'The refresh was refused');
    };
    const signedOut = firstValueFrom(connection.signedOut$);
    connection.connect();
    expect(await signedOut).toMatchObject({ code: 'unauthenticated' });
    expect(asked).toBe(2);
    expect(tokens).toEqual([]);
  });
});
