// Receivers of webhooks: one that answers at once and keeps when it heard of what, one that never answers.
import { createServer } from 'node:http';
import { answering, now } from '../ground/answering.mjs';

const heard = [];
let waiting = null;

answering({
  async serve() {
    const quick = createServer((request, response) => {
      const chunks = [];
      request.on('data', (chunk) => chunks.push(chunk));
      request.on('end', () => {
        heard.push([now(), chunks]);
        response.end('ok');
        if (waiting && heard.length >= waiting.count) waiting.resolve(now());
      });
    });
    const hanging = createServer((request) => request.resume());
    return { quick: await listening(quick), hanging: await listening(hanging) };
  },
  /** Forgets what it heard. */
  forget: () => void heard.splice(0),
  /** When it has heard so many. */
  until: ({ count }) =>
    new Promise((resolve) => {
      if (heard.length >= count) resolve(now());
      else waiting = { count, resolve };
    }),
  /** When it heard of each event first, by its place in the log. */
  heard() {
    const first = new Map();
    for (const [at, chunks] of heard.splice(0)) {
      const { seq } = JSON.parse(Buffer.concat(chunks).toString());
      if (!first.has(seq)) first.set(seq, at);
    }
    return [...first];
  },
});

function listening(server) {
  server.keepAliveTimeout = 60_000;
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server.address().port)));
}
