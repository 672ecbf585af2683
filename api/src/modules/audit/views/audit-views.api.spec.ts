import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AuditEntry, AuditView, Page, Problem } from '@threadline/contracts';
import { type Person, TestApp } from '../../../../test';

type Answered = AuditView & Problem;

describe('saved views of the audit log', () => {
  let app: TestApp;
  let ada: Person;
  let auditor: Person;

  const save = (person: Person, body: object) => person.post<Answered>('/api/audit/views', body);
  const namesOf = async (person: Person) =>
    (await person.get<Page<AuditView>>('/api/audit/views')).body.items.map(({ name }) => name);
  const entry = async (action: string) =>
    (await ada.get<Page<AuditEntry>>(`/api/audit?action=${action}&limit=1`)).body.items[0];

  beforeAll(async () => {
    app = await TestApp.start();
    ada = await app.person('Ada');
    auditor = await app.colleagueOf(ada, 'auditor');
  });
  afterAll(() => app?.stop());

  it('are kept for who saved them, with their event, which tells no value that is looked for', async () => {
    const filters = { actorId: ada.userId, q: 'Lin Canary', days: 7, drafts: true };
    const made = await save(auditor, { name: 'What Ada did', filters });
    expect(made.status).toBe(201);
    expect(made.body).toEqual({
      id: expect.any(String),
      name: 'What Ada did',
      filters,
      shared: false,
      owner: { id: auditor.userId, name: expect.any(String) },
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
    });
    expect((await auditor.get<Page<AuditView>>('/api/audit/views')).body).toEqual({
      items: [made.body],
      nextCursor: null,
    });
    const [event] = await app.rows<{ type: string; data: object }>(
      'SELECT type, data FROM events WHERE subject_id = $1',
      [made.body.id],
    );
    const told = { name: 'What Ada did', shared: false, filters: ['q', 'actorId', 'days', 'drafts'] };
    expect(event).toEqual({
      type: 'audit_view.created',
      data: { view: { id: made.body.id, ownerId: auditor.userId, ...told } },
    });
    expect((await entry('audit_view.created'))?.changes).toEqual(
      Object.entries(told).map(([field, after]) => ({ field, before: null, after })),
    );
  });

  it('are nobody else’s until they are shared, which is for those who set up the log', async () => {
    const own = (await save(ada, { name: 'Mine', filters: {} })).body;
    expect(await namesOf(auditor)).not.toContain('Mine');
    expect((await auditor.patch(`/api/audit/views/${own.id}`, { name: 'Theirs' })).status).toBe(404);
    expect((await auditor.delete(`/api/audit/views/${own.id}`)).status).toBe(404);
    expect((await save(auditor, { name: 'All', filters: {}, shared: true })).status).toBe(403);
    const [theirs] = (await auditor.get<Page<AuditView>>('/api/audit/views')).body.items;
    expect((await auditor.patch(`/api/audit/views/${theirs?.id}`, { shared: true })).status).toBe(403);

    const shared = await ada.patch<Answered>(`/api/audit/views/${own.id}`, { shared: true });
    expect(shared.body).toMatchObject({ name: 'Mine', shared: true });
    expect((await entry('audit_view.updated'))?.changes).toEqual([{ field: 'shared', before: false, after: true }]);
    expect(await namesOf(auditor)).toContain('Mine');
    expect((await auditor.patch(`/api/audit/views/${own.id}`, { name: 'Theirs' })).status).toBe(403);
    expect((await auditor.delete(`/api/audit/views/${own.id}`)).status).toBe(403);
    const eve = await app.person('Eve');
    expect(await namesOf(eve)).toEqual([]);
    expect((await eve.delete(`/api/audit/views/${own.id}`)).status).toBe(404);
  });

  it('of a colleague, once shared, can be changed by another who sets up the log, and taken back', async () => {
    const admin = await app.colleagueOf(ada, 'admin');
    const made = (await save(admin, { name: 'Denials', filters: { outcome: 'denied' }, shared: true })).body;
    const changed = await ada.patch<Answered>(`/api/audit/views/${made.id}`, { filters: { action: 'access' } });
    expect(changed.body).toMatchObject({ name: 'Denials', filters: { action: 'access' }, owner: { id: admin.userId } });
    expect((await ada.patch<Answered>(`/api/audit/views/${made.id}`, { shared: false })).body.shared).toBe(false);
    expect(await namesOf(ada)).not.toContain('Denials');
    expect(await namesOf(admin)).toContain('Denials');
  });

  it('have names of their own for each person, and say nothing when nothing changes', async () => {
    const made = (await save(ada, { name: 'Sign-ins', filters: { action: 'session' } })).body;
    const again = await save(ada, { name: 'sign-INS', filters: {} });
    expect([again.status, again.body.code, again.body.errors?.[0]?.path]).toEqual([409, 'duplicate', 'name']);
    expect((await save(auditor, { name: 'Sign-ins', filters: {} })).status).toBe(201);
    const before = await app.rows('SELECT 1 FROM events WHERE subject_id = $1', [made.id]);
    await ada.patch(`/api/audit/views/${made.id}`, { name: 'Sign-ins', filters: { action: 'session' } });
    expect(await app.rows('SELECT 1 FROM events WHERE subject_id = $1', [made.id])).toHaveLength(before.length);
    for (const body of [
      { name: ' ', filters: {} },
      { name: 'x' },
      { name: 'x', filters: { outcome: 'maybe' } },
      { name: 'x', filters: { days: 0 } },
      { name: 'x', filters: { secret: 'x' } },
    ]) {
      expect({ body, status: (await save(ada, body)).status }).toEqual({ body, status: 400 });
    }
  });

  it('go, and say so', async () => {
    const made = (await save(ada, { name: 'Gone soon', filters: {} })).body;
    expect((await ada.delete(`/api/audit/views/${made.id}`)).status).toBe(204);
    expect((await ada.delete(`/api/audit/views/${made.id}`)).status).toBe(404);
    expect(await namesOf(ada)).not.toContain('Gone soon');
    expect((await entry('audit_view.deleted'))?.changes).toEqual([{ field: 'name', before: 'Gone soon', after: null }]);
  });

  it('are for those who read the log', async () => {
    const ben = await app.colleagueOf(ada);
    expect((await ben.get('/api/audit/views')).status).toBe(403);
    expect((await save(ben, { name: 'x', filters: {} })).status).toBe(403);
  });
});
