// Speaks HTTP/1.1 over plain sockets, one request at a time on each, and reads of an answer only what it must: the less
// the driver does, the more of the machine is left to what is measured.
import { connect } from 'node:net';
import { answering, now } from '../ground/answering.mjs';

let requests = [];

answering({
  /** The requests to make, in turn: `{method, path, body}`; `headers` go with each. */
  prepare({ port, list, headers = {} }) {
    requests = list.map((request) => bytesOf(request, port, headers));
    return requests.length;
  },
  closed,
  open,
});

function bytesOf({ method = 'GET', path, body }, port, headers) {
  const text = body === undefined ? '' : JSON.stringify(body);
  const all = {
    host: `127.0.0.1:${port}`,
    ...headers,
    ...(text ? { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) } : {}),
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${text}`);
}

class Connection {
  #socket;
  #parts = [];
  #answered;
  #broken;

  static async open(port) {
    const connection = new Connection();
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    connection.#socket = socket;
    await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject));
    socket.on('data', (chunk) => connection.#take(chunk));
    const gone = () => connection.#broken?.(new Error('The server closed the connection'));
    socket.on('error', gone).on('close', gone);
    return connection;
  }

  /** Answers the status. */
  ask(bytes) {
    return new Promise((resolve, reject) => {
      this.#answered = resolve;
      this.#broken = reject;
      this.#socket.write(bytes);
    });
  }

  close() {
    this.#broken = undefined;
    this.#socket.destroy();
  }

  #take(chunk) {
    this.#parts.push(chunk);
    const bytes = this.#parts.length === 1 ? chunk : Buffer.concat(this.#parts);
    const end = bytes.indexOf('\r\n\r\n');
    if (end < 0) return;
    const head = bytes.latin1Slice(0, end);
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? 0);
    if (bytes.length < end + 4 + length) {
      this.#parts = [bytes];
      return;
    }
    this.#parts = [];
    this.#answered(Number(head.slice(9, 12)));
  }
}

const connectAll = (port, count) => Promise.all(Array.from({ length: count }, () => Connection.open(port)));

/** Every connection asks again as soon as it was answered, for so long. */
async function closed({ port, connections, ms, from = 0 }) {
  const all = await connectAll(port, connections);
  const statuses = {};
  const latencies = [];
  const begun = now();
  const cpu = process.cpuUsage();
  let next = from;
  await Promise.all(
    all.map(async (connection) => {
      for (let at = now(); at - begun < ms;) {
        const status = await connection.ask(requests[next++ % requests.length]);
        const answered = now();
        statuses[status] = (statuses[status] ?? 0) + 1;
        latencies.push(answered - at);
        at = answered;
      }
    }),
  );
  const took = now() - begun;
  const { user, system } = process.cpuUsage(cpu);
  for (const connection of all) connection.close();
  return {
    count: latencies.length,
    next,
    statuses,
    latencies: Float64Array.from(latencies),
    ms: took,
    cpu: user + system,
  };
}

/**
 * So many requests a second, whether or not earlier ones were answered; latency counts from when each was due, so that
 * a stall shows in full. Answers in addition when each was answered.
 */
async function open({ port, connections, perSecond, ms, from = 0 }) {
  const idle = await connectAll(port, connections);
  const all = [...idle];
  const total = Math.floor((perSecond * ms) / 1000);
  const latencies = new Float64Array(total);
  const answeredAt = new Float64Array(total);
  const statuses = {};
  const waiting = [];
  const begun = now();
  let due = 0;
  let done = 0;
  await new Promise((resolve, reject) => {
    const give = async (connection) => {
      for (let index = waiting.shift(); index !== undefined; index = waiting.shift()) {
        const status = await connection.ask(requests[(from + index) % requests.length]);
        statuses[status] = (statuses[status] ?? 0) + 1;
        answeredAt[index] = now();
        latencies[index] = answeredAt[index] - (begun + (index * 1000) / perSecond);
        if (++done === total) resolve();
      }
      idle.push(connection);
    };
    const timer = setInterval(() => {
      const reached = Math.min(total, Math.floor(((now() - begun) * perSecond) / 1000));
      while (due < reached) waiting.push(due++);
      while (waiting.length > 0 && idle.length > 0) give(idle.pop()).catch(reject);
      if (due === total) clearInterval(timer);
    }, 1);
  });
  for (const connection of all) connection.close();
  return { count: total, next: from + total, statuses, latencies, answeredAt, ms: now() - begun };
}
