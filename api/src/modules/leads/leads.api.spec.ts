import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Envelope, Lead, Problem } from '@threadline/contracts';
import { v7 } from 'uuid';
import { type Person, TestApp } from '../../../test';
import { UnitOfWork } from '../../platform/work';
import { systemActor } from '../../platform/access';
import { LeadsService } from './index';

const DAY = 86_400_000;
let app: TestApp;
let ada: Person;
let eve: Person;

beforeAll(async () => {
  app = await TestApp.start();
  ada = await app.person('Ada');
  eve = await app.person('Eve');
});
afterAll(() => app.stop());

async function lead(fields: object = {}, person = ada): Promise<Lead> {
  const answer = await person.post<Lead>('/api/leads', { name: 'Grace Hopper', ...fields });
  expect(answer.status).toBe(201);
  return answer.body;
}

/** Events about a thing, oldest first. */
function eventsAbout(id: string): Promise<Pick<Envelope, 'type' | 'data'>[]> {
  return app.rows(
    'SELECT type, data, actor_id, subject_type, subject_id, about FROM events WHERE $1 = ANY (about) ORDER BY seq',
    [`lead:${id}`],
  );
}

async function row(id: string) {
  const [found] = await app.rows<Record<string, unknown>>('SELECT * FROM leads WHERE id = $1', [id]);
  return found;
}

describe('creating a lead', () => {
  it('answers the lead, keeps it and says so', async () => {
    const made = await lead({
      email: ' Grace@Example.COM ',
      phone: '+1 555 0100',
      company: 'US Navy',
      title: 'Rear Admiral',
      status: 'contacted',
      tags: ['vip', 'VIP', 'navy'],
      customFields: { ship: 'Hopper', seats: 3, active: true, note: null },
      ownerId: ada.userId,
    });
    expect(made).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/),
      name: 'Grace Hopper',
      email: 'grace@example.com',
      phone: '+1 555 0100',
      company: 'US Navy',
      title: 'Rear Admiral',
      status: 'contacted',
      tags: ['vip', 'navy'],
      customFields: { ship: 'Hopper', seats: 3, active: true, note: null },
      ownerId: ada.userId,
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{3}Z$/),
      updatedAt: made.createdAt,
      lastActivityAt: null,
    });
    expect(await row(made.id)).toMatchObject({ workspace_id: ada.workspaceId, email: 'grace@example.com' });
    expect(await eventsAbout(made.id)).toEqual([
      {
        type: 'lead.created',
        data: { lead: made },
        actor_id: ada.userId,
        subject_type: 'lead',
        subject_id: made.id,
        about: [`lead:${made.id}`],
      },
    ]);
  });

  it('needs a name only; empty fields of a form are none', async () => {
    const made = await lead({ name: 'Solo', email: '', phone: ' ', company: '', title: null });
    expect(made).toMatchObject({ email: null, phone: null, company: null, title: null, status: 'new', tags: [] });
  });

  it('takes an id made by the caller, once', async () => {
    const id = v7();
    expect((await lead({ id, name: 'Mine' })).id).toBe(id);
    const again = await ada.post<Problem>('/api/leads', { id, name: 'Mine again' });
    expect(again).toMatchObject({ status: 409, body: { code: 'duplicate', current: { id, name: 'Mine' } } });
    expect((await lead({ id, name: 'The same id elsewhere' }, eve)).id).toBe(id);
  });

  it('refuses a second lead with the address of the first, and shows that one', async () => {
    const first = await lead({ name: 'First', email: 'shared@example.com' });
    const second = await ada.post<Problem>('/api/leads', { name: 'Second', email: 'SHARED@example.com' });
    expect(second).toMatchObject({
      status: 409,
      body: { code: 'duplicate', current: first, errors: [{ path: 'email' }] },
    });
  });

  it('says nothing of an address in another workspace (A46)', async () => {
    await lead({ name: 'Theirs', email: 'probe@example.com' }, eve);
    await lead({ name: 'Ours', email: 'probe@example.com' });
  });

  it('lets exactly one of twenty callers have an address', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => ada.post<Lead>('/api/leads', { name: `R ${n}`, email: 'race@example.com' })),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(19);
    const [{ count } = { count: 0 }] = await app.rows<{ count: number }>(
      `SELECT count(*)::int FROM events WHERE type = 'lead.created' AND data #>> '{lead,email}' = 'race@example.com'`,
    );
    expect(count).toBe(1);
  });

  it('answers the first lead again for the same idempotency key', async () => {
    const key = { 'idempotency-key': randomUUID() };
    const first = await ada.post<Lead>('/api/leads', { name: 'Once' }, key);
    const second = await ada.post<Lead>('/api/leads', { name: 'Once' }, key);
    expect(second).toMatchObject({ status: 201, body: first.body });
    expect(await eventsAbout(first.body.id)).toHaveLength(1);
  });

  it('refuses an owner who is not a member', async () => {
    const answer = await ada.post<Problem>('/api/leads', { name: 'Owned', ownerId: eve.userId });
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ path: 'ownerId' }] } });
  });

  it('is for people who are signed in', async () => {
    expect((await app.stranger.post('/api/leads', { name: 'Nobody' })).status).toBe(401);
  });
});

