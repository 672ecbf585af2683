import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Lead, Problem } from '@threadline/contracts';
import { type Person, TestApp } from '../../../test';

let app: TestApp;
let ada: Person;
let known: Lead;

beforeAll(async () => {
  app = await TestApp.start();
  ada = await app.person('Ada');
  known = (await ada.post<Lead>('/api/leads', { name: 'Known' })).body;
});
afterAll(() => app.stop());

async function nothingElse(): Promise<void> {
  const rows = await app.rows<{ name: string }>('SELECT name FROM leads');
  expect(rows).toEqual([{ name: 'Known' }]);
}

describe('fields that nobody may set (A41)', () => {
  it.each(['workspaceId', 'createdAt', 'updatedAt', 'role', 'isVerified', 'verdict', 'lastActivityAt', 'deletedAt'])(
    '%s is refused by name',
    async (field) => {
      for (const answer of [
        await ada.post<Problem>('/api/leads', { name: 'Forged', [field]: 'x' }),
        await ada.patch<Problem>(`/api/leads/${known.id}`, { name: 'Forged', [field]: 'x' }),
      ]) {
        expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_input', errors: [{ path: field }] } });
        expect(answer.headers['content-type']).toContain('application/problem+json');
      }
      await nothingElse();
    },
  );

  it('an id that is no UUIDv7, or a change of id, is refused', async () => {
    for (const id of ['1', 'd9428888-122b-41e1-b85c-61cd3cbb3210', 7, null]) {
      expect(await ada.post('/api/leads', { id, name: 'x' })).toMatchObject({ status: 400 });
    }
    expect(await ada.patch(`/api/leads/${known.id}`, { id: known.id })).toMatchObject({ status: 400 });
    await nothingElse();
  });
});

describe('bodies', () => {
  it.each<[string, unknown]>([
    ['no name', {}],
    ['a blank name', { name: ' \t ' }],
    ['a name of 201 characters', { name: 'n'.repeat(201) }],
    ['a name that is a number', { name: 7 }],
    ['a name that is a list (A54)', { name: ['a', 'b'] }],
    ['a name that is an object', { name: { first: 'A' } }],
    ['a name of two lines', { name: 'A\nBcc: x@example.com' }],
    ['a name with NUL', { name: 'A\u0000' }],
    ['half a character in a name (A53)', '{"name": "\\ud800"}'],
    ['no e-mail address', { name: 'x', email: 'ada' }],
    ['a list of addresses', { name: 'x', email: 'a@example.com, b@example.com' }],
    ['an address with a display name', { name: 'x', email: 'Ada <a@example.com>' }],
    ['an address with a line end', { name: 'x', email: 'a@example.com\r\nRCPT TO:<b@example.com>' }],
    ['an address that is too long', { name: 'x', email: `${'a'.repeat(315)}@a.co` }],
    ['a long phone number', { name: 'x', phone: '1'.repeat(51) }],
    ['a long company', { name: 'x', company: 'c'.repeat(201) }],
    ['an unknown status', { name: 'x', status: 'won' }],
    ['a status that objects have', { name: 'x', status: 'constructor' }],
    ['tags that are text', { name: 'x', tags: 'vip' }],
    ['a tag that is a number', { name: 'x', tags: [1] }],
    ['an empty tag', { name: 'x', tags: [' '] }],
    ['a long tag', { name: 'x', tags: ['t'.repeat(51)] }],
    ['51 tags', { name: 'x', tags: Array.from({ length: 51 }, (_, n) => `t${n}`) }],
    ['custom fields that nest', { name: 'x', customFields: { a: { b: 1 } } }],
    ['a custom field of 1e400 (A55)', '{"name": "x", "customFields": {"n": 1e400}}'],
    ['a custom field that cannot be kept exactly (A55)', '{"name": "x", "customFields": {"n": 9007199254740993}}'],
    ['custom fields that are a list', { name: 'x', customFields: [] }],
    ['an owner who is no id', { name: 'x', ownerId: 'ada' }],
    ['an owner who is nobody', { name: 'x', ownerId: '00000000-0000-7000-8000-000000000000' }],
    ['a prototype (A48)', '{"name": "x", "__proto__": {"isAdmin": true}}'],
    ['a prototype further down', '{"name": "x", "customFields": {"__proto__": {"isAdmin": true}}}'],
    ['a constructor (A48)', '{"name": "x", "constructor": {"prototype": {}}}'],
    ['a list', '[]'],
    ['text', '"name"'],
    ['null', 'null'],
    ['half an object', '{"name": "x"'],
  ])('%s: 400', async (_, body) => {
    const answer = await ada.post<Problem>('/api/leads', body);
    expect(answer).toMatchObject({ status: 400, body: { status: 400, requestId: expect.any(String) } });
    expect(JSON.stringify(answer.body)).not.toMatch(/node_modules|SELECT|\.ts/);
    expect('isAdmin' in {}).toBe(false);
    await nothingElse();
  });

  it.each([
    ['four bytes a character', '𝒜𝒹𝒶 🦊'],
    ['from right to left', '\u202egnp.exe'],
    ['markup', '<script>alert(1)</script>'],
    ['an apostrophe', "Robert'); DROP TABLE leads;--"],
  ])('a name with %s is kept as it is (A53)', async (_, name) => {
    const made = await ada.post<Lead>('/api/leads', { name });
    expect(made).toMatchObject({ status: 201, body: { name } });
    expect((await ada.get<Lead>(`/api/leads/${made.body.id}`)).body.name).toBe(name);
    await app.rows('DELETE FROM lead_search WHERE lead_id = $1', [made.body.id]);
    await app.rows('DELETE FROM leads WHERE id = $1', [made.body.id]);
  });
});

it('a custom field with a name of prototypes is not kept', async () => {
  const body = '{"customFields": {"constructor": "x", "kept": 1}}';
  const answer = await ada.patch<Lead>(`/api/leads/${known.id}`, body);
  expect(answer).toMatchObject({ status: 200, body: { customFields: { kept: 1 } } });
  expect(Object.keys(answer.body.customFields)).toEqual(['kept']);
});

describe('queries', () => {
  it.each([
    'limit=1e9',
    'limit=-1',
    'limit=0',
    'limit=201',
    'limit=12abc',
    'limit=NaN',
    'limit=1&limit=2',
    'offset=9007199254740993',
    'sort=id%3B--',
    'sort=constructor',
    'sort=--name',
    'sort=email',
    'order=constructor',
    'status=won',
    'status=new&status=lost',
    'tag=a&tag=b',
    'q=a&q=b',
    'q[$ne]=1',
    'q=%00',
    'ownerId=1',
    '(SELECT%20pg_sleep(5))=1',
    'q=a%0Ab',
    'name=Known',
  ])('?%s is refused (A42, A44, A54)', async (query) => {
    const begun = Date.now();
    const answer = await ada.get<Problem>(`/api/leads?${query}`);
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_input' } });
    expect(Date.now() - begun).toBeLessThan(1_000);
  });

  it('an id that is none is refused', async () => {
    for (const path of ['1', 'null', "1'--", known.id.slice(0, -1)]) {
      expect((await ada.get(`/api/leads/${encodeURIComponent(path)}`)).status).toBe(400);
    }
    expect((await ada.get(`/api/leads/${known.id.toUpperCase()}`)).status).toBe(200);
  });
});
