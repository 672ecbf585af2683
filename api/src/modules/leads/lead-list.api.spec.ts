import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Lead, LeadStatus, Problem } from '@threadline/contracts';
import { DataSource } from 'typeorm';
import { v7 } from 'uuid';
import { type Answer, type Person, TestApp } from '../../../test';
import { systemActor } from '../../platform/access';
import { UnitOfWork } from '../../platform/work';
import { LeadsService } from './index';
import { LEAD_ORDERS } from './lead-order';

interface Page {
  items: Lead[];
  nextCursor: string | null;
  asOf: number;
}

let app: TestApp;
let ada: Person;
let eve: Person;

const LEADS: [name: string, company: string | null, status: LeadStatus, tags: string[], email: string | null][] = [
  ['Émile Zola', 'Aurore', 'new', ['Author', 'vip'], 'emile@example.com'],
  ['ada lovelace', 'Analytical Engines', 'lost', ['vip'], 'ada@example.com'],
  ['Zoë Quinn', null, 'contacted', [], null],
  ['Bertha Benz', 'Benz & Cie', 'qualified', [], 'bertha@benz.example'],
  ['Émile Berliner', null, 'new', [], 'berliner@example.com'],
  ['100% Cotton', 'a_b', 'converted', ['50%'], null],
  ['1000 Cottons', 'aXb', 'new', [], null],
  ['Back\\slash', null, 'new', [], null],
  ['李小龙', '香港', 'new', ['功夫'], null],
  ['Иван Петров', 'ООО Ромашка', 'contacted', ['клиент'], 'ivan@example.com'],
];

beforeAll(async () => {
  app = await TestApp.start();
  ada = await app.person('Ada');
  eve = await app.person('Eve');
  for (const [name, company, status, tags, email] of LEADS) {
    const made = await ada.post<Lead>('/api/leads', { name, company, status, tags, email, phone: '+49 (30) 123-45' });
    expect(made.status).toBe(201);
    if (status === 'contacted') {
      await app
        .get(UnitOfWork)
        .run(systemActor(ada.workspaceId, 'test'), (tx) => app.get(LeadsService).touch(tx, made.body.id, tx.now));
    }
    app.clock.advance(1_000);
  }
});
afterAll(() => app.stop());

async function pages(query: string, person = ada): Promise<Lead[]> {
  const found: Lead[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const answer: Answer<Page> = await person.get<Page>(`/api/leads?${query}${cursor ? `&cursor=${cursor}` : ''}`);
    expect(answer.status).toBe(200);
    found.push(...answer.body.items);
    cursor = answer.body.nextCursor;
  }
  return found;
}

async function names(query: string): Promise<string[]> {
  return (await pages(query)).map(({ name }) => name).toSorted();
}