describe('changing a lead', () => {
  it('changes the given fields only, and says which', async () => {
    const before = await lead({ name: 'Before', company: 'Old', tags: ['a'], customFields: { x: 1 } });
    app.clock.advance(1_000);
    const { status, body } = await ada.patch<Lead>(`/api/leads/${before.id}`, { company: 'New', tags: ['a', 'b'] });
    expect(status).toBe(200);
    expect(body).toEqual({ ...before, company: 'New', tags: ['a', 'b'], updatedAt: expect.any(String) });
    expect(Date.parse(body.updatedAt)).toBeGreaterThan(Date.parse(before.updatedAt));
    expect((await ada.get<Lead>(`/api/leads/${before.id}`)).body).toMatchObject(body);
    expect((await eventsAbout(before.id)).slice(1)).toMatchObject([
      { type: 'lead.updated', data: { lead: body, changed: ['company', 'tags'] } },
    ]);
  });

  it('says twice that the status moved: to those who follow fields, and to those who follow the pipeline', async () => {
    const { id } = await lead({ name: 'Moving' });
    await ada.patch(`/api/leads/${id}`, { status: 'qualified' });
    expect((await eventsAbout(id)).slice(1)).toMatchObject([
      { type: 'lead.updated', data: { changed: ['status'] } },
      { type: 'lead.status_changed', data: { from: 'new', to: 'qualified', lead: { status: 'qualified' } } },
    ]);
  });

  it.each([
    ['an empty change', {}],
    ['a change to what is', { name: 'Still', tags: ['t'], email: 'STILL@example.com' }],
  ])('%s changes nothing and says nothing', async (_, change) => {
    const email = 'still@example.com';
    const known = (await ada.get<{ items: Lead[] }>('/api/leads?q=still%40example.com')).body.items[0];
    const before = known ?? (await lead({ name: 'Still', tags: ['t'], email }));
    const count = (await eventsAbout(before.id)).length;
    expect(await ada.patch(`/api/leads/${before.id}`, change)).toMatchObject({ status: 200, body: before });
    expect(await eventsAbout(before.id)).toHaveLength(count);
  });

  it('empties fields with null, but not the name', async () => {
    const { id } = await lead({ name: 'Full', email: 'full@example.com', company: 'C', ownerId: ada.userId });
    const emptied = await ada.patch<Lead>(`/api/leads/${id}`, { email: null, company: null, ownerId: null });
    expect(emptied).toMatchObject({ status: 200, body: { email: null, company: null, ownerId: null } });
    for (const field of ['name', 'status', 'tags', 'customFields']) {
      const answer = await ada.patch<Problem>(`/api/leads/${id}`, { [field]: null });
      expect(answer).toMatchObject({ status: 400, body: { errors: [{ path: field }] } });
    }
  });

  it('refuses the address of another lead and leaves everything as it was', async () => {
    const taken = await lead({ name: 'Taken', email: 'taken@example.com' });
    const other = await lead({ name: 'Other', email: 'other@example.com' });
    const answer = await ada.patch<Problem>(`/api/leads/${other.id}`, { name: 'Changed', email: 'taken@example.com' });
    expect(answer).toMatchObject({ status: 409, body: { code: 'duplicate', current: taken } });
    expect(await row(other.id)).toMatchObject({ name: 'Other', email: 'other@example.com' });
    expect(await eventsAbout(other.id)).toHaveLength(1);
  });

  it('keeps both of two changes to different fields at the same time', async () => {
    const { id } = await lead({ name: 'Shared' });
    const colleague = await app.colleagueOf(ada);
    await Promise.all([
      ada.patch(`/api/leads/${id}`, { company: 'One' }),
      colleague.patch(`/api/leads/${id}`, { title: 'Two' }),
    ]);
    expect((await ada.get<Lead>(`/api/leads/${id}`)).body).toMatchObject({ company: 'One', title: 'Two' });
    const [last] = (await eventsAbout(id)).slice(-1);
    expect(last).toMatchObject({ data: { lead: { company: 'One', title: 'Two' } } });
  });
});

