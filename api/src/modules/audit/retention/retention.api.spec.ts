import { createHash, createPublicKey, verify } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Checkpoint, type Cut, type ExportedEntry, Verifier } from '@threadline/audit';
import type {
  AuditEntry,
  AuditRetention,
  AuditVerification,
  Lead,
  LegalHold,
  Page,
  Problem,
  RetentionPreview,
} from '@threadline/contracts';
import { type Person, TestApp } from '../../../../test';
import { systemActor } from '../../../platform/access';
import { UnitOfWork } from '../../../platform/work';
import { SessionDirectory } from '../../auth';
import { CutSweeper } from './cut.sweeper';

const DAY = 86_400_000;
const cryptography = {
  sha256: (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest()),
  verifyEd25519: (key: Uint8Array, message: Uint8Array, signature: Uint8Array) => {
    const jwk = { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(key).toString('base64url') };
    return verify(null, message, createPublicKey({ key: jwk, format: 'jwk' }), signature);
  },
};

describe('the retention of the audit log', () => {
  let app: TestApp;
  let ada: Person;
  let lead: Lead;

  const preview = async (months: number) =>
    (await ada.get<RetentionPreview>(`/api/audit/retention/preview?months=${months}`)).body;
  const verification = async () => (await ada.get<AuditVerification>('/api/audit/verify')).body;
  const sweep = () => app.get(CutSweeper).look();
  const newest = async () => (await ada.get<Page<AuditEntry>>('/api/audit?limit=5')).body.items;
  const place = (body: object) => ada.post<LegalHold>('/api/audit/holds', body);
  const release = (id: string) => ada.post<LegalHold>(`/api/audit/holds/${id}/release`);
  /** Lets Ada's proof grow old, or young again. */
  const proved = async (sign: '+' | '-') => {
    await app.rows(`UPDATE sessions SET proved_at = proved_at ${sign} interval '16 minutes' WHERE user_id = $1`, [
      ada.userId,
    ]);
    app.get(SessionDirectory).forgetAll();
  };
  const hourly = () =>
    app.get(UnitOfWork).run(systemActor(ada.workspaceId, 'test'), async (tx) => {
      for (let n = 0; n < 600; n += 1) {
        tx.note({ action: 'test.passed', outcome: 'allowed', targets: [`workspace:${tx.workspaceId}`] });
      }
    });

  /** An export, verified as a third party does it: with the file and checkpoints alone. */
  const verifiedOffline = async (checkpoints: Checkpoint[], alter = (lines: string[]) => lines) => {
    const { body } = await ada.get<string>('/api/audit/export?format=jsonl');
    const verifier = new Verifier(cryptography, checkpoints);
    for (const line of alter(body.trim().split('\n'))) {
      const parsed = JSON.parse(line) as ExportedEntry & { cut?: Cut };
      if (parsed.cut) verifier.begin(parsed.cut);
      else verifier.add(parsed);
    }
    return verifier.finish();
  };

  /** A year and more ago somebody worked here; the log's beginning is of that time. */
  beforeAll(async () => {
    app = await TestApp.start();
    app.clock.advance(-400 * DAY);
    const then = await app.person('Ada');
    ada = then;
    lead = (await then.post<Lead>('/api/leads', { name: 'Lin', email: 'lin@example.com' })).body;
    for (let n = 0; n < 8; n += 1) await then.patch(`/api/leads/${lead.id}`, { title: `Title ${n}` });
    await hourly();
    app.clock.advance(400 * DAY);
    ada = await app.signIn(then.session?.user.email ?? '');
    await ada.patch(`/api/leads/${lead.id}`, { title: 'Of today' });
  });
  afterAll(() => app?.stop());

  it('is for ever until somebody says otherwise', async () => {
    expect((await ada.get<AuditRetention>('/api/audit/retention')).body).toEqual({
      months: null,
      updatedAt: null,
      updatedBy: null,
    });
    expect(await sweep()).toBe(0);
  });

  it('shows beforehand what would go', async () => {
    const year = await preview(12);
    expect(year).toMatchObject({ months: 12, held: 0, first: { seq: 1 }, oldest: { seq: 1 } });
    expect(year.entries).toBeGreaterThan(600);
    expect(year.last?.seq).toBe(year.entries);
    expect(year.actions).toContainEqual({ action: 'lead.updated.v1', count: 8 });
    expect(year.actions.reduce((sum, { count }) => sum + count, 0)).toBe(year.entries);
    expect(await preview(24)).toMatchObject({ entries: 0, first: null, last: null, actions: [] });
  });

  it('is set by those who may, within its limits, and leaves its entry', async () => {
    for (const months of [0, -1, 1.5, 241, 'x']) {
      expect({ months, status: (await ada.put('/api/audit/retention', { months })).status }).toEqual({
        months,
        status: 400,
      });
    }
    const auditor = await app.colleagueOf(ada, 'auditor');
    expect((await auditor.put('/api/audit/retention', { months: 12 })).status).toBe(403);
    expect((await auditor.get('/api/audit/retention')).status).toBe(200);
    const answer = await ada.put<AuditRetention>('/api/audit/retention', { months: 12 });
    expect(answer).toMatchObject({ status: 200, body: { months: 12, updatedBy: ada.userId } });
    expect(await app.rows('SELECT months FROM audit_retention WHERE workspace_id = $1', [ada.workspaceId])).toEqual([
      { months: 12 },
    ]);
    const [entry] = await newest();
    expect(entry).toMatchObject({
      action: 'audit_retention.changed.v1',
      changes: [{ field: 'months', before: null, after: 12 }],
    });
  });

  it('asks for a proof that is fresh', async () => {
    await proved('-');
    const answer = await ada.put<Problem>('/api/audit/retention', { months: 13 });
    expect(answer).toMatchObject({ status: 403, body: { code: 'proof_required' } });
    await proved('+');
  });

  it('cuts nothing while everything is held, and only up to what is held', async () => {
    const all = await place({ reason: 'Case 4711' });
    expect(all).toMatchObject({ status: 201, body: { targets: [], actorIds: [], releasedAt: null } });
    expect(await sweep()).toBe(0);
    expect(await preview(12)).toMatchObject({ entries: 0, held: expect.any(Number) });
    expect((await release(all.body.id)).body.releasedBy).toBe(ada.userId);
    const [released, placed] = await newest();
    expect([released?.action, placed?.action]).toEqual(['legal_hold.released.v1', 'legal_hold.placed.v1']);

    const ofLead = await place({ reason: 'Case 4712', targets: [`lead:${lead.id}`] });
    const { entries, held } = await preview(12);
    const [first] = await app.rows<{ seq: string }>('SELECT min(seq) AS seq FROM audit_entries WHERE targets @> $1', [
      [`lead:${lead.id}`],
    ]);
    expect(entries).toBe(Number(first?.seq) - 1);
    expect(held).toBeGreaterThan(600);
    expect((await release(ofLead.body.id)).status).toBe(200);
    expect((await release(ofLead.body.id)).status).toBe(200);
    const byAda = await place({ reason: 'Case 4713', actorIds: [ada.userId] });
    expect((await preview(12)).held).toBeGreaterThan(600);
    await release(byAda.body.id);
    for (const bad of [{ reason: '' }, { reason: 'Why', targets: ['planet:1'] }, { targets: [] }]) {
      expect((await place(bad)).status).toBe(400);
    }
    const eve = await app.person('Eve');
    expect((await eve.post(`/api/audit/holds/${byAda.body.id}/release`)).status).toBe(404);
  });

  it('cuts the beginning off, and what remains verifies here and offline', async () => {
    const old = (await ada.post<Checkpoint>('/api/audit/checkpoints')).body;
    const { entries, last } = await preview(12);
    expect(await sweep()).toBe(1);
    expect(await sweep()).toBe(0);
    const rows = await app.rows<{ seq: string }>('SELECT min(seq) AS seq FROM audit_entries WHERE workspace_id = $1', [
      ada.workspaceId,
    ]);
    expect(Number(rows[0]?.seq)).toBe(entries + 1);
    const result = await verification();
    expect(result).toMatchObject({ ok: true, findings: [] });
    expect(result.cannotTell.join()).toContain(`the first ${entries} entries`);
    const cuts = (await ada.get<Page<Cut & { entries: number }>>('/api/audit/cuts')).body.items;
    expect(cuts).toEqual([expect.objectContaining({ size: last?.seq, entries, reason: 'retention:12' })]);
    const [entry] = await newest();
    expect(entry).toMatchObject({ action: 'audit.cut.v1', actor: { type: 'system', id: 'retention' } });

    const now = (await ada.post<Checkpoint>('/api/audit/checkpoints')).body;
    expect(await verifiedOffline([old, now])).toMatchObject({ ok: true, findings: [] });
    // Without its record, or with one that was altered, the rest does not verify.
    expect((await verifiedOffline([], (lines) => lines.slice(1))).ok).toBe(false);
    expect((await verifiedOffline([], (lines) => lines.toSpliced(1, 1))).ok).toBe(false);
    const altered = await verifiedOffline([], (lines) => [
      (lines[0] ?? '').replace('retention:12', 'retention:1'),
      ...lines.slice(1),
    ]);
    expect(altered.findings[0]?.what).toContain('not signed');
  });

  it('goes on being chained, proved and listed across the cut', async () => {
    await hourly();
    await ada.patch(`/api/leads/${lead.id}`, { title: 'After the cut' });
    expect(await verification()).toMatchObject({ ok: true });
    expect((await ada.post('/api/audit/checkpoints')).status).toBe(201);
    const page = (await ada.get<Page<AuditEntry>>(`/api/audit?limit=200&targetType=lead&targetId=${lead.id}`)).body;
    expect(page.items.map(({ action }) => action)).toEqual([
      'lead.updated.v1',
      'legal_hold.released.v1',
      'legal_hold.placed.v1',
      'lead.updated.v1',
    ]);
    const since = '&from=2020-01-01T00:00:00Z&limit=200';
    const seen: number[] = [];
    for (let cursor = ''; ;) {
      const { items, nextCursor } = (await ada.get<Page<AuditEntry>>(`/api/audit?${since}${cursor}`)).body;
      seen.push(...items.map(({ seq }) => seq));
      if (nextCursor === null) break;
      expect(items).toHaveLength(200);
      cursor = `&cursor=${nextCursor}`;
    }
    const [left] = await app.rows<{ first: string }>(
      'SELECT min(seq) AS first FROM audit_entries WHERE workspace_id = $1',
      [ada.workspaceId],
    );
    expect(seen.at(-1)).toBe(Number(left?.first));
    expect(seen).toHaveLength((seen[0] ?? 0) - Number(left?.first) + 1);
    const blocks = await app.rows('SELECT 1 FROM audit_blocks WHERE workspace_id = $1 AND leaves IS NULL', [
      ada.workspaceId,
    ]);
    expect(blocks).toEqual([]);
  });

  it('finds an entry that was taken out behind the cut', async () => {
    const [row] = await app.rows<{ seq: string }>(
      'SELECT max(size) + 3 AS seq FROM audit_cuts WHERE workspace_id = $1',
      [ada.workspaceId],
    );
    const kept = await app.rows('SELECT * FROM audit_entries WHERE workspace_id = $1 AND seq = $2', [
      ada.workspaceId,
      row?.seq,
    ]);
    expect(kept).toHaveLength(1);
    await app.rows('ALTER TABLE audit_entries DISABLE TRIGGER USER');
    await app.rows('DELETE FROM audit_entries WHERE workspace_id = $1 AND seq = $2', [ada.workspaceId, row?.seq]);
    await app.rows('ALTER TABLE audit_entries ENABLE TRIGGER USER');
    expect((await verification()).ok).toBe(false);
  });

  it('is kept to by the database, whoever asks', async () => {
    const refused = async (work: () => Promise<unknown>) =>
      work().then(
        () => 'allowed',
        (error: unknown) => (error instanceof Error ? error.message : String(error)),
      );
    expect(await refused(() => app.rows('DELETE FROM audit_entries'))).toContain('written once');
    expect(await refused(() => app.rows('UPDATE audit_cuts SET size = size + 100'))).toContain('written once');
    const eve = await app.person('Eve');
    const as = (sql: string, parameters: unknown[] = []) =>
      refused(() => app.get(UnitOfWork).run(systemActor(eve.workspaceId, 'test'), (tx) => tx.query(sql, parameters)));
    const cut = 'SELECT cut_audit(1, $1, $1, ARRAY[$1]::bytea[], now(), $2, $1, $1)';
    const values = [Buffer.alloc(32), 'because'];
    expect(await as(cut, values)).toContain('kept for ever');
    await eve.put('/api/audit/retention', { months: 1 });
    expect(await as(cut, values)).toContain('not the outlived beginning');
    expect(await as('INSERT INTO audit_cuts (workspace_id) VALUES ($1)', [eve.workspaceId])).toContain(
      'permission denied',
    );
    expect(await as('DELETE FROM audit_entries')).toContain('permission denied');
  });
});