describe('the list of leads', () => {
  it('begins with the newest, and says which position of the log it stands for', async () => {
    const { body } = await ada.get<Page>('/api/leads');
    expect(body.items.map(({ name }) => name)).toEqual(LEADS.map(([name]) => name).toReversed());
    expect(body.nextCursor).toBeNull();
    const [head] = await app.rows<{ seq: string }>('SELECT seq FROM workspace_heads WHERE workspace_id = $1', [
      ada.workspaceId,
    ]);
    expect(body.asOf).toBe(Number(head?.seq));
  });

  it('holds only the leads of the workspace', async () => {
    expect(await pages('sort=name', eve)).toEqual([]);
  });

  it.each(LEAD_ORDERS)('sorted by %s: pages of three are the whole list, each lead once', async (sort) => {
    const whole = (await ada.get<Page>(`/api/leads?limit=200&sort=${sort}`)).body.items;
    expect(whole).toHaveLength(LEADS.length);
    expect(new Set(whole.map(({ id }) => id)).size).toBe(LEADS.length);
    expect(await pages(`limit=3&sort=${sort}`)).toEqual(whole);
  });

  it('sorts names as people do, whatever case and accents', async () => {
    expect((await pages('sort=name')).map(({ name }) => name)).toEqual([
      '100% Cotton',
      '1000 Cottons',
      'ada lovelace',
      'Back\\slash',
      'Bertha Benz',
      'Émile Berliner',
      'Émile Zola',
      'Zoë Quinn',
      'Иван Петров',
      '李小龙',
    ]);
  });

  it('sorts statuses in the order of the pipeline', async () => {
    const order = (await pages('sort=status')).map(({ status }) => status);
    expect([...new Set(order)]).toEqual(['new', 'contacted', 'qualified', 'converted', 'lost']);
    expect((await pages('sort=-status')).map(({ status }) => status)).toEqual(order.toReversed());
  });

  it.each(['company', '-company', 'lastActivityAt', '-lastActivityAt'])(
    'sorted by %s, leads without a value stand last',
    async (sort) => {
      const field = sort.replace('-', '') as 'company' | 'lastActivityAt';
      const values = (await pages(`limit=4&sort=${sort}`)).map((lead) => lead[field]);
      expect(values.indexOf(null)).toBe(values.filter((value) => value !== null).length);
    },
  );

  it.each([
    ['status=contacted', ['Zoë Quinn', 'Иван Петров']],
    ['tag=vip', ['ada lovelace', 'Émile Zola']],
    ['tag=AUTHOR', ['Émile Zola']],
    ['tag=50%25', ['100% Cotton']],
    ['tag=vi', []],
    ['tag=%D0%9A%D0%9B%D0%98%D0%95%D0%9D%D0%A2', ['Иван Петров']],
    ['tag=vip&status=lost&q=engines', ['ada lovelace']],
  ])('filters by %s', async (query, expected) => {
    expect(await names(query)).toEqual(expected);
    expect(await names(`${query}&limit=1&sort=company`)).toEqual(expected);
  });

  it('filters by owner', async () => {
    const { body } = await ada.post<Lead>('/api/leads', { name: 'Owned', ownerId: ada.userId });
    expect(await names(`ownerId=${ada.userId}`)).toEqual(['Owned']);
    expect(await names(`ownerId=${eve.userId}`)).toEqual([]);
    await ada.delete(`/api/leads/${body.id}`);
    expect(await names(`ownerId=${ada.userId}`)).toEqual([]);
  });

  it.each([
    ['ÉMILE', ['Émile Berliner', 'Émile Zola']],
    ['emile', ['Émile Berliner', 'Émile Zola']],
    ['aurore', ['Émile Zola']],
    ['benz.example', ['Bertha Benz']],
    ['%', ['100% Cotton']],
    ['100%', ['100% Cotton']],
    ['100_', []],
    ['a_b', ['100% Cotton']],
    ['\\', ['Back\\slash']],
    ['小龙', ['李小龙']],
    ['петр', ['Иван Петров']],
    ['(a+)+$', []],
    ["'; DROP TABLE leads; --", []],
    ['Zola emile@', []],
  ])('finds %j literally', async (q, expected) => {
    expect(await names(`q=${encodeURIComponent(q)}`)).toEqual(expected);
    expect(await names(`limit=1&sort=-name&q=${encodeURIComponent(q)}`)).toEqual(expected);
  });

  it.each(['(30) 123', '301234', '+49'])('finds a phone number by %j', async (q) => {
    expect(await pages(`q=${encodeURIComponent(q)}`)).toHaveLength(LEADS.length);
  });

  it('answers ten kilobytes of pattern at once (A45)', async () => {
    const begun = Date.now();
    expect(await names(`q=${'%25_'.repeat(2_500)}`)).toEqual([]);
    expect(Date.now() - begun).toBeLessThan(300);
  });
});

