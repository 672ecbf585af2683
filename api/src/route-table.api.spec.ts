import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PERMISSIONS, type Problem } from '@threadline/contracts';
import { v7 } from 'uuid';
import { type Person, type Route, routesOf, TestApp } from '../test';
import { inhabitantsOf, takesAnId } from '../test/inhabitants';

/** The page that says who may do what; committed, so that a change of it is seen. */
const PAGE = join(import.meta.dirname, 'route-table.txt');

describe('the route table', () => {
  let app: TestApp;
  let routes: Route[];
  let ada: Person;
  let eve: Person;

  beforeAll(async () => {
    app = await TestApp.start();
    routes = routesOf(app);
    [ada, eve] = [await app.person('Ada'), await app.person('Eve')];
  });
  afterAll(() => app?.stop());

  // What only the token of a directory opens is tried with such tokens, in modules/scim.
  const withIds = () =>
    routes.filter(({ door, path }) => door !== 'public' && door?.permission !== 'provisioning' && takesAnId(path));

  it('is the one that was agreed on', () => {
    const page = routes
      .map(({ method, path, door }) => `${method.padEnd(6)} ${path.padEnd(52)} ${words(door)}\n`)
      .join('');
    if (process.env.UPDATE_ROUTE_TABLE || !existsSync(PAGE)) writeFileSync(PAGE, page);
    expect(page).toBe(readFileSync(PAGE, 'utf8'));
  });

  it('every route has a door, and every permission is a known one', () => {
    for (const { method, path, door } of routes) {
      expect({ route: `${method} ${path}`, door: words(door) }).not.toMatchObject({ door: 'CLOSED' });
      if (door && door !== 'public')
        expect([...PERMISSIONS, 'signed-in', 'known', 'provisioning']).toContain(door.permission);
    }
  });

  it('nobody passes a door without signing in', async () => {
    for (const { method, path, door } of routes) {
      if (door === 'public') continue;
      const answer = await app.stranger.call<Problem>(method, fill(path), method === 'GET' ? undefined : {}, {});
      expect({ route: `${method} ${path}`, status: answer.status, code: answer.body.code }).toEqual({
        route: `${method} ${path}`,
        status: 401,
        code: 'unauthenticated',
      });
    }
  });

  it('no body makes any route fail: what is wrong with it is said', async () => {
    let zoe = await app.person('Zoe');
    const bodies = [{}, [], 'text', { id: {}, name: 7, email: [], url: false, settings: null, filters: 'x' }];
    for (const { method, path } of routes.filter((route) => route.method !== 'GET')) {
      for (const body of bodies) {
        const answer = await zoe.call<Problem>(method, fill(path), body, {});
        expect({ route: `${method} ${path}`, body, failed: answer.status >= 500 }).toEqual({
          route: `${method} ${path}`,
          body,
          failed: false,
        });
        if ((await zoe.get('/api/auth/me')).status === 401) zoe = await app.person('Zoe');
      }
    }
  }, 120_000);

  it('the ids of another workspace are not there, on any route that takes one', async () => {
    const theirs = await inhabitantsOf(app, ada);
    for (const { method, path } of withIds()) {
      const { path: filled, body } = theirs.call(method, path);
      const { status } = await eve.call(method, filled, body, {});
      expect({ route: `${method} ${path}`, status }).toEqual({ route: `${method} ${path}`, status: 404 });
    }
  });

  it('their owner finds them there: the check above can fail', async () => {
    let things = await inhabitantsOf(app, ada);
    const ask = async (method: string, path: string) => {
      const { path: filled, body } = things.call(method, path);
      return (await ada.call(method, filled, body, {})).status;
    };
    for (const { method, path } of withIds()) {
      let status = await ask(method, path);
      if (status === 404 || status === 401) {
        // A route before this one has taken the thing away, or the session: with new ones it has to be found.
        if (status === 401) ada = await app.signIn(ada.session?.user.email ?? '');
        things = await inhabitantsOf(app, ada);
        status = await ask(method, path);
      }
      expect({ route: `${method} ${path}`, found: status !== 404 && status < 500 }).toEqual({
        route: `${method} ${path}`,
        found: true,
      });
    }
  }, 120_000);
});

function words(door: Route['door']): string {
  if (door === undefined) return 'CLOSED';
  return door === 'public' ? 'public' : door.permission;
}

function fill(path: string): string {
  return path.replace(/:\w+/g, () => v7());
}
