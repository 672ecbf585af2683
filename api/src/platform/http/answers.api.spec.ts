import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Lead, Page, Problem } from '@threadline/contracts';
import { type Person, TestApp } from '../../../test';
import { ApiVersions, NEWEST_VERSION } from './versions';

/** What the answers of all routes have in common: versions, fields, tags. */
describe('answers', () => {
  let app: TestApp;
  let ada: Person;
  let lead: Lead;

  beforeAll(async () => {
    app = await TestApp.start();
    ada = await app.person('Ada');
    lead = (await ada.post<Lead>('/api/leads', { name: 'Lin', company: 'Engines' })).body;
  });
  afterAll(() => app?.stop());

  describe('with ?fields=', () => {
    it('have these fields only, of each item of a page', async () => {
      const { body } = await ada.get<Page<Lead>>('/api/leads?fields=id,name');
      expect(body).toEqual({ items: [{ id: lead.id, name: 'Lin' }], nextCursor: null, asOf: expect.any(Number) });
    });

    it('have these fields only, and of what lies deeper by a dot', async () => {
      expect((await ada.get(`/api/leads/${lead.id}?fields=name`)).body).toEqual({ name: 'Lin' });
      const { body } = await ada.get<Page<unknown>>('/api/events?after=0&fields=type,actor.type');
      expect(body.items[0]).toEqual({ type: expect.any(String), actor: { type: expect.any(String) } });
    });

    it.each(['nonsense', 'id,nonsense', 'id.below', '', 'id,', '__proto__'])('%s are refused', async (fields) => {
      const answer = await ada.get<Problem>(`/api/leads?fields=${fields}`);
      expect([answer.status, answer.body.code]).toEqual([400, 'invalid_input']);
      expect(answer.body.errors?.[0]?.path).toBe('fields');
    });

    it('stay what they are where they are no JSON', async () => {
      expect((await ada.get('/api/audit/export?format=csv&fields=id')).status).toBe(400);
    });
  });

  describe('with an ETag', () => {
    it('are not sent again to who has them', async () => {
      const first = await ada.get(`/api/leads/${lead.id}`);
      const tag = String(first.headers['etag']);
      expect(tag).toMatch(/^"[\w-]{27}"$/);
      const again = await ada.get(`/api/leads/${lead.id}`, { 'if-none-match': `"other", ${tag}` });
      expect([again.status, again.body, again.headers['etag']]).toEqual([304, '', tag]);
    });

    it('stay the same while only the log moves on, and change with the lead', async () => {
      const tag = String((await ada.get(`/api/leads/${lead.id}`)).headers['etag']);
      await ada.post('/api/leads', { name: 'Mo' });
      expect((await ada.get(`/api/leads/${lead.id}`)).headers['etag']).toBe(tag);
      await ada.patch(`/api/leads/${lead.id}`, { company: `Engines ${Math.random()}` });
      expect((await ada.get(`/api/leads/${lead.id}`)).headers['etag']).not.toBe(tag);
    });

    it('are not given to pixels, streams and refusals', async () => {
      for (const path of ['/api/outreach/track/x', '/api/audit/export?format=csv', '/api/nothing', '/health/live']) {
        expect([path, (await ada.get(path)).headers['etag']]).toEqual([path, undefined]);
      }
    });
  });

  describe('to a change with If-Match', () => {
    it('are 412 with the lead of now when it has changed since, and nothing is changed', async () => {
      const tag = String((await ada.get(`/api/leads/${lead.id}`)).headers['etag']);
      const good = await ada.patch<Lead>(`/api/leads/${lead.id}`, { title: 'CTO' }, { 'if-match': tag });
      expect([good.status, good.body.title]).toEqual([200, 'CTO']);
      const late = await ada.patch<Problem>(`/api/leads/${lead.id}`, { title: 'CEO' }, { 'if-match': tag });
      expect([late.status, late.body.code]).toEqual([412, 'precondition_failed']);
      expect(late.body.current).toMatchObject({ id: lead.id, title: 'CTO' });
      expect((await ada.delete(`/api/leads/${lead.id}`, { 'if-match': tag })).status).toBe(412);
      expect((await ada.get<Lead>(`/api/leads/${lead.id}`)).body.title).toBe('CTO');
      expect((await ada.patch(`/api/leads/${lead.id}`, { title: null }, { 'if-match': '*' })).status).toBe(200);
    });

    it('are 412 for a conversation too', async () => {
      const other = (await ada.post<Lead>('/api/leads', { name: 'Nia', email: 'nia@example.com' })).body;
      const sent = await ada.post<{ conversationId: string }>(`/api/leads/${other.id}/messages`, {
        channel: 'email',
        subject: 'Hello',
        content: '<p>Hello</p>',
      });
      await app.settle();
      const path = `/api/conversations/${sent.body.conversationId}`;
      const tag = String((await ada.get(path)).headers['etag']);
      expect((await ada.patch(path, { priority: 'high' }, { 'if-match': tag })).status).toBe(200);
      expect((await ada.patch(path, { priority: 'low' }, { 'if-match': tag })).status).toBe(412);
    });

    it('do not tell who may not see it that it is there', async () => {
      const eve = await app.person('Eve');
      expect((await eve.patch(`/api/leads/${lead.id}`, { title: 'x' }, { 'if-match': '"x"' })).status).toBe(404);
    });
  });

  describe('in versions', () => {
    it('say which one they are of', async () => {
      expect((await ada.get('/api/leads')).headers['threadline-version']).toBe(NEWEST_VERSION);
      const asked = await ada.get('/api/leads', { 'threadline-version': NEWEST_VERSION });
      expect([asked.status, asked.headers['threadline-version']]).toEqual([200, NEWEST_VERSION]);
      expect(asked.headers['deprecation']).toBeUndefined();
    });

    it.each(['2019-01-01', 'newest', ''])('that there are not are refused: "%s"', async (version) => {
      const answer = await ada.get<Problem>('/api/leads', { 'threadline-version': version });
      expect([answer.status, answer.body.code, answer.body.errors?.[0]?.path]).toEqual([
        400,
        'invalid_input',
        'Threadline-Version',
      ]);
    });

    it('are told to older callers as they were, and to keys as on the day they were made', async () => {
      const made = await ada.post<{ key: string }>('/api/api-keys', {
        name: 'Old',
        permissions: ['leads:read', 'leads:write'],
      });
      const key = { authorization: `Bearer ${made.body.key}` };
      app.get(ApiVersions).register({
        version: '2099-03-01',
        what: 'Leads have a fullName instead of a name.',
        operations: {
          leadsLead: { answer: (body) => ({ old: (body as Lead).name }) },
          leadsCreate: { request: (body) => ({ name: (body as { was: string }).was }) },
        },
      });
      const path = `/api/leads/${lead.id}`;
      expect((await ada.get(path)).headers['threadline-version']).toBe('2099-03-01');
      expect((await ada.get<Lead>(path)).body.name).toBe('Lin');

      const older = await app.stranger.get(path, key);
      expect([older.headers['threadline-version'], older.body]).toEqual([NEWEST_VERSION, { old: 'Lin' }]);
      expect(older.headers['deprecation']).toBe(`@${Date.parse('2099-03-01') / 1_000}`);
      expect(older.headers['sunset']).toBe('Mon, 01 Mar 2100 00:00:00 GMT');
      expect(older.headers['etag']).not.toBe((await ada.get(path)).headers['etag']);

      expect((await app.stranger.post<Lead>('/api/leads', { was: 'Otto' }, key)).body.name).toBe('Otto');
      const newer = await app.stranger.get<Lead>(path, { ...key, 'threadline-version': '2099-03-01' });
      expect(newer.body.name).toBe('Lin');
    });
  });
});
