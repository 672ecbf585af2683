import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server as TcpServer, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Checkpoint, ExportedEntry } from '@threadline/audit';
import type { AuditEntry, AuditStream, MailboxMail, Page, Problem } from '@threadline/contracts';
import { Webhook } from 'standardwebhooks';
import { type Person, TestApp } from '../../../../test';
import { selfSigned, type ServerCertificate } from '../../../../test/certificates';
import { NameResolver } from '../../../platform/outbound';

type Made = AuditStream & { secret: string | null } & Pick<Problem, 'code' | 'errors'>;

interface Taken {
  headers: Record<string, string>;
  body: { type: string; data: { entries: ExportedEntry[] } & Checkpoint };
  raw: string;
}

const DAY = 86_400_000;
let certificate: ServerCertificate;

/** Whether it is signed as the library of Standard Webhooks signs; the tests' clock is not that of the library. */
function isSigned(taken: Taken | undefined, secret: string): boolean {
  if (!taken) return false;
  const { 'webhook-id': id = '', 'webhook-timestamp': at, 'webhook-signature': signature } = taken.headers;
  return new Webhook(secret).sign(id, new Date(Number(at) * 1_000), taken.raw) === signature;
}

/** A receiver of webhooks that answers as it is told. */
class Receiver {
  readonly taken: Taken[] = [];
  answer: (response: ServerResponse, request: IncomingMessage) => void = (response) => response.writeHead(204).end();
  private readonly server: Server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const raw = Buffer.concat(parts).toString();
      this.taken.push({
        headers: request.headers as Record<string, string>,
        body: JSON.parse(raw) as Taken['body'],
        raw,
      });
      this.answer(response, request);
    });
  });

  async start(): Promise<string> {
    await once(this.server.listen(0, '127.0.0.1'), 'listening');
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/audit`;
  }

  get seqs(): number[] {
    return this.taken
      .flatMap(({ body }) => (body.type === 'audit.entries' ? body.data.entries : []))
      .map(({ entry }) => entry.seq);
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}

/** A collector of syslog that reads octet-counted messages. */
class Collector {
  private bytes = Buffer.alloc(0);
  private readonly sockets = new Set<Socket>();
  private server?: TcpServer;
  mood: 'takes' | 'drops' | 'hangs' = 'takes';

  async start(tls: boolean, port = 0): Promise<number> {
    const seen = (socket: Socket) => {
      this.sockets.add(socket.on('error', () => undefined));
      if (this.mood === 'drops') return void socket.resetAndDestroy();
      if (this.mood === 'hangs') return void socket.pause();
      socket.on('data', (part: Buffer) => (this.bytes = Buffer.concat([this.bytes, part])));
    };
    this.server = tls ? createTlsServer(certificate, seen) : createTcpServer(seen);
    await once(this.server.listen(port, '127.0.0.1'), 'listening');
    return (this.server.address() as AddressInfo).port;
  }

  get messages(): string[] {
    const messages: string[] = [];
    for (let at = 0; at < this.bytes.length;) {
      const blank = this.bytes.indexOf(' ', at);
      const length = Number(this.bytes.subarray(at, blank).toString());
      messages.push(this.bytes.subarray(blank + 1, blank + 1 + length).toString());
      at = blank + 1 + length;
    }
    return messages;
  }

  stop(): void {
    for (const socket of this.sockets) socket.destroy();
    this.server?.close();
  }
}

describe('streams of the audit log', () => {
  let app: TestApp;
  let ada: Person;
  const receivers: { stop(): void }[] = [];

  const receiver = async () => {
    const made = new Receiver();
    receivers.push(made);
    return { receiver: made, url: await made.start() };
  };
  const collector = async (tls = false) => {
    const made = new Collector();
    receivers.push(made);
    return { collector: made, port: await made.start(tls) };
  };
  const create = (body: object, person = ada) =>
    person.post<Made>('/api/audit/streams', { name: 'SIEM', from: 'now', ...body });
  const one = async (id: string, person = ada) =>
    (await person.get<Page<AuditStream>>('/api/audit/streams')).body.items.find((each) => each.id === id);
  const happens = (person = ada) => person.post('/api/leads', { name: 'Lin' });
  const later = async (milliseconds: number) => {
    app.clock.advance(milliseconds);
    await app.settle();
    ada = await app.signIn(ada.session?.user.email ?? '');
    await app.settle();
  };

  beforeAll(async () => {
    certificate = await selfSigned('collector.test');
    app = await TestApp.start({ env: { OUTBOUND_ALLOW_CIDRS: '127.0.0.0/8' } });
    app.get(NameResolver).resolve = (name) => Promise.resolve(name === 'collector.test' ? ['127.0.0.1'] : []);
    ada = await app.person('Ada');
  });
  afterAll(() => app?.stop());
  afterEach(async () => {
    for (const { id } of (await ada.get<Page<AuditStream>>('/api/audit/streams')).body.items) {
      await ada.delete(`/api/audit/streams/${id}`);
    }
    for (const each of receivers.splice(0)) each.stop();
  });

  it('by webhook carry every entry in order, signed as Standard Webhooks', async () => {
    const { receiver: siem, url } = await receiver();
    const made = await create({ kind: 'webhook', url });
    expect(made).toMatchObject({
      status: 201,
      body: { state: 'active', lag: 0, secret: expect.stringMatching(/^whsec_/) },
    });
    for (let n = 0; n < 3; n += 1) await happens();
    await app.settle();
    const [first] = siem.taken;
    const secret = made.body.secret ?? '';
    expect(isSigned(first, secret)).toBe(true);
    const seqs = siem.seqs;
    expect(seqs).toEqual(seqs.map((_, at) => (seqs[0] ?? 0) + at));
    expect(seqs.length).toBeGreaterThanOrEqual(4);
    const { entry, hash } = first?.body.data.entries[0] ?? {};
    expect([entry?.action, hash]).toEqual(['audit_stream.created.v1', expect.stringMatching(/^[0-9a-f]{64}$/)]);
    expect(await one(made.body.id)).toMatchObject({ lag: 0, failures: 0, lastError: null, position: seqs.at(-1) });
    expect(await one(made.body.id)).not.toHaveProperty('secret');
  });

  it('carry checkpoints after the entries they cover', async () => {
    const { receiver: siem, url } = await receiver();
    await create({ kind: 'webhook', url, from: 'beginning' });
    const checkpoint = (await ada.post<Checkpoint>('/api/audit/checkpoints')).body;
    await app.settle();
    const at = siem.taken.findIndex(
      ({ body }) => body.type === 'audit.checkpoint' && body.data.size === checkpoint.size,
    );
    expect(siem.taken[at]?.body.data).toEqual(checkpoint);
    const before = siem.taken.slice(0, at).flatMap(({ body }) => body.data.entries ?? []);
    expect(before.map(({ entry }) => entry.seq)).toContain(checkpoint.size);
  });

  it('try again ever more rarely, with the same batch under the same id, and lose nothing', async () => {
    const { receiver: siem, url } = await receiver();
    siem.answer = (response) => response.writeHead(500).end();
    const made = await create({ kind: 'webhook', url, checkpoints: false });
    await app.settle();
    await happens();
    await later(6_500);
    await happens();
    const failing = await one(made.body.id);
    expect(failing).toMatchObject({ failures: 2, lastError: 'The receiver answered 500.', state: 'active' });
    expect(failing?.lag).toBeGreaterThan(1);
    const ids = siem.taken.map(({ headers }) => headers['webhook-id']);
    expect([new Set(ids).size, new Set(siem.taken.map(({ raw }) => raw)).size]).toEqual([1, 1]);
    // One that drops the connection, one that hangs up half way, and one that sends elsewhere are no better.
    siem.answer = (_, request) => request.socket.destroy();
    await later(40_000);
    siem.answer = (response) => response.writeHead(302, { location: url }).end();
    await later(150_000);
    expect(await one(made.body.id)).toMatchObject({ failures: 4, lastError: 'The receiver answered 302.' });
    siem.answer = (response) => response.writeHead(200).end();
    siem.taken.length = 0;
    await later(800_000);
    expect(await one(made.body.id)).toMatchObject({ failures: 0, lag: 0, lastError: null });
    const seqs = siem.seqs;
    expect(seqs).toEqual(seqs.map((_, at) => (seqs[0] ?? 0) + at));
    expect(seqs[0]).toBe(made.body.position + 1);
  });

  it('leave an overloaded receiver alone for as long as it asks', async () => {
    const { receiver: siem, url } = await receiver();
    siem.answer = (response) => response.writeHead(429, { 'retry-after': '600' }).end();
    await create({ kind: 'webhook', url });
    await app.settle();
    await later(590_000);
    expect(siem.taken).toHaveLength(1);
    await later(11_000);
    expect(siem.taken).toHaveLength(2);
  });

  it('by syslog are RFC 5424 messages, octet-counted, over TCP and over TLS', async () => {
    const plain = await collector();
    const secure = await collector(true);
    await create({ kind: 'syslog', host: 'collector.test', port: plain.port, tls: false });
    const made = await create({
      ...{ kind: 'syslog', host: 'collector.test', port: secure.port, certificate: certificate.cert },
      from: 'beginning',
    });
    expect(made.body).toMatchObject({ secret: null, tls: true, url: null });
    const ben = await app.colleagueOf(ada);
    await ben.patch('/api/workspace', { name: 'Mine' });
    await app.settle();
    for (const { messages } of [plain.collector, secure.collector]) {
      const denied = messages.find((message) => message.includes('access.denied'));
      expect(denied).toMatch(
        /^<108>1 \d{4}-\d\d-\d\dT[\d:.]+Z 127\.0\.0\.1 threadline - access\.denied\.v1 \[audit@32473 seq="\d+" id="[0-9a-f-]+" action="access\.denied\.v1" outcome="denied" .*reason="forbidden" hash="[0-9a-f]{64}"\] \uFEFF\{"entry":/,
      );
      const json = JSON.parse(denied?.slice(denied.indexOf('\uFEFF') + 1) ?? '') as ExportedEntry;
      expect(json.entry.outcome).toBe('denied');
    }
    expect((await one(made.body.id))?.lag).toBe(0);
    expect(secure.collector.messages.length).toBeGreaterThan(plain.collector.messages.length);
  });

  it('by syslog survive a collector that drops, is gone, and comes back', async () => {
    const { collector: siem, port } = await collector();
    siem.mood = 'drops';
    const made = await create({ kind: 'syslog', host: '127.0.0.1', port, tls: false, checkpoints: false });
    await app.settle();
    expect(await one(made.body.id)).toMatchObject({ failures: 1, lastError: expect.stringContaining('connection') });
    siem.stop();
    await later(10_000);
    expect(await one(made.body.id)).toMatchObject({ failures: 2, lastError: 'The server could not be reached.' });
    siem.mood = 'takes';
    await siem.start(false, port);
    await later(60_000);
    expect(await one(made.body.id)).toMatchObject({ failures: 0, lag: 0 });
    const seqs = siem.messages.map((message) => Number(/ seq="(\d+)"/.exec(message)?.[1]));
    expect(seqs).toEqual(seqs.map((_, at) => made.body.position + 1 + at));
  });

  it('are switched off after five days of nothing but failures, and the owners told; nothing is lost', async () => {
    const { receiver: siem, url } = await receiver();
    siem.answer = (response) => response.writeHead(503).end();
    const made = await create({ kind: 'webhook', url });
    await app.settle();
    await later(5 * DAY - 60_000);
    expect((await one(made.body.id))?.state).toBe('active');
    await later(2 * 3_600_000);
    expect(await one(made.body.id)).toMatchObject({ state: 'disabled', nextAt: null });
    const mails = (await ada.get<Page<MailboxMail>>('/api/mailbox')).body.items;
    expect(mails.map(({ subject }) => subject)).toContain('The audit log is no longer sent to SIEM');
    const [entry] = (await ada.get<Page<AuditEntry>>('/api/audit?limit=5&action=audit_stream.updated')).body.items;
    expect(entry).toMatchObject({
      actor: { type: 'system' },
      changes: [{ field: 'state', before: 'active', after: 'disabled' }],
    });
    siem.answer = (response) => response.writeHead(200).end();
    siem.taken.length = 0;
    expect((await ada.patch(`/api/audit/streams/${made.body.id}`, { state: 'active' })).status).toBe(200);
    await app.settle();
    expect(siem.seqs[0]).toBe(made.body.position + 1);
    expect(await one(made.body.id)).toMatchObject({ state: 'active', lag: 0, failures: 0 });
  });

  it('end at once when the receiver says that it is gone', async () => {
    const { receiver: siem, url } = await receiver();
    siem.answer = (response) => response.writeHead(410).end();
    const made = await create({ kind: 'webhook', url });
    await app.settle();
    expect(await one(made.body.id)).toMatchObject({ state: 'disabled', lastError: 'The receiver answered 410.' });
  });

  it('pause and go on where they stopped', async () => {
    const { receiver: siem, url } = await receiver();
    const made = await create({ kind: 'webhook', url, checkpoints: false });
    await app.settle();
    await ada.patch(`/api/audit/streams/${made.body.id}`, { state: 'paused' });
    const before = siem.seqs.length;
    await happens();
    await app.settle();
    expect(siem.seqs).toHaveLength(before);
    expect((await one(made.body.id))?.lag).toBeGreaterThan(0);
    await ada.patch(`/api/audit/streams/${made.body.id}`, { state: 'active' });
    await app.settle();
    const seqs = siem.seqs;
    expect(seqs).toEqual(seqs.map((_, at) => made.body.position + 1 + at));
  });

  it('are tested without moving, and say what the receiver said', async () => {
    const { receiver: siem, url } = await receiver();
    const made = await create({ kind: 'webhook', url });
    await app.settle();
    const test = () => ada.post<{ ok: boolean; error: string | null }>(`/api/audit/streams/${made.body.id}/test`);
    expect((await test()).body).toMatchObject({ ok: true, error: null });
    expect(siem.taken.some(({ body }) => body.type === 'audit.test')).toBe(true);
    siem.answer = (response) => response.writeHead(401).end();
    expect((await test()).body).toMatchObject({ ok: false, error: 'The receiver answered 401.' });
    siem.answer = (response) => response.writeHead(204).end();
    const rotated = await ada.post<{ secret: string }>(`/api/audit/streams/${made.body.id}/rotate-secret`);
    expect(rotated.body.secret).not.toBe(made.body.secret);
    siem.taken.length = 0;
    await test();
    const [taken] = siem.taken;
    expect(isSigned(taken, rotated.body.secret)).toBe(true);
    expect(isSigned(taken, made.body.secret ?? '')).toBe(false);
  });

  it('go nowhere inside, and are set up by who may', async () => {
    const refused = await create({ kind: 'webhook', url: 'http://169.254.169.254/latest' });
    expect(refused).toMatchObject({ status: 400, body: { code: 'address_not_allowed' } });
    expect((await create({ kind: 'syslog', host: '10.0.0.1', port: 514 })).body.code).toBe('address_not_allowed');
    expect((await create({ kind: 'syslog', host: 'nowhere.test', port: 6514 })).status).toBe(400);
    for (const body of [
      { kind: 'webhook' },
      { kind: 'syslog', host: '127.0.0.1' },
      { kind: 'webhook', url: 'http://127.0.0.1:9/', host: 'x' },
      { kind: 'syslog', host: '127.0.0.1', port: 9, certificate: 'no' },
      { kind: 'webhook', url: 'http://127.0.0.1:9/', entries: false, checkpoints: false },
      { kind: 'pigeon', url: 'http://127.0.0.1:9/' },
    ]) {
      expect([body, (await create(body)).status]).toEqual([body, 400]);
    }
    const auditor = await app.colleagueOf(ada, 'auditor');
    expect((await create({ kind: 'webhook', url: 'http://127.0.0.1:9/' }, auditor)).status).toBe(403);
    expect((await auditor.get('/api/audit/streams')).status).toBe(200);
    expect((await (await app.colleagueOf(ada)).get('/api/audit/streams')).status).toBe(403);
    const { url } = await receiver();
    const made = await create({ kind: 'webhook', url });
    const eve = await app.person('Eve');
    for (const call of [
      eve.patch(`/api/audit/streams/${made.body.id}`, { name: 'Mine' }),
      eve.post(`/api/audit/streams/${made.body.id}/test`),
      eve.post(`/api/audit/streams/${made.body.id}/rotate-secret`),
      eve.delete(`/api/audit/streams/${made.body.id}`),
    ]) {
      expect((await call).status).toBe(404);
    }
    const [kept] = await app.rows<{ secret: string }>('SELECT secret FROM audit_streams WHERE id = $1', [made.body.id]);
    expect(kept?.secret).toMatch(/^v1\./);
    expect(kept?.secret).not.toContain(made.body.secret?.slice(6) ?? '-');
  });

  it('deliver once with two nodes looking at the same time', async () => {
    const second = await TestApp.start({ sharing: app, env: { OUTBOUND_ALLOW_CIDRS: '127.0.0.0/8' } });
    try {
      const { receiver: siem, url } = await receiver();
      const made = await create({ kind: 'webhook', url, checkpoints: false });
      for (let n = 0; n < 5; n += 1) {
        await happens();
        await Promise.all([app.settle(), second.settle()]);
      }
      const seqs = siem.seqs;
      expect(seqs).toEqual(seqs.map((_, at) => made.body.position + 1 + at));
    } finally {
      await second.stop();
    }
  });
});
