import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Lead, Message } from '@threadline/contracts';
import pg from 'pg';
import { request } from 'undici';
import { v7 } from 'uuid';
import { type Person, TestApp } from '../../../test';
import { TrackingLinks } from './index';
import { HitLane } from './intake/hit-lane';
import { IntakeCounters } from './intake/intake.counters';
import { ALLOWANCES, IntakeLimits } from './intake/intake.limits';
import { HitJudge } from './judge/hit-judge';
import { AGENTS, NAVIGATION } from './verdict/verdict.catalogue';

/** Hits while parts of the house are away. */
describe('a hit', () => {
  let app: TestApp;
  let ada: Person;
  let links: TrackingLinks;
  let message: Message;

  const hit = async (url: string, address = '203.0.113.7') => {
    const headers = { 'user-agent': AGENTS.chrome, 'x-forwarded-for': address, ...NAVIGATION };
    const answer = await request(url, { headers });
    await answer.body.dump();
    return { status: answer.statusCode, location: answer.headers.location };
  };
  const pixel = () => links.pixelUrl(message.trackingId ?? '');
  const link = () => links.clickUrl(message.trackingId ?? '', 0, 'https://example.com/') ?? '';
  const stored = () => app.rows('SELECT id FROM tracking_hits WHERE tracking_id = $1', [message.trackingId]);
  const judged = () => app.rows('SELECT hit_id FROM hit_verdicts WHERE message_id = $1', [message.id]);
  const marks = () => app.rows(`SELECT 1 FROM events WHERE type = 'message.clicked' AND subject_id = $1`, [message.id]);

  beforeAll(async () => {
    app = await TestApp.start({ env: { TRUSTED_PROXIES: '127.0.0.1/32' } });
    ada = await app.person('Ada');
    links = app.get(TrackingLinks);
  });
  afterAll(() => app?.stop());
  beforeEach(async () => {
    const lead = (await ada.post<Lead>('/api/leads', { name: 'Lin', email: `lin.${v7()}@example.com` })).body;
    const body = { channel: 'email', content: 'Hello https://example.com/', undoSeconds: 30 };
    message = (await ada.post<Message>(`/api/leads/${lead.id}/messages`, body)).body;
    await app.rows(`UPDATE message_sends SET state = 'cancelled' WHERE id = $1`, [message.id]);
    await app.rows(`UPDATE messages SET status = 'sent', sent_at = now() - interval '10 minutes' WHERE id = $1`, [
      message.id,
    ]);
  });

  it('is answered from the spool while the database hangs, and counts once when it is back', async () => {
    const blocker = new pg.Client({ connectionString: app.config.databaseUrl });
    await blocker.connect();
    await blocker.query('BEGIN');
    await blocker.query('LOCK TABLE threadline.tracking_hits IN ACCESS EXCLUSIVE MODE');
    const answers = await Promise.all([hit(link()), hit(pixel()), hit(pixel())]);
    answers.push(await hit(link()));
    expect(answers).toMatchObject([
      { status: 302, location: 'https://example.com/' },
      { status: 200 },
      { status: 200 },
      { status: 302, location: 'https://example.com/' },
    ]);
    expect(app.get(IntakeCounters).totals.spooled).toBeGreaterThanOrEqual(4);
    await blocker.query('ROLLBACK');
    await blocker.end();
    await app.settle();
    expect(await stored()).toHaveLength(4);
    expect(await judged()).toHaveLength(4);
    expect(await marks()).toHaveLength(1);
  });

  it('is answered from the spool while the database cannot be reached, and counts once when it is back', async () => {
    await hit(link());
    const login = `"${new URL(app.config.databaseUrl).pathname.slice(1)}_app_login"`;
    await app.rows(`ALTER ROLE ${login} NOLOGIN`);
    await app.rows(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'threadline-hits'`);
    const before = app.get(IntakeCounters).totals.spooled;
    expect((await hit(link())).status).toBe(302);
    expect((await hit(pixel())).status).toBe(200);
    expect(app.get(IntakeCounters).totals.spooled).toBe(before + 2);
    await app.rows(`ALTER ROLE ${login} LOGIN`);
    await app.settle();
    expect(await stored()).toHaveLength(3);
    expect(await judged()).toHaveLength(3);
    expect(await marks()).toHaveLength(1);
  });

  it('that was stored by a process which died before it judged is judged by the sweep, once', async () => {
    const lane = app.get(HitLane);
    lane.onStored(() => undefined);
    await hit(link());
    expect(await stored()).toHaveLength(1);
    expect(await judged()).toHaveLength(0);
    lane.onStored((hits) => app.get(HitJudge).offer(hits));
    await Promise.all([app.settle(), app.settle()]);
    await app.settle();
    expect(await judged()).toHaveLength(1);
    expect(await marks()).toHaveLength(1);
  });

  it('of one message that cannot be judged does not hold up the others', async () => {
    await app.rows(`CREATE FUNCTION pg_temp_refuse() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN IF NEW.message_id = '${message.id}' THEN RAISE 'no'; END IF; RETURN NEW; END $$`);
    await app.rows(
      'CREATE TRIGGER refuse BEFORE INSERT ON hit_verdicts FOR EACH ROW EXECUTE FUNCTION pg_temp_refuse()',
    );
    const poisoned = message;
    const urls = [link()];
    const lead = (await ada.post<Lead>('/api/leads', { name: 'Kim', email: `kim.${v7()}@example.com` })).body;
    message = (
      await ada.post<Message>(`/api/leads/${lead.id}/messages`, { channel: 'email', content: 'x', undoSeconds: 30 })
    ).body;
    urls.push(link());
    await Promise.all(urls.map((url) => hit(url)));
    await app.settle();
    expect(await judged()).toHaveLength(1);
    message = poisoned;
    expect(await judged()).toHaveLength(0);
    expect(await stored()).toHaveLength(1);
    await app.rows('DROP TRIGGER refuse ON hit_verdicts');
  });

  it('A67 over the limits is answered like any other, and only counted as dropped', async () => {
    const limits = app.get(IntakeLimits);
    const { totals } = app.get(IntakeCounters);
    const before = totals.dropped;
    limits.allow({ ...ALLOWANCES, source: { burst: 10, perSecond: 0 } });
    const answers = await Promise.all(Array.from({ length: 50 }, () => hit(pixel())));
    const crowd = await Promise.all(Array.from({ length: 50 }, (_, n) => hit(link(), `198.51.${n}.1`)));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(crowd.every(({ status }) => status === 302)).toBe(true);
    expect(await stored()).toHaveLength(60);
    expect(totals.dropped - before).toBe(40);
    const metrics = (await app.stranger.get<string>('/metrics')).body;
    expect(metrics).toMatch(/threadline_tracking_hits_dropped_total\{reason="source"\} 40/);
    limits.allow(ALLOWANCES);
    await app.settle();
  });

  it('cannot be read, changed or forged through the role that serves people', async () => {
    const serving = new pg.Client({ connectionString: await appLogin(app) });
    await serving.connect();
    for (const sql of [
      'SELECT * FROM tracking_hits',
      'UPDATE tracking_hits SET kind = kind',
      'DELETE FROM tracking_hits',
      'SELECT * FROM tracking_progress',
    ]) {
      await expect(serving.query(sql)).rejects.toThrow('permission denied');
    }
    expect((await serving.query('SELECT * FROM hit_verdicts')).rows).toEqual([]);
    await serving.end();
  });
});

async function appLogin(app: TestApp): Promise<string> {
  const { loginsOf } = await import('../../platform/database');
  return loginsOf(app.config).app.url;
}
