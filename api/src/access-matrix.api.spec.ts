import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Problem, SubscribeAck, SubscribeRefusal } from '@threadline/contracts';
import { v7 } from 'uuid';
import { type Answer, type Person, TestApp } from '../test';
import { type AccessMatrix, accessMatrixOf, ACTORS, type MatrixActor, pageOf, passes } from '../test/access-matrix';
import { TestScreen } from '../test/screens';

/** Who may do what, for people to read; committed, so that a change of it is seen. */
const PAGE = join(import.meta.dirname, 'access-matrix.txt');

describe('the matrix of who may do what', () => {
  let app: TestApp;
  let ada: Person;
  let matrix: AccessMatrix;
  const people = new Map<MatrixActor, Person>();
  /** Everybody who has had the role: what was tried may have ended a session. */
  const recruits = new Map<MatrixActor, Person[]>();

  /** Somebody new in that role: what was tried may have ended the session of the one before. */
  const recruit = async (actor: MatrixActor): Promise<Person> => {
    const person = await app.colleagueOf(ada, actor === 'nobody' ? { permissions: [] } : actor);
    people.set(actor, person);
    recruits.set(actor, [...(recruits.get(actor) ?? []), person]);
    return person;
  };

  beforeAll(async () => {
    app = await TestApp.start();
    matrix = accessMatrixOf(app);
    ada = await app.person('Ada');
    for (const actor of ACTORS) await recruit(actor);
  });
  afterAll(() => app?.stop());

  it('is the one that was agreed on: routes, socket messages, services, reactions, jobs', () => {
    const page = pageOf(matrix);
    if (process.env.UPDATE_ROUTE_TABLE || !existsSync(PAGE)) writeFileSync(PAGE, page);
    expect(page).toBe(readFileSync(PAGE, 'utf8'));
  });

  describe.each(ACTORS)('%s', (actor) => {
    const knock = async (method: string, path: string): Promise<Answer<Problem>> => {
      const filled = path.replace(/:\w+/g, () => v7());
      const body = method === 'GET' || method === 'DELETE' ? undefined : {};
      const person = people.get(actor) ?? (await recruit(actor));
      const answer = await person.call<Problem>(method, filled, body, {});
      return answer.status === 401 ? (await recruit(actor)).call<Problem>(method, filled, body, {}) : answer;
    };

    it('passes the doors of its role over HTTP, and no others', async () => {
      const expected: Record<string, string> = {};
      const found: Record<string, string> = {};
      for (const { method, path, door } of matrix.routes) {
        if (door === 'public') continue;
        const { status, body } = await knock(method, path);
        const outcome = status === 401 || status === 403 ? `refused: ${body.code ?? status}` : 'passes';
        expected[`${method} ${path}`] = passes(door, actor) ? 'passes' : 'refused: forbidden';
        found[`${method} ${path}`] = outcome;
      }
      expect(found).toEqual(expected);

      const [kept] = await app.rows<{ count: string }>(
        `SELECT count(*) FROM audit_entries e JOIN memberships m ON m.user_id::text = e.actor_id
          WHERE e.action = 'access.denied.v1' AND m.user_id = ANY ($1::uuid[])`,
        [recruits.get(actor)?.map(({ userId }) => userId) ?? []],
      );
      expect(Number(kept?.count)).toBe(Object.values(expected).filter((outcome) => outcome !== 'passes').length);
    }, 60_000);

    it('says what its role may say over the socket, and nothing else', async () => {
      const screen = await TestScreen.open(app, (await recruit(actor)).token);
      try {
        const found: Record<string, boolean> = {};
        for (const { name } of matrix.messages) {
          const answers: (SubscribeRefusal | undefined)[] = [];
          screen.socket.emit(name, {}, (answer: SubscribeRefusal | undefined) => answers.push(answer));
          // Some say nothing when all is well; what comes after them is answered later.
          await screen.ask('subscribe', { services: [], version: 1 });
          found[name] = !answers.some((answer) => answer?.code === 'forbidden');
        }
        expect(found).toEqual(Object.fromEntries(matrix.messages.map(({ name, door }) => [name, passes(door, actor)])));
      } finally {
        screen.close();
      }
    });

    it('follows the services of its role, and no others', async () => {
      const screen = await TestScreen.open(app, (await recruit(actor)).token);
      try {
        const found: Record<string, boolean> = {};
        for (const { service } of matrix.services) {
          const answer = await screen.ask<SubscribeAck | SubscribeRefusal>('subscribe', {
            services: [service],
            version: 1,
          });
          if (answer.type === 'error') expect(answer).toMatchObject({ code: 'forbidden', services: [service] });
          found[service] = answer.type === 'ack';
        }
        expect(found).toEqual(
          Object.fromEntries(matrix.services.map(({ service, door }) => [service, passes(door, actor)])),
        );
      } finally {
        screen.close();
      }
    });
  });

  it('no two routes, messages, reactions or jobs share a name', () => {
    const names = [
      matrix.routes.map(({ method, path }) => `${method} ${path}`),
      matrix.messages.map(({ name }) => name),
      matrix.reactions.map(({ name }) => name),
      matrix.processors,
    ];
    for (const some of names) expect(some).toEqual([...new Set(some)]);
  });
});
