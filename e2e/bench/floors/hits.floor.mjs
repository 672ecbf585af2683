// What the least could be: node:http, and hits in one statement after the other, each with all that waited meanwhile.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import pg from 'pg';
import { v7 } from 'uuid';
import { answering } from '../ground/answering.mjs';

const GIF = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');
const KEY = Buffer.alloc(32, 7);
const INSERT = `INSERT INTO hits (id, at, kind, tracking_id, user_agent, link)
  SELECT * FROM unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::text[], $5::text[], $6::text[])`;

let client;
let waiting = [];
let sending = false;

answering({
  async serve({ port, databaseUrl }) {
    client = new pg.Client({ connectionString: databaseUrl });
    await client.connect();
    await client.query(`CREATE TABLE IF NOT EXISTS hits (id uuid PRIMARY KEY, at timestamptz NOT NULL,
      kind text NOT NULL, tracking_id text NOT NULL, user_agent text, link text)`);
    await new Promise((resolve) => createServer(serve).listen(port, '127.0.0.1', resolve));
  },
  /** Paths of links, as a mail would carry them. */
  sign: ({ links }) =>
    links.map(({ trackingId, url }) => {
      const text = Buffer.from(url).toString('base64url');
      return `/c/${trackingId}?u=${text}&s=${signature(trackingId, text)}`;
    }),
});

function signature(trackingId, text) {
  return createHmac('sha256', KEY).update(`${trackingId}\n${text}`).digest('base64url');
}

function serve(request, response) {
  if (request.url.startsWith('/p/')) {
    record('open', request.url.slice(3), null, request, () => {
      response.writeHead(200, {
        'content-type': 'image/gif',
        'content-length': GIF.length,
        'cache-control': 'no-store',
      });
      response.end(GIF);
    });
    return;
  }
  const { pathname, searchParams } = new URL(request.url, 'http://floor');
  const trackingId = pathname.slice(3);
  const text = searchParams.get('u') ?? '';
  const given = Buffer.from(searchParams.get('s') ?? '');
  const wanted = Buffer.from(signature(trackingId, text));
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) {
    response.writeHead(404, { 'content-length': 0 });
    response.end();
    return;
  }
  const url = Buffer.from(text, 'base64url').toString();
  record('click', trackingId, url, request, () => {
    response.writeHead(302, { location: url, 'content-length': 0, 'cache-control': 'no-store' });
    response.end();
  });
}

function record(kind, trackingId, link, request, done) {
  waiting.push({
    id: v7(),
    at: new Date(),
    kind,
    trackingId,
    agent: request.headers['user-agent'] ?? null,
    link,
    done,
  });
  if (!sending) void send();
}

async function send() {
  sending = true;
  while (waiting.length > 0) {
    const batch = waiting;
    waiting = [];
    await client.query({
      name: 'hits',
      text: INSERT,
      values: ['id', 'at', 'kind', 'trackingId', 'agent', 'link'].map((key) => batch.map((hit) => hit[key])),
    });
    for (const { done } of batch) done();
  }
  sending = false;
}
