import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Problem } from '@threadline/contracts';
import { type Answer, type Person, TestApp } from '../../../test';

const MINUTE = 60_000;

describe('requests are limited', () => {
  let app: TestApp;
  let ada: Person;

  const limits = ({ headers }: Answer) =>
    ['ratelimit-limit', 'ratelimit-remaining', 'ratelimit-reset'].map((name) => Number(headers[name]));
  const asked = async (person: Person, times: number, headers: Record<string, string> = {}) => {
    const answers: Answer<Problem>[] = [];
    for (let time = 0; time < times; time += 1) answers.push(await person.get('/api/workspace', headers));
    return answers;
  };

  beforeAll(async () => {
    app = await TestApp.start({ env: { RATE_LIMITS: 'ip=40, caller=10, workspace=15' } });
    ada = await app.person('Ada');
  });
  afterAll(() => app?.stop());

  it('for a person, with what is left on every answer, and 429 with the seconds to wait', async () => {
    app.clock.advance(MINUTE);
    const answers = await asked(ada, 11);
    expect(answers.map(({ status }) => status)).toEqual([...Array<number>(10).fill(200), 429]);
    expect(answers.slice(0, 2).map(limits)).toEqual([
      [10, 9, 60],
      [10, 8, expect.any(Number)],
    ]);
    const last = answers[10];
    expect([last?.body.code, last?.headers['content-type']]).toEqual([
      'too_many_requests',
      'application/problem+json; charset=utf-8',
    ]);
    expect(Number(last?.headers['retry-after'])).toBeGreaterThan(50);
    app.clock.advance(MINUTE);
    expect((await ada.get('/api/workspace')).status).toBe(200);
  });

  it('for a workspace, all its people together', async () => {
    const ben = await app.colleagueOf(ada);
    const eve = await app.person('Eve');
    app.clock.advance(MINUTE);
    const answers = [...(await asked(ada, 9)), ...(await asked(ben, 7))];
    expect(answers.map(({ status }) => status)).toEqual([...Array<number>(15).fill(200), 429]);
    expect((await eve.get('/api/workspace')).status).toBe(200);
  });

  it('for an address, whoever it is, known or not, also where nothing is', async () => {
    app.clock.advance(MINUTE);
    const nobody = app.stranger;
    for (let time = 0; time < 40; time += 1) await nobody.get(`/api/nothing/${time}`);
    const refused = await nobody.post<Problem>('/api/auth/login', { email: 'a@example.com', password: 'x' });
    expect([refused.status, refused.body.code, limits(refused)]).toEqual([
      429,
      'too_many_requests',
      [40, 0, expect.any(Number)],
    ]);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect((await ada.get<Problem>('/api/workspace')).status).toBe(429);
  });

  it('A16 whatever an untrusted peer says of where it comes from', async () => {
    app.clock.advance(MINUTE);
    const statuses: number[] = [];
    for (let host = 0; host < 41; host += 1) {
      const answer = await app.stranger.get('/api/nothing', {
        'x-forwarded-for': `203.0.113.${host}, 127.0.0.1`,
        forwarded: `for=203.0.113.${host}`,
        'x-real-ip': `203.0.113.${host}`,
      });
      statuses.push(answer.status);
    }
    expect(statuses).toEqual([...Array<number>(40).fill(404), 429]);
  });

  it('but not pixels, links, unsubscribing, health and the figures', async () => {
    app.clock.advance(MINUTE);
    for (let time = 0; time < 41; time += 1) await app.stranger.get('/api/nothing');
    for (const path of ['/api/outreach/track/AAAAAAAAAAAAAAAAAAAAAA', '/health/live', '/metrics']) {
      expect((await app.stranger.get(path)).status).toBe(200);
    }
    expect((await app.stranger.get('/api/nothing')).status).toBe(429);
    app.clock.advance(MINUTE);
  });
});

describe('behind a trusted proxy', () => {
  it('A16 each client has its own limit', async () => {
    const app = await TestApp.start({ env: { RATE_LIMITS: 'ip=3', TRUSTED_PROXIES: '127.0.0.0/8' } });
    try {
      const ask = (ip: string) => app.stranger.get('/api/nothing', { 'x-forwarded-for': ip });
      for (let time = 0; time < 3; time += 1) expect((await ask('203.0.113.1')).status).toBe(404);
      expect((await ask('203.0.113.1')).status).toBe(429);
      // What the client itself put in front is not believed: the proxy's word stands last.
      expect((await ask('198.51.100.9, 203.0.113.1')).status).toBe(429);
      expect((await ask('203.0.113.2')).status).toBe(404);
    } finally {
      await app.stop();
    }
  });
});