describe('deleting a lead', () => {
  it('puts it away, and bringing it back undoes that', async () => {
    const before = await lead({ name: 'Gone', email: 'gone@example.com' });
    expect((await ada.delete(`/api/leads/${before.id}`)).status).toBe(204);
    expect((await ada.get(`/api/leads/${before.id}`)).status).toBe(404);
    expect((await ada.patch(`/api/leads/${before.id}`, { name: 'x' })).status).toBe(404);
    expect((await ada.delete(`/api/leads/${before.id}`)).status).toBe(404);
    expect((await ada.get(`/api/leads/${before.id}/timeline`)).status).toBe(404);
    const list = await ada.get<{ items: Lead[] }>('/api/leads?q=gone@example.com');
    expect(list.body.items).toEqual([]);

    const back = await ada.post<Lead>(`/api/leads/${before.id}/restore`);
    expect(back).toMatchObject({ status: 200, body: { ...before, updatedAt: expect.any(String) } });
    expect((await eventsAbout(before.id)).slice(1)).toMatchObject([
      { type: 'lead.deleted', data: { leadId: before.id, name: 'Gone' } },
      { type: 'lead.restored', data: { lead: back.body } },
    ]);
  });

  it('cannot be undone for a lead that is not deleted', async () => {
    const { id } = await lead({ name: 'Here' });
    const answer = await ada.post<Problem>(`/api/leads/${id}/restore`);
    expect(answer).toMatchObject({ status: 409, body: { code: 'wrong_state', current: { id } } });
  });

  it('cannot be undone when another lead has the address by now', async () => {
    const { id } = await lead({ name: 'Old', email: 'moved@example.com' });
    await ada.delete(`/api/leads/${id}`);
    const successor = await lead({ name: 'New', email: 'moved@example.com' });
    const answer = await ada.post<Problem>(`/api/leads/${id}/restore`);
    expect(answer).toMatchObject({ status: 409, body: { code: 'duplicate', current: successor } });
    expect(await row(id)).toMatchObject({ deleted_at: expect.any(Date) });
  });

  it('cannot be undone after thirty days', async () => {
    const bob = await app.person('Bob');
    const { id } = await lead({ name: 'Late' }, bob);
    await bob.delete(`/api/leads/${id}`);
    await app.rows(`UPDATE leads SET deleted_at = deleted_at - interval '30 days 1 second' WHERE id = $1`, [id]);
    expect((await bob.post(`/api/leads/${id}/restore`)).status).toBe(404);
  });
});