describe('a search in a list that is too long to walk through', () => {
  const COUNT = 30_000;
  let bob: Person;

  beforeAll(async () => {
    bob = await app.person('Bob');
    await app.rows(
      `INSERT INTO leads (workspace_id, id, name, company, status, tags, created_at, updated_at)
       SELECT $1, gen_random_uuid(), 'Lead ' || n, CASE WHEN n <= 25000 THEN 'Early' END, 'new',
              CASE WHEN n IN (1, 15000) THEN ARRAY['rare'] ELSE '{}' END, now() + n * interval '1 ms', now()
         FROM generate_series(1, ${COUNT}) AS n`,
      [bob.workspaceId],
    );
    await app.rows(
      `INSERT INTO leads (workspace_id, id, name, status, created_at, updated_at)
                    SELECT $1, $2, 'Lead 7 of another workspace', 'new', now(), now()`,
      [eve.workspaceId, v7()],
    );
  });

  it('finds what is rare, wherever it stands', async () => {
    for (const sort of ['createdAt', '-createdAt', 'company', '-lastActivityAt']) {
      expect((await pages(`q=lead%2077&limit=200&sort=${sort}`, bob)).map(({ name }) => name).toSorted()).toEqual(
        Array.from({ length: COUNT }, (_, n) => `Lead ${n + 1}`)
          .filter((name) => name.includes('Lead 77'))
          .toSorted(),
      );
    }
  });

  it('finds what is common but stands far away', async () => {
    const { body } = await bob.get<Page>('/api/leads?q=early&sort=-createdAt&limit=3');
    expect(body.items.map(({ name }) => name)).toEqual(['Lead 25000', 'Lead 24999', 'Lead 24998']);
    const next = await bob.get<Page>(`/api/leads?q=early&sort=-createdAt&limit=3&cursor=${body.nextCursor}`);
    expect(next.body.items.map(({ name }) => name)).toEqual(['Lead 24997', 'Lead 24996', 'Lead 24995']);
  });

  it('finds what is too short for the index', async () => {
    const found = await pages('q=77&limit=200', bob);
    expect(found).toHaveLength(
      Array.from({ length: COUNT }, (_, n) => `Lead ${n + 1}`).filter((name) => name.includes('77')).length,
    );
  });

  it('finds the leads with a tag', async () => {
    expect((await pages('tag=RARE&sort=createdAt', bob)).map(({ name }) => name)).toEqual(['Lead 1', 'Lead 15000']);
  });
});

describe('the indexes that are asked past row-level security', () => {
  const ask = (person: Person, sql: string, parameters: unknown[]) =>
    app.get(UnitOfWork).read(systemActor(person.workspaceId, 'test'), (tx) => tx.query(sql, parameters));

  it('answer for the workspace of the transaction only', async () => {
    const matching = 'SELECT leads_matching($1, NULL, 100) AS ids';
    expect(await ask(ada, matching, ['zola'])).toEqual([{ ids: [expect.any(String)] }]);
    expect(await ask(eve, matching, ['zola'])).toEqual([{ ids: [] }]);

    const [lead] = (await ada.get<Page>('/api/leads?q=zola')).body.items;
    const about = "SELECT seq FROM events_about($1, '{lead.created}', NULL, 100)";
    expect(await ask(ada, about, [`lead:${lead?.id}`])).toHaveLength(1);
    expect(await ask(eve, about, [`lead:${lead?.id}`])).toEqual([]);
  });

  it('answer nothing without a workspace', async () => {
    const dataSource = app.get(DataSource);
    expect(await dataSource.query("SELECT leads_matching('zola', NULL, 100) AS ids")).toEqual([{ ids: [] }]);
    expect(await dataSource.query("SELECT seq FROM events_about('lead:x', '{lead.created}', NULL, 9)")).toEqual([]);
    expect(await dataSource.query('SELECT id FROM leads')).toEqual([]);
  });
});

describe('cursors (A44)', () => {
  let cursor: string;
  beforeAll(async () => {
    cursor = (await ada.get<Page>('/api/leads?limit=2')).body.nextCursor ?? '';
    expect(cursor).not.toBe('');
  });

  it.each([
    ['one that was edited', (c: string) => `${c.slice(0, -2)}${c.endsWith('AA') ? 'BB' : 'AA'}`, 'sort=-createdAt'],
    ['one of another order', (c: string) => c, 'sort=name'],
    ['one that is none', () => 'next', 'sort=-createdAt'],
    ['an empty one', () => '', 'sort=-createdAt'],
  ])('%s is refused', async (_, forge, query) => {
    const answer = await ada.get<Problem>(`/api/leads?limit=2&${query}&cursor=${forge(cursor)}`);
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_cursor' } });
  });

  it('one of another workspace is refused', async () => {
    const answer = await eve.get<Problem>(`/api/leads?cursor=${cursor}`);
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_cursor' } });
  });
});
