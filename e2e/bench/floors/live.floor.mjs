// What the least could be: bare Socket.IO with one room, and a change that is one statement and handed on in the
// process right after it.
import { createServer } from 'node:http';
import pg from 'pg';
import { Server } from 'socket.io';
import { v7 } from 'uuid';
import { answering, now } from '../ground/answering.mjs';

const CHANGE = `
  WITH lead AS (UPDATE leads SET title = $2 WHERE id = $1 RETURNING id),
       head AS (UPDATE heads SET seq = seq + 1 WHERE id = 1 RETURNING seq)
  INSERT INTO events (seq, id, type, data) SELECT head.seq, $3, 'lead.updated', $4 FROM head RETURNING seq`;

let io;
let pool;
let sample;
let stamps = [];

answering({
  /** `event`: what every event looks like. */
  async serve({ port, databaseUrl, event, leads = [] }) {
    sample = event;
    pool = new pg.Pool({ connectionString: databaseUrl, max: 20 });
    await pool.query(`DROP TABLE IF EXISTS leads, heads, events;
      CREATE TABLE leads (id uuid PRIMARY KEY, title text);
      CREATE TABLE heads (id int PRIMARY KEY, seq bigint NOT NULL) WITH (fillfactor = 50);
      CREATE TABLE events (seq bigint PRIMARY KEY, id uuid NOT NULL, type text NOT NULL, data jsonb NOT NULL);
      INSERT INTO heads VALUES (1, 0)`);
    await pool.query('INSERT INTO leads (id) SELECT unnest($1::uuid[])', [leads]);
    const server = createServer(serve);
    io = new Server(server, { transports: ['websocket'], serveClient: false });
    io.on('connection', (socket) => {
      socket.on('subscribe', (_request, answer) => {
        void socket.join('everybody');
        answer({ type: 'ack', seq: 0 });
      });
    });
    await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
  },
  async appendEvery({ perSecond, count }) {
    const begun = now();
    let sent = 0;
    await new Promise((resolve) => {
      const timer = setInterval(() => {
        const due = Math.min(count, Math.floor(((now() - begun) * perSecond) / 1000));
        while (sent < due) hand(++sent, sample);
        if (sent < count) return;
        clearInterval(timer);
        resolve();
      }, 1);
    });
  },
  stamps() {
    const taken = stamps;
    stamps = [];
    return taken;
  },
});

function serve(request, response) {
  let body = '';
  request.on('data', (chunk) => (body += chunk));
  request.on('end', async () => {
    const { title } = JSON.parse(body);
    const id = request.url.slice(request.url.lastIndexOf('/') + 1);
    const data = { lead: { ...sample.data.lead, id, title }, changed: ['title'] };
    const { rows } = await pool.query({
      name: 'change',
      text: CHANGE,
      values: [id, title, v7(), JSON.stringify(data)],
    });
    hand(Number(rows[0].seq), { ...sample, data });
    const text = JSON.stringify(data.lead);
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
    response.end(text);
  });
}

function hand(seq, event) {
  stamps.push([seq, now()]);
  const message = { type: 'leads_updated', seq, timestamp: new Date().toISOString(), events: [{ ...event, seq }] };
  io.to('everybody').emit('leads_updated', message);
}