describe('leads of another workspace (A39)', () => {
  it('are not there', async () => {
    const { id } = await lead({ name: 'Private' });
    const path = `/api/leads/${id}`;
    const answers = await Promise.all([
      eve.get(path),
      eve.patch(path, { name: 'Mine' }),
      eve.delete(path),
      eve.post(`${path}/restore`),
      eve.get(`${path}/timeline`),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
    expect(await row(id)).toMatchObject({ name: 'Private', deleted_at: null });
    expect(await eventsAbout(id)).toHaveLength(1);
  });
});

describe('the timeline of a lead', () => {
  it('tells what happened, newest first, in pages', async () => {
    const { id } = await lead({ name: 'Eventful' });
    for (const company of ['A', 'B', 'C', 'D']) await ada.patch(`/api/leads/${id}`, { company });
    await lead({ name: 'Somebody else' });
    const path = `/api/leads/${id}/timeline?limit=2`;
    type Page = { items: Envelope[]; nextCursor: string | null; asOf: number };
    const seen: Envelope[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: Page = (await ada.get<Page>(cursor ? `${path}&cursor=${cursor}` : path)).body;
      expect(page.asOf).toBeGreaterThanOrEqual(page.items[0]?.seq ?? 0);
      seen.push(...page.items);
      cursor = page.nextCursor;
    }
    expect(seen.map(({ type }) => type)).toEqual([...Array<string>(4).fill('lead.updated'), 'lead.created']);
    expect(seen.map(({ seq }) => seq)).toEqual(seen.map(({ seq }) => seq).toSorted((a, b) => b - a));
    expect(seen[0]).toEqual({
      id: expect.any(String),
      seq: expect.any(Number),
      type: 'lead.updated',
      workspaceId: ada.workspaceId,
      occurredAt: expect.any(String),
      actor: { type: 'user', id: ada.userId },
      subject: { type: 'lead', id },
      about: [`lead:${id}`],
      data: { lead: expect.objectContaining({ company: 'D' }), changed: ['company'] },
    });
  });
});

describe('activity', () => {
  it('moves forward only, without an event of its own', async () => {
    const { id } = await lead({ name: 'Active' });
    const leads = app.get(LeadsService);
    const touch = (at: number) =>
      app.get(UnitOfWork).run(systemActor(ada.workspaceId, 'test'), (tx) => leads.touch(tx, id, new Date(at)));
    const now = Date.now();
    await touch(now);
    await touch(now - DAY);
    expect((await ada.get<Lead>(`/api/leads/${id}`)).body.lastActivityAt).toBe(new Date(now).toISOString());
    expect(await eventsAbout(id)).toHaveLength(1);
    const other = await ada.patch<Lead>(`/api/leads/${id}`, { company: 'Kept' });
    expect(other.body.lastActivityAt).toBe(new Date(now).toISOString());
  });

  it('of many leads is moved in one statement, by batches that overlap', async () => {
    const ids = await Promise.all(Array.from({ length: 10 }, async (_, n) => (await lead({ name: `Batch ${n}` })).id));
    const leads = app.get(LeadsService);
    const at = new Date();
    await Promise.all(
      [ids, ids.toReversed(), ids.slice(3), ids.toReversed().slice(2)].map((batch) =>
        app.get(UnitOfWork).run(systemActor(ada.workspaceId, 'test'), (tx) =>
          leads.touchAll(
            tx,
            [...batch, ...batch].map((leadId) => ({ leadId, at })),
          ),
        ),
      ),
    );
    const rows = await app.rows('SELECT 1 FROM leads WHERE id = ANY ($1) AND last_activity_at = $2', [ids, at]);
    expect(rows).toHaveLength(10);
  });
});
