import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Problem } from '@threadline/contracts';
import { v7 } from 'uuid';
import { type Person, routesOf, TestApp } from '../../../test';
import { keepsBytes } from './raw-bodies';

describe('a field that nobody asked for', () => {
  let app: TestApp;
  let ada: Person;

  beforeAll(async () => {
    app = await TestApp.start();
    ada = await app.person('Ada');
  });
  afterAll(() => app?.stop());

  /** All that may come with JSON, filled with ids that nothing has. Directories speak SCIM, which has rules of its own. */
  const routes = () =>
    routesOf(app)
      .filter(({ method, path }) => method !== 'GET' && path.startsWith('/api/'))
      .map((route) => ({ ...route, path: route.path.replace(/:\w+/g, () => v7()) }))
      .filter(({ path }) => !keepsBytes(path));

  it('is refused by name on every route, whether it takes a body or none', async () => {
    const seen = { withBody: 0, without: 0 };
    for (const { method, path, inputs } of routes()) {
      const { status, body } = await ada.call<Problem>(method, path, { zzz: 1 }, {});
      const told = body.errors?.find((each) => each.path === 'zzz')?.message;
      expect([method, path, status, told]).toEqual([method, path, 400, 'zzz is not a field of this request.']);
      seen[inputs.body ? 'withBody' : 'without'] += 1;
    }
    expect(Math.min(seen.withBody, seen.without)).toBeGreaterThan(30);
  });

  it('is none in an empty body, and a body of another kind is refused where none is taken', async () => {
    expect((await ada.post('/api/webhook-bench/receivers', {})).status).toBe(201);
    for (const wrong of [[1], 'null1', '"text"', '7']) {
      const answer = await ada.post<Problem>('/api/webhook-bench/receivers', wrong);
      expect([answer.status, answer.body.code]).toEqual([400, 'malformed_request']);
    }
  });
});
