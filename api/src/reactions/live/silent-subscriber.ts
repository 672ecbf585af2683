import { request } from 'node:http';
import type { Socket } from 'node:net';

/** A text frame as clients send them (RFC 6455), masked with zeros. */
function frame(text: string): Buffer {
  const payload = Buffer.from(text);
  const head =
    payload.length < 126
      ? Buffer.from([0x81, 0x80 | payload.length])
      : Buffer.from([0x81, 0x80 | 126, payload.length >> 8, payload.length & 0xff]);
  return Buffer.concat([head, Buffer.alloc(4), payload]);
}

/** Subscribes to the leads over a bare connection and then never reads again. */
export async function silentSubscriber(url: string, token: string): Promise<{ closed: Promise<void> }> {
  const socket = await new Promise<Socket>((resolve, reject) => {
    const upgrade = request(`${url}/socket.io/?EIO=4&transport=websocket`, {
      headers: {
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
      },
    });
    upgrade.on('upgrade', (_, connection) => resolve(connection));
    upgrade.on('error', reject);
    upgrade.end();
  });
  const read = (wanted: string) =>
    new Promise<void>((resolve) => {
      const look = (chunk: Buffer) => {
        if (!chunk.toString().includes(wanted)) return;
        socket.off('data', look);
        resolve();
      };
      socket.on('data', look);
    });
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
