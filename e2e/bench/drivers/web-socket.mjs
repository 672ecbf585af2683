import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';

const TEXT = 1;
const CLOSE = 8;

/** Just enough of a WebSocket to hear a Socket.IO server: a thousand of them must cost less than the server does. */
export class WebSocketScreen {
  #socket;
  #rest = null;
  #said;
  #unread = [];
  #broken = () => undefined;

  /** @param {(payload: Buffer) => void} heard every event, as its bytes behind Socket.IO's `42` */
  constructor(heard) {
    this.heard = heard;
  }

  /** Connects, signs in and subscribes; answers what the subscription was answered. */
  async open(port, token, request) {
    this.#socket = connect({ port, host: '127.0.0.1', noDelay: true });
    await new Promise((resolve, reject) => this.#socket.once('connect', resolve).once('error', reject));
    this.#socket.on('close', () => this.#broken(new Error('The server closed the socket')));
    const key = randomBytes(16).toString('base64');
    this.#socket.write(
      `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: Upgrade\r\n` +
        `Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\n\r\n`,
    );
    await this.#upgraded();
    await this.#until('0');
    this.#say(`40${JSON.stringify({ token })}`);
    const joined = await this.#until('4');
    if (!joined.startsWith('40')) throw new Error(`The handshake was refused: ${joined}`);
    this.#say(`420${JSON.stringify(['subscribe', request])}`);
    const [answer] = JSON.parse((await this.#until('430')).slice(3));
    if (answer.type !== 'ack') throw new Error(`The subscription was refused: ${JSON.stringify(answer)}`);
    return answer;
  }

  close() {
    this.#broken = () => undefined;
    this.#socket.destroy();
  }

  #upgraded() {
    return new Promise((resolve, reject) => {
      this.#broken = reject;
      const take = (chunk) => {
        const bytes = this.#rest ? Buffer.concat([this.#rest, chunk]) : chunk;
        const end = bytes.indexOf('\r\n\r\n');
        if (end < 0) {
          this.#rest = bytes;
          return;
        }
        this.#socket.off('data', take);
        if (!bytes.subarray(0, 12).equals(Buffer.from('HTTP/1.1 101'))) reject(new Error(bytes.toString()));
        this.#rest = null;
        this.#socket.on('data', (more) => this.#take(more));
        resolve();
        if (bytes.length > end + 4) this.#take(bytes.subarray(end + 4));
      };
      this.#socket.on('data', take);
    });
  }

  #until(prefix) {
    return new Promise((resolve, reject) => {
      this.#broken = reject;
      this.#said = (text) => {
        if (!text.startsWith(prefix)) return;
        this.#said = undefined;
        resolve(text);
      };
      // Some of it may have come together with what was waited for before.
      for (const text of this.#unread.splice(0)) this.#said?.(text);
    });
  }

  #take(chunk) {
    let bytes = this.#rest ? Buffer.concat([this.#rest, chunk]) : chunk;
    this.#rest = null;
    for (;;) {
      const frame = frameAt(bytes);
      if (!frame) break;
      this.#frame(frame.kind, bytes.subarray(frame.from, frame.to));
      bytes = bytes.subarray(frame.to);
    }
    if (bytes.length > 0) this.#rest = bytes;
  }

  #frame(kind, payload) {
    if (kind === CLOSE) this.#socket.destroy();
    if (kind !== TEXT) return;
    // Engine.IO: 2 is a ping, 4 a message; Socket.IO: 2 behind it an event.
    if (payload[0] === 0x32 && payload.length === 1) this.#say('3');
    else if (payload[0] === 0x34 && payload[1] === 0x32) this.heard(payload);
    else if (this.#said) this.#said(payload.toString());
    else this.#unread.push(payload.toString());
  }

  #say(text) {
    const payload = Buffer.from(text);
    const head =
      payload.length < 126
        ? Buffer.from([0x81, 0x80 | payload.length])
        : Buffer.from([0x81, 0x80 | 126, payload.length >> 8, payload.length & 255]);
    // A mask of zeros leaves the bytes as they are.
    this.#socket.write(Buffer.concat([head, Buffer.alloc(4), payload]));
  }
}

function frameAt(bytes) {
  if (bytes.length < 2) return null;
  let from = 2;
  let length = bytes[1] & 127;
  if (length === 126) {
    if (bytes.length < 4) return null;
    length = bytes.readUInt16BE(2);
    from = 4;
  } else if (length === 127) {
    if (bytes.length < 10) return null;
    length = Number(bytes.readBigUInt64BE(2));
    from = 10;
  }
  return bytes.length < from + length ? null : { kind: bytes[0] & 15, from, to: from + length };
}
