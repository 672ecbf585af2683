import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Envelope, Hit, Lead, Message, Page } from '@threadline/contracts';
import { request } from 'undici';
import { v7 } from 'uuid';
import { type Person, TestApp } from '../../../test';
import { systemActor } from '../../platform/access';
import { UnitOfWork } from '../../platform/work';
import { MessagesService, SendLedger } from '../conversations';
import { TrackingLinks } from './index';
import { PIXEL } from './intake/intake.answers';
import { AGENTS, ADDRESSES, NAVIGATION, RENDERING } from './verdict/verdict.catalogue';

interface Reader {
  ua?: string | null;
  address?: string;
  method?: 'GET' | 'HEAD';
  headers?: Record<string, string>;
}

/** Headers without those that differ from answer to answer and connection to connection. */
function lasting(headers: Record<string, unknown>): Record<string, unknown> {
  const passing = ['date', 'x-request-id', 'connection', 'keep-alive'];
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !passing.includes(name)));
}

describe('tracking', () => {
  let app: TestApp;
  let ada: Person;
  let links: TrackingLinks;
  let message: Message;

  const hit = async (url: string, reader: Reader = {}) => {
    const { ua = AGENTS.thunderbird, address = ADDRESSES.home, method = 'GET', headers = {} } = reader;
    const answer = await request(url, {
      method,
      headers: { ...(ua === null ? {} : { 'user-agent': ua }), 'x-forwarded-for': address, ...headers },
    });
    return { status: answer.statusCode, headers: answer.headers, body: Buffer.from(await answer.body.arrayBuffer()) };
  };
  const pixel = () => links.pixelUrl(message.trackingId ?? '');
  const link = (index = 0, url = `https://example.com/${index}`) =>
    links.clickUrl(message.trackingId ?? '', index, url) ?? '';
  const now = async () => (await ada.get<Message>(`/api/messages/${message.id}`)).body;
  const hits = async () => (await ada.get<Page<Hit>>(`/api/messages/${message.id}/tracking`)).body.items;
  const events = (type: string) =>
    app.rows<{ actor_type: string; actor_id: string; data: Envelope['data'] }>(
      `SELECT actor_type, actor_id, data FROM events WHERE type = $1 AND subject_id = $2 ORDER BY seq`,
      [type, message.id],
    );

  /** A message in the hand of somebody who will never send it. */
  async function queued(): Promise<Message> {
    const lead = (await ada.post<Lead>('/api/leads', { name: 'Lin', email: `lin.${v7()}@example.com` })).body;
    const body = { channel: 'email', content: 'Hello https://example.com/0', undoSeconds: 30 };
    const made = (await ada.post<Message>(`/api/leads/${lead.id}/messages`, body)).body;
    await app.rows(
      `UPDATE message_sends SET state = 'claimed', claim_token = $2, lease_until = now() + interval '1 year' WHERE id = $1`,
      [made.id, made.id],
    );
    return made;
  }

  /** The mail server took it so many seconds ago. */
  async function handOver(id: string, secondsAgo: number): Promise<void> {
    const at = new Date(app.clock.millis() - secondsAgo * 1_000);
    await app.get(UnitOfWork).run(systemActor(ada.workspaceId, 'test'), async (tx) => {
      await app.get(SendLedger).handed(tx, id, id, { at, reply: '250 ok' });
    });
    await app.settle();
  }

  beforeAll(async () => {
    app = await TestApp.start({ env: { TRUSTED_PROXIES: '127.0.0.1/32' } });
    ada = await app.person('Ada');
    links = app.get(TrackingLinks);
  });
  afterAll(() => app?.stop());
  beforeEach(async () => {
    message = await queued();
    await handOver(message.id, 600);
  });

  it('a person’s open marks the message as read, says so once, and is listed with its evidence', async () => {
    await hit(pixel());
    await app.settle();
    const opened = await now();
    expect(opened.openedAt).not.toBeNull();
    const [only, ...others] = await hits();
    expect(others).toEqual([]);
    expect(only).toEqual({
      id: expect.any(String),
      kind: 'open',
      at: opened.openedAt,
      verdict: 'human',
      rule: 'R11-mail-program',
      counted: true,
      evidence: {
        method: 'GET',
        userAgent: AGENTS.thunderbird,
        addressPrefix: '203.0.113.0/24',
        network: null,
        sinceHandedMs: expect.any(Number),
        prefetch: false,
        navigation: false,
        ruleset: expect.any(String),
      },
    });
    expect(await events('message.opened')).toEqual([
      { actor_type: 'contact', actor_id: message.leadId, data: expect.objectContaining({ hitId: only?.id }) },
    ]);
    expect(await events('engagement.judged')).toHaveLength(1);
  });

  it('forty opens are one person who counts once', async () => {
    for (let n = 0; n < 40; n++) await hit(pixel(), { ua: AGENTS.gmailProxy });
    await app.settle();
    const all = await hits();
    expect(all).toHaveLength(40);
    expect(all.filter(({ counted }) => counted)).toHaveLength(1);
    expect(await events('message.opened')).toHaveLength(1);
  });

  it('a click marks the message as clicked, and each link counts by itself', async () => {
    await hit(link(0), { ua: AGENTS.chrome, headers: NAVIGATION });
    await hit(link(0), { ua: AGENTS.chrome, headers: NAVIGATION });
    app.clock.advance(20_000);
    await hit(link(1), { ua: AGENTS.chrome, headers: NAVIGATION });
    await app.settle();
    expect((await now()).clickedAt).not.toBeNull();
    expect(await events('message.clicked')).toMatchObject([{ data: { link: 'https://example.com/0' } }]);
    expect((await hits()).map(({ link: url, counted }) => [url, counted])).toEqual([
      ['https://example.com/0', true],
      ['https://example.com/0', false],
      ['https://example.com/1', true],
    ]);
  });

  it.each<[string, Reader]>([
    ['HEAD', { method: 'HEAD' }],
    ['a prefetch', { headers: { 'sec-purpose': 'prefetch' } }],
    ['Apple’s privacy proxy', { ua: AGENTS.applePrivacy }],
    ['a mail filter', { address: ADDRESSES.microsoftFilter }],
    ['a program', { ua: 'curl/8.4.0' }],
    ['no user agent', { ua: null }],
  ])('%s moves no counter and is answered like everybody', async (_, reader) => {
    const answer = await hit(pixel(), reader);
    expect(answer.status).toBe(200);
    if (reader.method !== 'HEAD') expect(answer.body.equals(PIXEL)).toBe(true);
    await app.settle();
    expect((await now()).openedAt).toBeNull();
    expect(await events('message.opened')).toEqual([]);
    expect(await hits()).toMatchObject([{ verdict: expect.not.stringMatching('human'), counted: false }]);
  });

  it('whoever follows the invisible link takes back what the same source had counted for', async () => {
    await hit(pixel(), { ua: AGENTS.chrome, headers: RENDERING });
    await hit(link(0), { ua: AGENTS.chrome, headers: NAVIGATION });
    await app.settle();
    expect(await now()).toMatchObject({ openedAt: expect.any(String), clickedAt: expect.any(String) });
    await hit(links.honeypotUrl(message.trackingId ?? ''), { ua: AGENTS.chrome, headers: NAVIGATION });
    await app.settle();
    expect(await now()).toMatchObject({ openedAt: null, clickedAt: null });
    expect((await hits()).map(({ rule, counted }) => [rule, counted])).toEqual([
      ['R3b-honeypot-source', false],
      ['R3b-honeypot-source', false],
      ['R3-honeypot', false],
    ]);
    expect(await events('message.engagement_withdrawn')).toHaveLength(2);
    expect((await events('engagement.judged')).at(-1)?.data).toMatchObject({
      hits: expect.arrayContaining([expect.objectContaining({ kind: 'click', verdict: 'machine', previous: 'human' })]),
    });
  });

  it('a reader elsewhere keeps the mark when another source turns out to be a machine', async () => {
    await hit(pixel(), { ua: AGENTS.firefox, address: ADDRESSES.office });
    await hit(pixel(), { ua: AGENTS.chrome });
    await hit(links.honeypotUrl(message.trackingId ?? ''), { ua: AGENTS.chrome });
    await app.settle();
    expect((await now()).openedAt).not.toBeNull();
    expect((await hits()).map(({ verdict, counted }) => [verdict, counted])).toEqual([
      ['human', true],
      ['machine', false],
      ['machine', false],
    ]);
  });

  it('the mark moves to the next reader when the first turns out to be a machine', async () => {
    await hit(pixel(), { ua: AGENTS.chrome });
    await app.settle();
    app.clock.advance(2_000);
    await hit(pixel(), { ua: AGENTS.firefox, address: ADDRESSES.office });
    await app.settle();
    await hit(links.honeypotUrl(message.trackingId ?? ''), { ua: AGENTS.chrome });
    await app.settle();
    const [, second] = await hits();
    expect(second).toMatchObject({ verdict: 'human', counted: true });
    expect((await now()).openedAt).toBe(second?.at);
  });

  it('a hit before the hand-over is on record waits for it, and is judged by it', async () => {
    message = await queued();
    app.clock.advance(60_000);
    await hit(pixel(), { ua: AGENTS.chrome, headers: RENDERING });
    await app.settle();
    expect(await hits()).toMatchObject([
      { verdict: 'unknown', rule: 'R9-not-handed', evidence: { sinceHandedMs: null } },
    ]);
    await handOver(message.id, 30);
    expect(await hits()).toMatchObject([{ verdict: 'human', rule: 'R11-rendering', counted: true }]);
    expect((await now()).openedAt).not.toBeNull();
  });

  it('an answer proves the open before it that nobody could tell', async () => {
    await hit(pixel(), { ua: null });
    await app.settle();
    expect(await hits()).toMatchObject([{ verdict: 'unknown', rule: 'R10-no-agent' }]);
    app.clock.advance(60_000);
    await app.get(UnitOfWork).run(systemActor(ada.workspaceId, 'test'), (tx) =>
      app.get(MessagesService).receive(tx, {
        leadId: message.leadId,
        channel: 'email',
        subject: null,
        content: 'Yes!',
        receivedAt: tx.now,
        messageIdHeader: `<${v7()}@example.com>`,
        answers: message.id,
        automatic: false,
      }),
    );
    await app.settle();
    expect(await hits()).toMatchObject([{ verdict: 'human', rule: 'U1-later-proof', counted: true }]);
    expect((await now()).openedAt).not.toBeNull();
  });

  it('A61 leads nowhere but to the link that was sealed', async () => {
    const good = await hit(`${link(0, 'https://example.com/a?b=c#d')}&url=https://evil.test`, { ua: AGENTS.chrome });
    expect(good.status).toBe(302);
    expect(good.headers.location).toBe('https://example.com/a?b=c#d');
    expect(good.headers['cache-control']).toBe('no-store');
    expect(good.headers['referrer-policy']).toBe('no-referrer');
    expect(good.headers['set-cookie']).toBeUndefined();
    const [path = '', sealed = ''] = link().split('?l=');
    const other = await queued();
    for (const url of [
      path,
      `${path}?l=`,
      `${path}?l=${sealed}A`,
      `${path}?l=${sealed.slice(0, -1)}`,
      `${path}?url=https://evil.test`,
      `${path.replace(message.trackingId ?? '', other.trackingId ?? '')}?l=${sealed}`,
      `${app.url}/api/outreach/click/unknown?l=${sealed}`,
    ]) {
      const answer = await hit(url, { ua: AGENTS.chrome });
      expect(answer.status).toBe(404);
      expect(answer.headers.location).toBeUndefined();
      expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
      expect(answer.body.toString()).toContain('This link does not work');
    }
    expect((await hit(`${path}/https://evil.test?l=${sealed}`)).status).toBe(404);
  });

  it('A62 gives no tracked address to a link that must not be redirected to', () => {
    const id = message.trackingId ?? '';
    for (const url of [
      'javascript:alert(1)',
      'data:text/html,x',
      '//evil',
      'https://a@evil.test',
      'http://127.0.0.1/',
      'https://example.com/\r\nSet-Cookie: a=b',
    ]) {
      expect(links.clickUrl(id, 0, url)).toBeNull();
    }
    expect(links.clickUrl(id, 0, 'https://example.com/')).toBe(links.clickUrl(id, 0, 'https://example.com/'));
  });

  it.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const)(
    'A64 %s is 405 on both and moves nothing',
    async (method) => {
      for (const url of [pixel(), link()]) {
        const answer = await request(url, { method });
        await answer.body.dump();
        expect(answer.statusCode).toBe(405);
        expect(answer.headers.allow).toBe('GET, HEAD');
        expect(answer.headers['content-type']).toContain('application/problem+json');
      }
      await app.settle();
      expect(await hits()).toEqual([]);
    },
  );

  it('A64 HEAD has the headers of GET, and is stored as a machine', async () => {
    for (const url of [pixel(), link()]) {
      const [head, get] = [await hit(url, { method: 'HEAD' }), await hit(url)];
      expect(lasting(head.headers)).toEqual(lasting(get.headers));
      expect(head.status).toBe(get.status);
      expect(head.body).toHaveLength(0);
    }
    await app.settle();
    expect((await hits()).filter(({ evidence }) => evidence.method === 'HEAD')).toMatchObject([
      { verdict: 'machine' },
      { verdict: 'machine' },
    ]);
  });

  it('A66 the pixel of a message that does not exist is the same pixel, and nobody’s', async () => {
    const unknown = await hit(links.pixelUrl('q'.repeat(24)));
    const odd = await hit(links.pixelUrl('%00%ff'));
    const known = await hit(pixel());
    for (const answer of [unknown, odd]) {
      expect(answer.status).toBe(200);
      expect(answer.body.equals(known.body)).toBe(true);
      expect(lasting(answer.headers)).toEqual(lasting(known.headers));
    }
    await app.settle();
    const stored = await app.rows('SELECT address_prefix FROM tracking_hits WHERE tracking_id = $1', ['q'.repeat(24)]);
    expect(stored).toEqual([{ address_prefix: '203.0.113.0/24' }]);
    const judged = await app.rows(
      'SELECT 1 FROM hit_verdicts v JOIN tracking_hits h ON h.id = v.hit_id WHERE h.tracking_id = $1',
      ['q'.repeat(24)],
    );
    expect(judged).toEqual([]);
  });

  it('A66 a hit on the message of a deleted lead is nobody’s', async () => {
    await ada.delete(`/api/leads/${message.leadId}`);
    expect((await hit(pixel())).status).toBe(200);
    expect((await hit(link(), { ua: AGENTS.chrome, headers: NAVIGATION })).status).toBe(302);
    await app.settle();
    expect(await app.rows('SELECT 1 FROM hit_verdicts WHERE message_id = $1', [message.id])).toEqual([]);
    expect(await events('engagement.judged')).toEqual([]);
  });

  it.each<Record<string, string>>([{ 'if-none-match': '*' }, { range: 'bytes=0-3' }, { accept: 'text/html' }])(
    'A68 %j changes nothing about the pixel',
    async (headers) => {
      const answer = await hit(pixel(), { headers });
      expect(answer.status).toBe(200);
      expect(answer.body.equals(PIXEL)).toBe(true);
      expect(answer.headers).toMatchObject({
        'content-type': 'image/gif',
        'content-length': String(PIXEL.length),
        'cache-control': 'no-store',
        'cross-origin-resource-policy': 'cross-origin',
      });
    },
  );

  it('pages through the hits oldest first, for those who may see the message', async () => {
    for (let n = 0; n < 5; n++) await hit(pixel());
    await app.settle();
    const path = `/api/messages/${message.id}/tracking`;
    const seen: string[] = [];
    let cursor: string | null = '';
    do {
      const page: Page<Hit> = (await ada.get<Page<Hit>>(`${path}?limit=2${cursor ? `&cursor=${cursor}` : ''}`)).body;
      seen.push(...page.items.map(({ at }) => at));
      cursor = page.nextCursor;
    } while (cursor);
    expect(seen).toHaveLength(5);
    expect(seen).toEqual([...seen].sort());
    expect((await app.stranger.get(path)).status).toBe(401);
    expect((await (await app.person('Eve')).get(path)).status).toBe(404);
    expect((await ada.get(`/api/messages/${v7()}/tracking`)).status).toBe(404);
    expect((await ada.get(`${path}?cursor=nonsense`)).status).toBe(400);
  });

  it('keeps no whole address and no more of a user agent than 512 characters', async () => {
    await hit(pixel(), { ua: `Mozilla/5.0 ${'x'.repeat(2_000)}"\\{},NULL`, address: '2001:db8:1:2:3:4:5:6' });
    await app.settle();
    const [stored] = await hits();
    expect(stored?.evidence.addressPrefix).toBe('2001:db8:1::/48');
    expect(stored?.evidence.userAgent).toHaveLength(512);
    const [raw] = await app.rows<{ text: string }>('SELECT h::text AS text FROM tracking_hits h WHERE id = $1', [
      stored?.id,
    ]);
    expect(raw?.text).not.toContain('2001:db8:1:2');
  });

  it('stores what looks like SQL or an array literal as text', async () => {
    const ua = `a"b\\c{d},e;'--NULL`;
    await hit(pixel(), { ua });
    await hit(pixel(), { ua: 'NULL' });
    await app.settle();
    expect((await hits()).map(({ evidence }) => evidence.userAgent)).toEqual([ua, 'NULL']);
  });
});
