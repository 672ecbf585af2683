import { createHash, createPublicKey, verify } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Checkpoint, type ExportedEntry, signedBytes, type Verification, Verifier } from '@threadline/audit';
import type { AuditEntry, AuditVerification, Lead, Page } from '@threadline/contracts';
import { PASSWORD, type Person, TestApp } from '../../../test';
import { Authenticator, systemActor } from '../../platform/access';
import { UnitOfWork } from '../../platform/work';
import { AuditExport } from './audit-export';
import { CheckpointSweeper } from './checkpoint.sweeper';

const cryptography = {
  sha256: (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest()),
  verifyEd25519: (key: Uint8Array, message: Uint8Array, signature: Uint8Array) => {
    const jwk = { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(key).toString('base64url') };
    return verify(null, message, createPublicKey({ key: jwk, format: 'jwk' }), signature);
  },
};

describe('the audit log', () => {
  let app: TestApp;
  let ada: Person;

  const entries = async (query = '', person = ada) =>
    (await person.get<Page<AuditEntry>>(`/api/audit?limit=200${query}`)).body.items;
  const verification = async (person = ada) => (await person.get<AuditVerification>('/api/audit/verify')).body;
  /** As the database's superuser, past every trigger. */
  const tamper = async (sql: string, parameters: unknown[]) => {
    await app.rows('ALTER TABLE audit_entries DISABLE TRIGGER USER');
    await app.rows(sql, parameters);
    await app.rows('ALTER TABLE audit_entries ENABLE TRIGGER USER');
  };

  beforeAll(async () => {
    app = await TestApp.start();
    ada = await app.person('Ada');
  });
  afterAll(() => app?.stop());

  it('tells who did what, when, from where, with what it was before and after', async () => {
    const asked = { 'x-request-id': 'audit-spec-0001', 'user-agent': 'Spec/1.0' };
    const lead = (await ada.post<Lead>('/api/leads', { name: 'Lin', email: 'lin@example.com' })).body;
    await ada.patch(`/api/leads/${lead.id}`, { name: 'Linnea', tags: ['warm'] }, asked);
    const [entry] = await entries(`&targetType=lead&targetId=${lead.id}&action=lead.updated`);
    expect(entry).toEqual({
      id: expect.any(String),
      seq: expect.any(Number),
      occurredAt: expect.stringMatching(/^\d{4}-.*Z$/),
      action: 'lead.updated.v1',
      outcome: 'allowed',
      actor: { type: 'user', id: ada.userId, name: 'Ada', credential: { kind: 'session', id: expect.any(String) } },
      targets: expect.arrayContaining([`lead:${lead.id}`]),
      changes: expect.arrayContaining([
        { field: 'name', before: 'Lin', after: 'Linnea' },
        { field: 'tags', before: [], after: ['warm'] },
      ]),
      ip: '127.0.0.1',
      userAgent: 'Spec/1.0',
      requestId: 'audit-spec-0001',
      reason: null,
      erased: [],
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it('tells of what was refused, by whom and why', async () => {
    const ben = await app.colleagueOf(ada);
    await ben.patch('/api/workspace', { name: 'Mine' }, { 'x-request-id': 'audit-spec-0002' });
    const [entry] = await entries('&outcome=denied');
    expect(entry).toMatchObject({
      action: 'access.denied.v1',
      actor: { type: 'user', id: ben.userId },
      changes: [{ field: 'route', after: 'PATCH /api/workspace' }],
      reason: 'forbidden',
      requestId: 'audit-spec-0002',
    });
  });

  it('tells of a sign-in as the person’s own, from where it came', async () => {
    const ida = await app.person('Ida');
    const [entry] = await entries(`&action=session.started&actorId=${ida.userId}`, ida);
    expect(entry).toMatchObject({ actor: { type: 'user', id: ida.userId }, outcome: 'allowed', reason: null });
  });

  it('tells of a new lead what was filled in, and nothing else', async () => {
    const lead = (await ada.post<Lead>('/api/leads', { name: 'Pia', email: 'pia@example.com' })).body;
    const [made] = await entries(`&targetId=${lead.id}&action=lead.created`);
    expect(made?.changes.map(({ field }) => field)).toEqual(['name', 'email', 'status']);
  });

  it('is for those who may read it, and tells of them too', async () => {
    const auditor = await app.colleagueOf(ada, 'auditor');
    expect((await auditor.get('/api/audit')).status).toBe(200);
    expect((await entries(`&actorId=${auditor.userId}&action=audit.viewed`)).length).toBe(1);
    const ben = await app.colleagueOf(ada);
    expect((await ben.get('/api/audit')).status).toBe(403);
    const eve = await app.person('Eve');
    expect(JSON.stringify(await entries('', eve))).not.toContain(ada.workspaceId);
  });

  it('is found by actor, action, outcome, target, time, address and request, page by page', async () => {
    const all = await entries();
    expect(await entries('&ip=127.0.0.1')).not.toEqual([]);
    expect(await entries('&ip=10.0.0.1')).toEqual([]);
    expect(await entries('&requestId=audit-spec-0001')).toHaveLength(1);
    for (const q of ['audit-spec-0001', ada.userId, '127.0.0.1', 'lead.created', 'Lead created', 'ada']) {
      expect({ q, found: (await entries(`&q=${q}`)).length > 0 }).toEqual({ q, found: true });
    }
    expect(await entries('&q=100%25_')).toEqual([]);
    const newest = all[0]?.seq ?? 0;
    expect((await entries(`&after=${newest}`)).every(({ seq }) => seq > newest)).toBe(true);
    expect((await entries('&action=lead')).every(({ action }) => action.startsWith('lead.'))).toBe(true);
    expect((await entries('&targetType=lead')).every(({ targets }) => targets.some((t) => t.startsWith('lead:')))).toBe(
      true,
    );
    expect(await entries('&from=2100-01-01T00:00:00Z')).toEqual([]);
    const first = await ada.get<Page<AuditEntry>>('/api/audit?limit=2');
    const second = await ada.get<Page<AuditEntry>>(`/api/audit?limit=2&cursor=${first.body.nextCursor}`);
    const seqs = [...first.body.items, ...second.body.items].map(({ seq }) => seq);
    expect(seqs).toEqual([0, 1, 2, 3].map((back) => (seqs[0] ?? 0) - back));
    expect(all.length).toBeGreaterThan(4);
    for (const bad of ['outcome=maybe', 'action=%25', 'from=yesterday', 'targetType=planet', 'cursor=x', 'color=red']) {
      expect({ bad, status: (await ada.get(`/api/audit?${bad}`)).status }).toEqual({ bad, status: 400 });
    }
  });

  it('has each entry by its id, and tells who opened it', async () => {
    const ben = await app.person('Ben');
    const [entry] = await entries('&action=audit.viewed');
    const one = await ada.get<AuditEntry>(`/api/audit/${entry?.id}`);
    expect([one.status, one.body]).toEqual([200, entry]);
    // By looking for it, and by opening it.
    const viewed = await entries('&action=audit.viewed');
    expect(viewed.findIndex(({ id }) => id === entry?.id)).toBe(2);
    expect((await ben.get(`/api/audit/${entry?.id}`)).status).toBe(404);
    expect((await ada.get('/api/audit/7')).status).toBe(400);
  });

  it('never holds a secret or what was written', async () => {
    const canary = 'canary-4711-written-to-nobody';
    const lead = (await ada.post<Lead>('/api/leads', { name: 'Mo', email: 'mo@example.com' })).body;
    await ada.post(`/api/drafts/${lead.id}`, { channel: 'email', content: canary });
    await ada.post(`/api/leads/${lead.id}/messages`, { channel: 'email', subject: canary, content: canary });
    const key = (await ada.post<{ key: string }>('/api/api-keys', { name: 'K', permissions: ['leads:read'] })).body.key;
    await app.settle();
    const rows = await app.rows<{ entry: string }>('SELECT entry FROM audit_entries WHERE workspace_id = $1', [
      ada.workspaceId,
    ]);
    const opened = JSON.stringify(await entries());
    for (const secret of [canary, PASSWORD, key, ada.token, 'mo@example.com']) {
      expect(rows.some(({ entry }) => entry.includes(secret))).toBe(false);
    }
    for (const secret of [canary, PASSWORD, key, ada.token]) expect(opened).not.toContain(secret);
  });

  it('forgets a person when their key is dropped, and still verifies', async () => {
    const lead = (await ada.post<Lead>('/api/leads', { name: 'Nia Erased', email: 'nia@example.com' })).body;
    await app.rows('UPDATE audit_keys SET key = NULL WHERE workspace_id = $1 AND subject = $2', [
      ada.workspaceId,
      `lead:${lead.id}`,
    ]);
    const [entry] = await entries(`&targetId=${lead.id}`);
    expect(entry).toMatchObject({ changes: [], erased: [`lead:${lead.id}`] });
    expect(await verification()).toMatchObject({ ok: true, findings: [] });
  });

  it('can be added to and read by the API’s role, and nothing else', async () => {
    for (const statement of [
      "UPDATE audit_entries SET outcome = 'allowed'",
      'DELETE FROM audit_entries',
      'TRUNCATE audit_entries',
    ]) {
      await expect(app.rows(`SET ROLE threadline_app; ${statement}`)).rejects.toThrow(/permission denied/);
      await app.rows('RESET ROLE');
      await expect(app.rows(statement)).rejects.toThrow('written once');
    }
  });

  describe('after the superuser', () => {
    const broken = async (change: (person: Person) => Promise<void>) => {
      const zoe = await app.person('Zoe');
      for (const name of ['A', 'B', 'C', 'D']) await zoe.post('/api/leads', { name });
      expect(await verification(zoe)).toMatchObject({ ok: true });
      await change(zoe);
      return verification(zoe);
    };

    it.each([
      [
        'edited an entry',
        `UPDATE audit_entries SET entry = replace(entry, '"allowed"', '"denied"') WHERE workspace_id = $1 AND seq = 5`,
        5,
      ],
      [
        'edited what it is found by',
        `UPDATE audit_entries SET actor_id = 'somebody' WHERE workspace_id = $1 AND seq = 5`,
        5,
      ],
      [
        'back-dated it',
        `UPDATE audit_entries SET occurred_at = occurred_at - interval '1 hour' WHERE workspace_id = $1 AND seq = 5`,
        5,
      ],
      [
        'wrote a key of it twice, which readers do not read alike',
        `UPDATE audit_entries SET entry = replace(entry, '"outcome":"allowed"', '"outcome":"denied","outcome":"allowed"') WHERE workspace_id = $1 AND seq = 5`,
        5,
      ],
      ['deleted it', 'DELETE FROM audit_entries WHERE workspace_id = $1 AND seq = 5', 6],
      [
        'inserted one',
        `INSERT INTO audit_entries SELECT workspace_id, seq + 1000, id, occurred_at, action, outcome, actor_id, targets, request_id, ip_hash, entry, hash
           FROM audit_entries WHERE workspace_id = $1 AND seq = 5`,
        5,
      ],
      [
        'swapped two',
        `UPDATE audit_entries a SET entry = b.entry, hash = b.hash FROM audit_entries b
          WHERE a.workspace_id = $1 AND b.workspace_id = $1 AND a.seq IN (5, 6) AND b.seq = 11 - a.seq`,
        5,
      ],
      ['cut the end off', 'DELETE FROM audit_entries WHERE workspace_id = $1 AND seq >= 6', undefined],
    ])('%s, it says so', async (_, sql, first) => {
      const result = await broken((zoe) => tamper(sql, [zoe.workspaceId]));
      expect(result.ok).toBe(false);
      expect(result.firstBroken).toBe(first);
      expect(result.findings.length).toBeGreaterThan(0);
    });

    it('wrote all of it anew, it is found against a checkpoint that was kept', async () => {
      const zoe = await app.person('Zoe');
      const kept = (await zoe.post<Checkpoint>('/api/audit/checkpoints')).body;
      await tamper(
        `WITH gone AS (DELETE FROM audit_entries WHERE workspace_id = $1) UPDATE audit_heads SET size = 0, head = decode(repeat('00', 32), 'hex') WHERE workspace_id = $1`,
        [zoe.workspaceId],
      );
      await zoe.post('/api/leads', { name: 'As if nothing had been' });
      const result = await offline(zoe, [kept]);
      expect(result.findings.map(({ what }) => what).join()).toMatch(/its end is gone|rewritten/);
    });
  });

  async function offline(person: Person, checkpoints: Checkpoint[]): Promise<Verification> {
    const file = await person.get<string>('/api/audit/export?format=jsonl');
    expect(file.status).toBe(200);
    const verifier = new Verifier(cryptography, checkpoints);
    for (const line of file.body.trim().split('\n')) verifier.add(JSON.parse(line) as ExportedEntry);
    return verifier.finish(checkpoints[0]?.publicKey);
  }

  it('is exported so that anybody can verify it, against a signed checkpoint', async () => {
    const made = await ada.post<Checkpoint>('/api/audit/checkpoints');
    expect(made.status).toBe(201);
    expect(made.body).toEqual({
      workspaceId: ada.workspaceId,
      size: expect.any(Number),
      root: expect.stringMatching(/^[0-9a-f]{64}$/),
      head: expect.stringMatching(/^[0-9a-f]{64}$/),
      at: expect.any(String),
      previous: null,
      signature: expect.any(String),
      publicKey: expect.any(String),
    });
    const bytes = (text: string) => Buffer.from(text, 'base64');
    expect(
      cryptography.verifyEd25519(bytes(made.body.publicKey), signedBytes(made.body), bytes(made.body.signature)),
    ).toBe(true);
    const result = await offline(ada, [made.body]);
    expect(result).toMatchObject({ ok: true, findings: [] });
    const again = (await ada.post<Checkpoint>('/api/audit/checkpoints')).body;
    expect(again).toMatchObject({ previous: made.body.root });
    expect((await offline(ada, [made.body, again])).ok).toBe(true);
    const list = (await ada.get<Page<Checkpoint>>('/api/audit/checkpoints')).body.items;
    expect(list).toEqual([again, made.body]);
  });

  it('is exported for people, and no field of it runs in a spreadsheet', async () => {
    await ada.patch('/api/workspace', { name: '=HYPERLINK("https://evil.test")' });
    const file = await ada.get<string>('/api/audit/export?format=csv');
    expect(file.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(file.headers['content-disposition']).toContain('attachment');
    const [head, ...lines] = file.body.trim().split('\r\n');
    expect(head).toBe('"seq","time","actor","actor id","action","outcome","targets","changes","ip","request","hash"');
    expect(lines.length).toBeGreaterThan(10);
    expect(file.body).not.toMatch(/(^|",)"[=+@-]/m);
    expect((await ada.get('/api/audit/export?format=xml')).status).toBe(400);
  });

  it('stops in the middle of a file for who may no longer read it', async () => {
    const [zoe, work] = [await app.person('Zoe'), app.get(UnitOfWork)];
    const auditor = await app.colleagueOf(zoe, 'auditor');
    await work.run(systemActor(zoe.workspaceId, 'test'), async (tx) => {
      for (let note = 0; note < 4_100; note++) {
        tx.note({ action: 'spec.noted', outcome: 'allowed', targets: [`workspace:${zoe.workspaceId}`] });
      }
    });
    const sessions = await app.rows<{ id: string }>('SELECT id FROM sessions WHERE user_id = $1', [auditor.userId]);
    const [actor] = (await app.get(Authenticator).stillGood('session', [sessions[0]?.id ?? ''])).values();
    if (!actor) throw new Error('The auditor is not signed in');
    const file = await app.get(AuditExport).stream(actor, 'jsonl');
    let pages = 0;
    const reading = (async () => {
      for await (const page of file) {
        if (String(page) === '' || pages++ > 0) continue;
        expect(String(page)).toContain('"seq":1,');
        await app.rows('UPDATE sessions SET ended_at = now() WHERE id = $1', [sessions[0]?.id]);
      }
    })();
    await expect(reading).rejects.toMatchObject({ code: 'session_ended' });
    // A page or two were on their way already.
    expect(pages).toBeLessThan(4);
  });

  it('gets a checkpoint an hour, when something happened', async () => {
    const sweeper = app.get(CheckpointSweeper);
    await sweeper.look();
    expect(await sweeper.look()).toBe(0);
    await ada.post('/api/leads', { name: 'Later' });
    await ada.post('/api/leads', { name: 'Later still' });
    expect(await sweeper.look()).toBe(0);
    app.clock.advance(3_600_001);
    expect(await sweeper.look()).toBeGreaterThan(0);
    app.clock.advance(-3_600_001);
  });
});
