import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Person, TestApp } from '../../../test';
import { Screens } from './screens';
import { addressOf, happens, happensAtOnce, range, TestScreen } from './test-screen';

/** A text frame as clients send them (RFC 6455), masked with zeros. */
function frame(text: string): Buffer {
  const payload = Buffer.from(text);
  const head =
    payload.length < 126
      ? Buffer.from([0x81, 0x80 | payload.length])
      : Buffer.from([0x81, 0x80 | 126, payload.length >> 8, payload.length & 0xff]);
  return Buffer.concat([head, Buffer.alloc(4), payload]);
}

const UPGRADE = [
  'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1',
  'Host: 127.0.0.1',
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
];

/** Subscribes to the leads over a bare connection and then never reads again. */
async function silentSubscriber(url: string, token: string): Promise<{ closed: Promise<void> }> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  const read = (wanted: string) =>
    new Promise<void>((resolve) => {
      const look = (chunk: Buffer) => {
        if (!chunk.toString().includes(wanted)) return;
        socket.off('data', look);
        resolve();
      };
      socket.on('data', look);
    });
  const opened = read('"sid"');
  socket.write(`${UPGRADE.join('\r\n')}\r\n\r\n`);
  await opened;
  const connected = read('40{');
  socket.write(frame(`40${JSON.stringify({ token })}`));
  await connected;
  const subscribed = read('430[');
  socket.write(frame('420["subscribe",{"services":["leads"],"version":1}]'));
  await subscribed;
  socket.pause();
  // A paused socket does not hear of its end; a write to a connection that was reset does.
  const closed = new Promise<void>((resolve) => {
    socket.on('error', () => resolve());
    socket.on('close', () => resolve());
    const knock = setInterval(() => socket.write(frame('3')), 100);
    socket.on('close', () => clearInterval(knock));
  });
  return { closed };
}

describe('the socket gateway', () => {
  let app: TestApp;
  let ada: Person;

  beforeAll(async () => {
    app = await TestApp.start();
    ada = await app.person('Ada');
  });
  afterAll(() => app.stop());

  it('A109: a reader that never reads is cut off, and what waits for it stays bounded', async () => {
    const screen = await TestScreen.open(app, ada.token);
    const ack = await screen.subscribe({ services: ['leads'] });
    const slow = await silentSubscriber(addressOf(app), ada.token);
    let most = 0;
    const measure = () => {
      for (const screen of app.get(Screens).list()) most = Math.max(most, screen.queued);
    };
    let last = 0;
    let cutOff = false;
    void slow.closed.then(() => (cutOff = true));
    // What the system's own buffers take, and then some; it ends as soon as the server has had enough.
    for (let commit = 0; commit < 60 && !cutOff; commit++) {
      last = await happensAtOnce(app, ada, Array(250).fill({ leadNamed: 'x'.repeat(1_000) }));
      await screen.reached('leads', last);
      measure();
    }
    await slow.closed;
    expect(most).toBeGreaterThan(1024 * 1024);
    expect(most).toBeLessThan(12 * 1024 * 1024);
    expect(screen.seqs('leads')).toEqual(range(ack.seq + 1, last));
    await screen.reached('leads', await happens(app, ada, ['lead']));
    screen.close();
    // Fifteen thousand commits at the most, on a machine that may be at work elsewhere.
  }, 120_000);
});
