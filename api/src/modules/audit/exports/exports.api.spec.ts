import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Checkpoint, type ExportedEntry, Verifier } from '@threadline/audit';
import type { AuditEntry, AuditExport, AuditExportFilters, Lead, Page, Problem } from '@threadline/contracts';
import { type Person, TestApp } from '../../../../test';
import { Broadcast, type StateNews } from '../../../platform/relay';
import { ExportBuilder } from './export.builder';

type Task = AuditExport & { taskId: string } & Pick<Problem, 'code' | 'detail'>;

const WEEK = 7 * 86_400_000;
const cryptography = {
  sha256: (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest()),
  verifyEd25519: () => true,
};

describe('files of the audit log', () => {
  let app: TestApp;
  let ada: Person;

  const ask = (person = ada, body: object = { format: 'jsonl' }) => person.post<Task>('/api/audit/exports', body);
  const one = async (id: string, person = ada) => (await person.get<AuditExport>(`/api/audit/exports/${id}`)).body;
  const file = (id: string, person = ada) => person.get<string>(`/api/audit/exports/${id}/file`);
  const entries = async (action: string) =>
    (await ada.get<Page<AuditEntry>>(`/api/audit?limit=50&action=${action}`)).body.items;
  const pieces = async (id: string) =>
    Number(
      (await app.rows<{ n: string }>('SELECT count(*) AS n FROM audit_export_chunks WHERE export_id = $1', [id]))[0]?.n,
    );
  /** A log long enough for several pieces, written past the API. */
  const fill = async (person: Person, count: number) => {
    await app.rows(
      `SELECT append_audit($1::uuid, (SELECT jsonb_agg(jsonb_build_object(
         'before', '{"action":"lead.created.v1","actor":{"credential":null,"id":"x","type":"system"},"changes":[],"id":"' || n || '","occurredAt":"2026-01-01T00:00:00.000Z","outcome":"allowed","personal":{},"reason":null,"requestId":null,"seq":',
         'after', ',"targets":[],"v":1,"workspaceId":"' || $1 || '"}', 'id', gen_random_uuid(), 'occurred_at', now(),
         'action', 'lead.created.v1', 'outcome', 'allowed', 'actor_id', 'x', 'targets', '[]'::jsonb,
         'request_id', null, 'ip_hash', null)) FROM generate_series(1, $2::int) n))`,
      [person.workspaceId, count],
    );
  };

  beforeAll(async () => {
    app = await TestApp.start();
    ada = await app.person('Ada');
    await ada.post<Lead>('/api/leads', { name: '=cmd|calc', email: 'lin@example.com' });
  });
  afterAll(() => app?.stop());

  it('are asked for, made beside the request, and verify against a checkpoint', async () => {
    const asked = await ask();
    expect(asked).toMatchObject({ status: 202, body: { taskId: asked.body.id, state: 'queued', downloadable: false } });
    await app.settle();
    const made = await one(asked.body.taskId);
    expect(made).toMatchObject({ state: 'done', downloadable: true, failure: null, createdBy: { name: 'Ada' } });
    expect([made.done, made.entries]).toEqual([made.total, made.total]);
    const checkpoint = (await ada.post<Checkpoint>('/api/audit/checkpoints')).body;
    const { status, headers, body } = await file(made.id);
    expect([status, headers['content-length'], headers['cache-control']]).toEqual([
      200,
      String(made.bytes),
      'no-store',
    ]);
    expect(headers['content-disposition']).toMatch(/^attachment; filename="audit-\d{4}-\d\d-\d\d-\w{6}\.jsonl"$/);
    const verifier = new Verifier(cryptography);
    const lines = body.trim().split('\n');
    for (const line of lines) verifier.add(JSON.parse(line) as ExportedEntry);
    expect([lines.length, (await verifier.finish()).ok, checkpoint.size > lines.length]).toEqual([
      made.entries,
      true,
      true,
    ]);
  });

  it('leave entries: asked for, finished, downloaded', async () => {
    expect((await entries('audit_export.requested'))[0]).toMatchObject({
      actor: { type: 'user', id: ada.userId },
      changes: expect.arrayContaining([{ field: 'format', before: null, after: 'jsonl' }]),
    });
    expect((await entries('audit_export.finished'))[0]).toMatchObject({ actor: { type: 'system', id: 'audit' } });
    expect((await entries('audit_export.downloaded'))[0]).toMatchObject({ actor: { id: ada.userId } });
  });

  it('hold what was looked for, and run nothing in a spreadsheet', async () => {
    const filters: AuditExportFilters = { action: 'lead.created', q: 'lin@example.com' };
    const asked = await ask(ada, { format: 'csv', filters: { action: filters.action } });
    const named = await ask(ada, { format: 'csv', filters });
    await app.settle();
    const { body } = await file(asked.body.id);
    const [head, ...rows] = body.trim().split('\r\n');
    expect([head, rows.length]).toEqual([expect.stringContaining('"seq","time"'), 1]);
    expect((await one(named.body.id)).filters).toEqual(filters);
    // What may name a person stands in no event.
    expect(JSON.stringify((await entries('audit_export.requested'))[0]?.changes)).not.toContain('lin@example.com');
    const [log] = await app.rows<{ data: string }>(
      `SELECT data::text FROM events WHERE type = 'audit_export.requested' ORDER BY seq DESC LIMIT 1`,
    );
    expect(log?.data).not.toContain('lin@example.com');
  });

  it('are the maker’s alone, in a session of their own', async () => {
    const asked = await ask();
    await app.settle();
    const auditor = await app.colleagueOf(ada, 'auditor');
    expect((await one(asked.body.id, auditor)).downloadable).toBe(false);
    expect((await file(asked.body.id, auditor)).status).toBe(404);
    const key = await ada.post<{ key: string }>('/api/api-keys', { name: 'Robot', permissions: ['audit:read'] });
    const robot = { authorization: `Bearer ${key.body.key}` };
    expect((await app.stranger.get(`/api/audit/exports/${asked.body.id}`, robot)).status).toBe(200);
    expect((await app.stranger.get(`/api/audit/exports/${asked.body.id}/file`, robot)).status).toBe(404);
    const agent = await app.colleagueOf(ada);
    expect((await ask(agent)).status).toBe(403);
    const eve = await app.person('Eve');
    expect((await eve.get(`/api/audit/exports/${asked.body.id}`)).status).toBe(404);
    expect((await eve.get<Page<AuditExport>>('/api/audit/exports')).body.items).toEqual([]);
  });

  it('tell the maker’s screens how far they have come, and nobody else’s', async () => {
    const zoe = await app.person('Zoe');
    await fill(zoe, 3_500);
    const heard: StateNews[] = [];
    const listening = app.get(Broadcast).news$.subscribe((news) => heard.push(news));
    const asked = await ask(zoe);
    await app.settle();
    listening.unsubscribe();
    const told = heard.filter(({ service, workspaceId }) => service === 'tasks' && workspaceId === zoe.workspaceId);
    expect(told.every(({ userId, everywhere }) => userId === zoe.userId && everywhere === true)).toBe(true);
    const { total } = await one(asked.body.id, zoe);
    expect(told[0]?.data).toMatchObject({ taskId: asked.body.id, done: 0, total });
    expect(told.at(-1)?.data).toMatchObject({ taskId: asked.body.id, done: total, total, secondsLeft: 0 });
    expect(await pieces(asked.body.id)).toBeGreaterThan(3);
  });

  it('are gone on with where a killed process left them, each entry once', async () => {
    const kim = await app.person('Kim');
    await fill(kim, 2_500);
    const asked = await ask(kim);
    await app.settle();
    const whole = (await file(asked.body.id, kim)).body;
    const begun = `${whole.split('\n').slice(0, 2_000).join('\n')}\n`;
    // As a process leaves it that is killed after its second step: in hand, two pieces, a lease.
    await app.rows('DELETE FROM audit_export_chunks WHERE export_id = $1 AND number >= 2', [asked.body.id]);
    await app.rows(
      `UPDATE audit_exports SET state = 'running', position = 2000, entries = 2000, chunks = 2, bytes = $3, claim_token = gen_random_uuid(),
              next_at = $2, finished_at = NULL, expires_at = NULL WHERE id = $1`,
      [asked.body.id, new Date(app.clock.millis() + 30_000), Buffer.byteLength(begun)],
    );
    await app.settle();
    expect((await one(asked.body.id, kim)).state).toBe('running');
    app.clock.advance(31_000);
    await app.settle();
    const again = await one(asked.body.id, kim);
    expect([again.state, again.entries]).toEqual(['done', again.total]);
    expect((await file(asked.body.id, kim)).body).toBe(whole);
  });

  it('stop when they are cancelled, by their maker or who looks after the log, and leave nothing behind', async () => {
    const lou = await app.person('Lou');
    const asked = await ask(lou);
    const bob = await app.colleagueOf(lou, 'auditor');
    expect((await bob.post(`/api/audit/exports/${asked.body.id}/cancel`)).status).toBe(403);
    await app.rows(`UPDATE audit_exports SET state = 'running', next_at = $2 WHERE id = $1`, [
      asked.body.id,
      new Date(app.clock.millis() + 60_000),
    ]);
    const cancelled = await lou.post<AuditExport>(`/api/audit/exports/${asked.body.id}/cancel`);
    expect(cancelled).toMatchObject({ status: 200, body: { state: 'cancelled', downloadable: false, bytes: 0 } });
    expect(await pieces(asked.body.id)).toBe(0);
    expect((await lou.post(`/api/audit/exports/${asked.body.id}/cancel`)).status).toBe(409);
    app.clock.advance(61_000);
    await app.settle();
    expect((await one(asked.body.id, await app.signIn(lou.session?.user.email ?? ''))).state).toBe('cancelled');
  });

  it('stop when their maker may not read the log any more', async () => {
    const owner = await app.person('Mia');
    const auditor = await app.colleagueOf(owner, 'auditor', 'Max');
    const asked = await ask(auditor);
    const left = await ask(await app.colleagueOf(owner, 'auditor', 'Nil'));
    await app.rows(
      'UPDATE memberships SET role_id = (SELECT id FROM roles WHERE workspace_id = $1 AND built_in = $3) WHERE user_id = $2',
      [owner.workspaceId, auditor.userId, 'agent'],
    );
    await app.rows('UPDATE memberships SET ended_at = now() WHERE user_id = $1', [left.body.createdBy.id]);
    await app.rows(
      `UPDATE audit_exports SET state = 'queued', chunks = 0, position = 0, next_at = $2, finished_at = NULL, expires_at = NULL
        WHERE id = ANY ($1)`,
      [[asked.body.id, left.body.id], app.clock.now()],
    );
    await app.rows('DELETE FROM audit_export_chunks WHERE export_id = ANY ($1)', [[asked.body.id, left.body.id]]);
    await app.settle();
    for (const { id } of [asked.body, left.body]) {
      expect(await one(id, owner)).toMatchObject({
        state: 'cancelled',
        failure: 'Who asked for it may not read the audit log any more.',
      });
      expect(await pieces(id)).toBe(0);
    }
  });

  it('fail in words when the disk is full, and give back what they took', async () => {
    const ola = await app.person('Ola');
    await fill(ola, 1_500);
    await app.rows(`CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN IF NEW.number > 0 THEN RAISE EXCEPTION 'no space left on device' USING ERRCODE = '53100'; END IF; RETURN NEW; END $$`);
    await app.rows(
      'CREATE TRIGGER full_disk BEFORE INSERT ON audit_export_chunks FOR EACH ROW EXECUTE FUNCTION full_disk()',
    );
    const asked = await ask(ola);
    await app.settle();
    await app.rows('DROP TRIGGER full_disk ON audit_export_chunks');
    expect(await one(asked.body.id, ola)).toMatchObject({
      state: 'failed',
      failure: expect.stringContaining('disk of the database is full'),
      downloadable: false,
    });
    expect(await pieces(asked.body.id)).toBe(0);
  });

  it('that kill whoever makes them are given up after five tries, and block nobody', async () => {
    const pia = await app.person('Pia');
    const asked = await ask(pia);
    await app.settle();
    await app.rows(
      `UPDATE audit_exports SET state = 'running', position = 0, chunks = 0, attempts = 5, next_at = $2, expires_at = NULL
        WHERE id = $1`,
      [asked.body.id, app.clock.now()],
    );
    await app.settle();
    expect(await one(asked.body.id, pia)).toMatchObject({
      state: 'failed',
      failure: expect.stringContaining('several times'),
    });
  });

  it('are made by any node that looks, and handed out by all', async () => {
    const second = await TestApp.start({ sharing: app });
    try {
      const quin = await app.person('Quin');
      await fill(quin, 1_200);
      const asked = await ask(quin);
      const ref = { workspaceId: quin.workspaceId, id: asked.body.id };
      await Promise.all([app.get(ExportBuilder).build(ref), second.get(ExportBuilder).build(ref)]);
      await app.settle();
      const { state, entries: count, total } = await one(asked.body.id, quin);
      expect([state, count]).toEqual(['done', total]);
      expect((await file(asked.body.id, quin)).body.trim().split('\n')).toHaveLength(total);
    } finally {
      await second.stop();
    }
  });

  it('are kept for seven days', async () => {
    const asked = await ask(ada);
    await app.settle();
    const { expiresAt } = await one(asked.body.id);
    expect(Date.parse(expiresAt ?? '') - app.clock.millis()).toBeGreaterThan(WEEK - 60_000);
    app.clock.advance(WEEK + 1_000);
    ada = await app.signIn(ada.session?.user.email ?? '');
    expect((await file(asked.body.id)).status).toBe(404);
    await app.settle();
    expect(await one(asked.body.id)).toMatchObject({ state: 'done', downloadable: false });
    expect(await pieces(asked.body.id)).toBe(0);
    expect((await entries('audit_export.file_removed')).length).toBeGreaterThan(0);
  });

  it('are not asked for without end', async () => {
    const rob = await app.person('Rob');
    await app.rows(
      `INSERT INTO audit_exports (workspace_id, id, format, created_by, created_at, until, next_at)
       SELECT $1, gen_random_uuid(), 'csv', $2, now(), 1, 'infinity' FROM generate_series(1, 5)`,
      [rob.workspaceId, rob.userId],
    );
    expect(await ask(rob)).toMatchObject({ status: 429, body: { code: 'too_many_requests' } });
    for (const body of [
      {},
      { format: 'pdf' },
      { format: 'csv', filters: { id: 'x' } },
      { format: 'csv', filters: [] },
    ]) {
      expect([body, (await ask(ada, body)).status]).toEqual([body, 400]);
    }
  });
});
