import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { Problem, SignedIn } from '@threadline/contracts';
import { v7 } from 'uuid';
import { type Answer, cookieOf, PASSWORD, TestApp } from '../../../test';
import { Strangers, WRONG } from './strangers';

/** What strangers can knock at: sign-in and registration. Rows A11 to A13 and A16 of the catalogue of attacks. */
describe('at the doors for strangers', () => {
  let app: TestApp;
  let email: string;

  let strangers: Strangers;
  const register: Strangers['register'] = (...of) => strangers.register(...of);
  const prove: Strangers['prove'] = (address) => strangers.prove(address);
  const login: Strangers['login'] = (...of) => strangers.login(...of);
  const freshIp = () => strangers.freshIp();
  const cookiesOf = (answer: Answer) =>
    [answer.headers['set-cookie'] ?? []]
      .flat()
      .map((line) => line.split(';')[0])
      .join('; ');
  /** Strangers have been wrong so often that the next of them waits for a minute. */
  const delay = async (address: string) => {
    for (let time = 0; time < 11; time += 1) {
      await login(address, WRONG);
      app.clock.advance(60_000);
    }
    await login(address, WRONG);
  };
  const wait = (answer: Answer) => Number(answer.headers['retry-after']);

  beforeAll(async () => {
    app = await TestApp.start({ env: { TRUSTED_PROXIES: '127.0.0.0/8' } });
    strangers = new Strangers(app);
  });
  beforeEach(async () => {
    email = `${v7()}@example.com`;
    await register(email);
    await prove(email);
  });
  afterAll(() => app?.stop());

  it('A11 wrong passwords from ever other addresses make the next wait longer, and the right one works afterwards', async () => {
    const answers: Answer<Problem>[] = [];
    for (let time = 0; time < 5; time += 1) answers.push(await login(email, WRONG));
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401]);
    const waits: number[] = [];
    for (let time = 0; time < 8; time += 1) {
      const refused = await login(email, WRONG);
      expect([refused.status, refused.body.code]).toEqual([429, 'too_many_requests']);
      waits.push(wait(refused));
      app.clock.advance(wait(refused) * 1_000);
      expect((await login(email, WRONG)).status).toBe(401);
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
    expect((await login(email, PASSWORD)).status).toBe(429);
    app.clock.advance(60_000);
    expect((await login(email, PASSWORD)).status).toBe(200);
    // The wait is not for ever.
    app.clock.advance(3_600_000);
    expect((await login(email, WRONG)).status).toBe(401);
    expect((await login(email, WRONG)).status).toBe(401);
  });

  it('A11 that somebody signed in shows in no wait of others: it would tell that they have an account', async () => {
    const statuses: number[][] = [];
    for (const [address, comes] of [
      [email, true],
      [`${v7()}@example.com`, false],
    ] as const) {
      const seen: number[] = [];
      for (let time = 0; time < 4; time += 1) seen.push((await login(address, WRONG)).status);
      if (comes) expect((await login(address, PASSWORD)).status).toBe(200);
      for (let time = 0; time < 4; time += 1) seen.push((await login(address, WRONG)).status);
      statuses.push(seen);
    }
    expect(statuses[0]).toContain(429);
    expect(statuses[0]).toEqual(statuses[1]);
  });

  it('A11 what somebody mistypes in their own browser shows in no wait of others either', async () => {
    const known = { cookie: cookiesOf(await login(email, PASSWORD)) };
    // Nor where a stranger has made an account of the same address.
    await register(email, freshIp(), 'another horse battery staple');
    for (let time = 0; time < 4; time += 1) expect((await login(email, WRONG, known)).status).toBe(401);
    expect((await login(email, PASSWORD, known)).status).toBe(200);
    const seen: number[] = [];
    for (let time = 0; time < 6; time += 1) seen.push((await login(email, WRONG)).status);
    expect(seen).toEqual([401, 401, 401, 401, 401, 429]);
  });

  it('A11 a browser that signed in before does not wait for what strangers do, and has tries of its own', async () => {
    const known = { cookie: cookiesOf(await login(email, PASSWORD)) };
    await delay(email);
    expect((await login(email, PASSWORD)).status).toBe(429);
    expect((await login(email, PASSWORD, known)).status).toBe(200);
    const other = `${v7()}@example.com`;
    await register(other);
    await delay(other);
    expect((await login(other, PASSWORD, known)).status).toBe(429);
    await delay(email);
    for (let time = 0; time < 5; time += 1) expect((await login(email, WRONG, known)).status).toBe(401);
    expect((await login(email, PASSWORD, known)).status).toBe(429);
  });

  it('A11 who has an account of the same address gets no new tries by it, and their browser none at others', async () => {
    const theirs = 'another horse battery staple';
    await register(email, freshIp(), theirs);
    const known = { cookie: cookiesOf(await login(email, theirs)) };
    for (let time = 0; time < 5; time += 1) expect((await login(email, WRONG)).status).toBe(401);
    expect((await login(email, WRONG)).status).toBe(429);
    app.clock.advance(60_000);
    expect((await login(email, theirs)).status).toBe(200);
    expect((await login(email, WRONG)).status).toBe(401);
    // As if nothing had been right in between: this was the sixth.
    const refused = await login(email, WRONG);
    expect([refused.status, wait(refused)]).toEqual([429, 2]);
    await delay(email);
    expect((await login(email, theirs, known)).status).toBe(200);
    expect((await login(email, PASSWORD, known)).status).toBe(401);
    app.clock.advance(60_000);
    expect((await login(email, PASSWORD)).status).toBe(200);
  });

  it('A11 whoever makes accounts of an address chooses ten passwords an hour for them, whether it has others or not', async () => {
    for (const address of [email, `${v7()}@example.com`]) {
      const from = freshIp();
      const made: Answer[] = [];
      for (let time = 0; time < 10; time += 1) made.push(await register(address, from, `${PASSWORD} ${time}`));
      // As many, whatever others have done: else they would show.
      expect(made.map(({ status }) => status)).toEqual(Array(10).fill(201));
      expect((await register(address, from, `${PASSWORD} again`)).status).toBe(429);
      const { accessToken } = made[0]?.body as unknown as SignedIn;
      const change = await app.stranger.put<Problem>(
        '/api/auth/password',
        { current: `${PASSWORD} 0`, password: `${PASSWORD} anew` },
        { authorization: `Bearer ${accessToken}`, 'x-forwarded-for': from },
      );
      expect([change.status, change.body.code]).toEqual([429, 'too_many_requests']);
      app.clock.advance(3_600_000);
      expect((await register(address, freshIp(), `${PASSWORD} later`)).status).toBe(201);
      // Signing in with what was chosen is no guess any more.
      for (let time = 0; time < 8; time += 1) expect((await login(address, `${PASSWORD} 1`)).status).toBe(200);
    }
  });

  it('A11 a browser tries what it signs in with at no other account of the address', async () => {
    const made = await register(email, freshIp(), PASSWORD);
    const known = { cookie: cookiesOf(made) };
    for (let time = 0; time < 8; time += 1) {
      const opened = await login(email, PASSWORD, known);
      expect([opened.status, userOf(opened)]).toEqual([200, userOf(made)]);
    }
    expect(userOf(await login(email, PASSWORD))).not.toBe(userOf(made));
  });

  it('a hundred tries at once are no more than a few', async () => {
    const answers = await Promise.all(Array.from({ length: 100 }, () => login(email, WRONG)));
    const tried = answers.filter(({ status }) => status === 401);
    expect(tried.length).toBeGreaterThanOrEqual(5);
    expect(tried.length).toBeLessThanOrEqual(8);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(100 - tried.length);
  });

  it('A12 one address that fails everywhere is sent away, and written down; a known browser there is not', async () => {
    const warned = jest.spyOn(Logger.prototype, 'warn');
    const known = { cookie: cookiesOf(await login(email, PASSWORD)) };
    const office = { 'x-forwarded-for': freshIp() };
    const statuses: number[] = [];
    for (let time = 0; time < 70; time += 1) {
      statuses.push((await login(`${v7()}@example.com`, 'Summer2026!', office)).status);
    }
    expect(statuses.filter((status) => status === 401)).toHaveLength(60);
    expect(statuses.slice(60)).toEqual(Array<number>(10).fill(429));
    const told = warned.mock.calls.filter(([, words]) => String(words).includes('spraying'));
    expect(told).toEqual([[{ ip: office['x-forwarded-for'] }, expect.any(String)]]);
    warned.mockRestore();
    expect((await login(email, PASSWORD, office)).status).toBe(429);
    expect((await login(email, PASSWORD, { ...office, ...known })).status).toBe(200);
    expect((await login(email, PASSWORD)).status).toBe(200);
    app.clock.advance(10 * 60_000);
    expect((await login(email, PASSWORD, office)).status).toBe(200);
  });

  it('right passwords count for nothing, however many come from one address', async () => {
    const office = { 'x-forwarded-for': freshIp() };
    const answers = await Promise.all(Array.from({ length: 62 }, () => login(email, PASSWORD, office)));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
  });

  it('A13 an unknown address is told from a known one by nothing: status, body, headers, waits', async () => {
    const [known, unknown] = [email, `${v7()}@example.com`];
    for (let time = 0; time < 7; time += 1) {
      const [one, other] = [await login(known, WRONG), await login(unknown, WRONG)];
      expect(other.status).toBe(one.status);
      expect(other.body).toEqual(one.body);
      expect(comparable(other)).toEqual(comparable(one));
    }
  });

  it('wrong links of all doors count together by address, and a right password elsewhere is not held up', async () => {
    const headers = { 'x-forwarded-for': freshIp() };
    const statuses: number[] = [];
    for (let time = 0; time < 64; time += 1) {
      const body = { token: `${time}`.padStart(43, 'x'), password: PASSWORD };
      statuses.push((await app.stranger.post('/api/auth/reset-password', body, headers)).status);
    }
    expect(statuses).toEqual([...Array<number>(60).fill(400), 429, 429, 429, 429]);
    expect((await login(email, PASSWORD, headers)).status).toBe(429);
    expect((await login(email, PASSWORD)).status).toBe(200);
  });

  it('dozens of people can register from one address', async () => {
    const ip = freshIp();
    for (let time = 0; time < 25; time += 1) {
      const answer = await register(`${v7()}@example.com`, ip);
      expect(answer.status).toBe(201);
      expect(cookieOf(answer)).not.toBeNull();
    }
  });

  function userOf({ body }: Answer<object>): string | undefined {
    return 'user' in body ? (body.user as { id: string }).id : undefined;
  }

  /** What is left of the headers without what differs between any two requests. */
  function comparable({ headers }: Answer): object {
    const { date, 'ratelimit-remaining': remaining, 'ratelimit-reset': reset, ...rest } = headers;
    expect([date, remaining, reset].every((header) => header !== undefined)).toBe(true);
    return rest;
  }
});
