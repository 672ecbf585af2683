import { createPublicKey, verify } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Receipt, receiptBytes } from '@threadline/audit';
import type {
  AuditEntry,
  AuditVerification,
  DashboardStats,
  EventPage,
  Lead,
  LegalHold,
  MailboxMail,
  Message,
  Page,
  PrivacyRequest,
  Problem,
} from '@threadline/contracts';
import { type Person, TestApp } from '../../../test';
import { SessionDirectory } from '../auth';

/** Words that stand nowhere else: whoever finds one has found the lead. */
const CANARY = { name: 'Quillaby Vexmoor', email: 'quillaby.vexmoor@canary.example', phone: '+49 4711 0815 4242' };
const WRITTEN = 'the zanzibarite of page nine';

describe('a data subject’s request', () => {
  let app: TestApp;
  let ada: Person;
  let lead: Lead;

  const ask = (kind: 'erase' | 'export', leadId = lead.id, person = ada) =>
    person.post<PrivacyRequest>('/api/privacy/requests', { kind, leadId });
  const one = async (id: string) => (await ada.get<PrivacyRequest>(`/api/privacy/requests/${id}`)).body;

  /** A lead with everything that can be known of one. */
  const known = async (who = CANARY): Promise<Lead> => {
    const made = await ada.post<Lead>(
      '/api/leads',
      { ...who, company: 'Vexmoor & Daughters', tags: ['quillabian'], customFields: { nickname: 'Quilly Vexmoor' } },
      { 'idempotency-key': 'make-the-canary' },
    );
    const { id } = made.body;
    await ada.patch(`/api/leads/${id}`, { title: `Aunt of ${who.name}` });
    const sent = await ada.post<Message>(`/api/leads/${id}/messages`, {
      channel: 'email',
      subject: `For ${who.name}`,
      content: `<p>Dear ${who.name}, see <a href="https://example.com/${encodeURIComponent(who.email)}">${WRITTEN}</a></p>`,
    });
    await ada.post(`/api/drafts/${id}`, { channel: 'email', content: `Another word for ${who.name}` });
    await app.settle();
    const mail = (await ada.get<Page<MailboxMail>>('/api/mailbox')).body.items.find(
      ({ messageId }) => messageId === sent.body.id,
    );
    await ada.post(`/api/mailbox/${mail?.id}/open`);
    await ada.post(`/api/mailbox/${mail?.id}/click`, { index: 0 });
    await ada.post(`/api/mailbox/${mail?.id}/reply`, { text: `Yours, ${who.name}, ${who.phone}` });
    await app.settle();
    return made.body;
  };

  /** Every table of the database, as text and as bytes: where these words stand. */
  const found = async (words: readonly string[]) => {
    const columns = await app.rows<{ table_name: string; column_name: string; data_type: string }>(
      `SELECT c.table_name, c.column_name, c.data_type FROM information_schema.columns c
         JOIN information_schema.tables t USING (table_schema, table_name)
        WHERE c.table_schema IN ('threadline', 'jobs') AND t.table_type = 'BASE TABLE'
          AND c.data_type IN ('text', 'character varying', 'jsonb', 'json', 'ARRAY', 'bytea', 'USER-DEFINED')`,
    );
    const places: string[] = [];
    for (const { table_name: table, column_name: column, data_type: type } of columns) {
      const shown = type === 'bytea' ? `encode("${column}", 'escape')` : `"${column}"::text`;
      const schema = (
        await app.rows(
          `SELECT to_regclass('threadline.${table}') AS t WHERE to_regclass('threadline.${table}') IS NOT NULL`,
        )
      ).length
        ? 'threadline'
        : 'jobs';
      const [row] = await app.rows<{ n: string }>(
        `SELECT count(*) AS n FROM ${schema}."${table}" WHERE lower(${shown}) LIKE ANY ($1)`,
        [words.map((word) => `%${word.toLowerCase()}%`)],
      );
      if (Number(row?.n) > 0) places.push(`${table}.${column}`);
    }
    return places;
  };

  beforeAll(async () => {
    app = await TestApp.start();
    ada = await app.person('Ada');
    lead = await known();
  });
  afterAll(() => app?.stop());
  beforeEach(() => app.settle());

  it('is for those who may, about a lead that is there', async () => {
    const ben = await app.colleagueOf(ada);
    const eve = await app.person('Eve');
    expect((await ask('erase', lead.id, ben)).status).toBe(403);
    expect((await ask('erase', lead.id, eve)).status).toBe(404);
    expect((await ask('erase', '018f0000-0000-7000-8000-000000000000')).status).toBe(404);
    expect((await ben.get('/api/privacy/requests')).status).toBe(403);
    const proved = async (sign: '+' | '-') => {
      await app.rows(`UPDATE sessions SET proved_at = proved_at ${sign} interval '16 minutes' WHERE user_id = $1`, [
        ada.userId,
      ]);
      app.get(SessionDirectory).forgetAll();
    };
    await proved('-');
    expect((await ask('erase')).body).toMatchObject({ code: 'proof_required' });
    await proved('+');
  });

  it('hands over everything that is known, to who asked and for a week', async () => {
    const made = await ask('export');
    expect(made).toMatchObject({ status: 201, body: { kind: 'export', leadName: CANARY.name, state: 'waiting' } });
    await app.settle();
    const done = await one(made.body.id);
    expect(done).toMatchObject({ state: 'done', stage: null, counts: { lead: 1, messages: 2, drafts: 1 } });
    expect(done.fileUntil).not.toBeNull();
    const file = await ada.get<{ sections: Record<string, object[]> }>(`/api/privacy/requests/${made.body.id}/file`);
    expect(file.headers['content-disposition']).toContain('attachment');
    expect(file.body.sections['lead']).toEqual([expect.objectContaining({ email: CANARY.email, phone: CANARY.phone })]);
    expect(JSON.stringify(file.body.sections['messages'])).toContain(WRITTEN);
    expect(file.body.sections['history']).not.toEqual([]);
    expect(JSON.stringify(file.body)).not.toContain(ada.session?.user.email);
    const page = await ada.get<string>(`/api/privacy/requests/${made.body.id}/file?format=html`);
    expect(page.body).toContain(CANARY.name);
    expect(page.body).not.toContain('<a href');
    const admin = await app.colleagueOf(ada, 'admin');
    expect((await admin.get(`/api/privacy/requests/${made.body.id}/file`)).status).toBe(403);
    const [entry] = (await ada.get<Page<AuditEntry>>('/api/audit?action=privacy_request.file_fetched')).body.items;
    expect(entry?.targets).toContain(`lead:${lead.id}`);
    app.clock.advance(8 * 86_400_000);
    await app.settle();
    expect(await app.rows('SELECT file FROM privacy_requests WHERE id = $1', [made.body.id])).toEqual([{ file: null }]);
    app.clock.advance(-8 * 86_400_000);
    expect((await ada.get(`/api/privacy/requests/${made.body.id}/file`)).status).toBe(404);
  });

  it('is refused while a legal hold keeps the lead', async () => {
    const hold = await ada.post<LegalHold>('/api/audit/holds', { reason: 'Case 12', targets: [`lead:${lead.id}`] });
    const refused = await ask('erase');
    expect(refused).toMatchObject({ status: 409, body: { code: 'on_hold', current: { id: hold.body.id } } });
    expect((await ada.get(`/api/leads/${lead.id}`)).status).toBe(200);
    await ada.post(`/api/audit/holds/${hold.body.id}/release`);
  });

  it('fails, and erases nothing, when a hold is placed before it is worked on', async () => {
    const other = (await ada.post<Lead>('/api/leads', { name: 'Tam', email: 'tam@example.com' })).body;
    await app.rows(
      `INSERT INTO legal_holds (workspace_id, id, reason, targets, actor_ids, placed_at, placed_by)
       SELECT $1, gen_random_uuid(), 'Placed meanwhile', '{}', '{lin}', now(), $2`,
      [ada.workspaceId, ada.userId],
    );
    await app.rows(
      `INSERT INTO privacy_requests (workspace_id, id, kind, lead_id, subject_hash, state, stage, requested_at, requested_by)
       VALUES ($1, gen_random_uuid(), 'erase', $2, 'x', 'waiting', 'rows', now(), $3)`,
      [ada.workspaceId, other.id, ada.userId],
    );
    await app.rows(`UPDATE legal_holds SET targets = $1, actor_ids = '{}' WHERE reason = 'Placed meanwhile'`, [
      [`lead:${other.id}`],
    ]);
    await app.settle();
    const [request] = (await ada.get<Page<PrivacyRequest>>('/api/privacy/requests')).body.items;
    expect(request).toMatchObject({
      leadId: other.id,
      state: 'failed',
      failure: expect.stringContaining('Placed meanwhile'),
    });
    expect((await ada.get(`/api/leads/${other.id}`)).status).toBe(200);
  });

  it('erases everything that tells who it was, and keeps numbers and proofs', async () => {
    await ask('export');
    await app.settle();
    const words = [
      CANARY.name,
      CANARY.email,
      CANARY.phone,
      encodeURIComponent(CANARY.email),
      WRITTEN,
      'vexmoor',
      'quillab',
    ];
    expect(await found(words)).not.toEqual([]);
    const before = (await ada.get<DashboardStats>('/api/dashboard/stats')).body;
    const events = (await ada.get<EventPage>('/api/events?after=0&limit=200')).body;

    const made = await ask('erase');
    expect(made).toMatchObject({ status: 201, body: { kind: 'erase', state: 'waiting' } });
    await app.settle();
    const done = await one(made.body.id);
    expect(done).toMatchObject({ state: 'done', leadName: null, failure: null });
    expect(done.counts).toMatchObject({
      leads: 1,
      messages: 2,
      conversations: 1,
      drafts: 1,
      audit_keys: 1,
      privacy_files: 1,
    });

    expect(await found(words)).toEqual([]);
    for (const path of [`/api/leads/${lead.id}`, `/api/leads/${lead.id}/timeline`, `/api/leads/${lead.id}/messages`]) {
      expect({ path, status: (await ada.get(path)).status }).toEqual({ path, status: 404 });
    }
    expect((await ask('erase')).status).toBe(404);
    for (const path of ['/api/leads?search=vexmoor', '/api/conversations', '/api/mailbox', '/api/dashboard/activity']) {
      expect({ path, shown: /vexmoor|quillab/i.test(JSON.stringify((await ada.get(path)).body)) }).toEqual({
        path,
        shown: false,
      });
    }
    expect((await ada.get<AuditVerification>('/api/audit/verify')).body).toMatchObject({ ok: true, findings: [] });
    const entries = (await ada.get<Page<AuditEntry>>(`/api/audit?targetType=lead&targetId=${lead.id}&limit=200`)).body
      .items;
    expect(entries.find(({ action }) => action === 'lead.created.v1')).toMatchObject({
      changes: [],
      erased: [`lead:${lead.id}`],
    });
    expect(entries.map(({ action }) => action)).toContain('lead.erased.v1');

    const after = (await ada.get<DashboardStats>('/api/dashboard/stats')).body;
    expect(JSON.stringify(after)).not.toContain('NaN');
    expect(after).toMatchObject({ ...numbersOf(before) });
    const replayed = (await ada.get<EventPage>('/api/events?after=0&limit=200')).body;
    expect(replayed.items.slice(0, events.items.length).map(({ seq }) => seq)).toEqual(
      events.items.map(({ seq }) => seq),
    );
    expect(JSON.stringify(replayed)).toContain('"name":"erased"');
  });

  it('sends nothing to the address any more, under whatever name', async () => {
    const again = (await ada.post<Lead>('/api/leads', { name: 'Somebody', email: CANARY.email.toUpperCase() })).body;
    const refused = await ada.post<Problem>(`/api/leads/${again.id}/messages`, { channel: 'email', content: 'Hello' });
    expect(refused).toMatchObject({ status: 409, body: { code: 'address_suppressed' } });
  });

  it('answers a retry of what made the lead with a word, and makes nothing again', async () => {
    const again = await ada.post(
      '/api/leads',
      { ...CANARY, company: 'Vexmoor & Daughters', tags: ['quillabian'], customFields: { nickname: 'Quilly Vexmoor' } },
      { 'idempotency-key': 'make-the-canary' },
    );
    expect(again.body).toEqual({ erased: true });
  });

  it('lets a message that waited already fail instead of leaving', async () => {
    const first = (await ada.post<Lead>('/api/leads', { name: 'Twin', email: 'twin@canary.example' })).body;
    const second = (await ada.post<Lead>('/api/leads', { name: 'Other twin' })).body;
    await app.rows(`ALTER TABLE leads DISABLE TRIGGER USER`);
    await app.rows(`UPDATE leads SET email = 'Twin@canary.example' WHERE id = $1`, [second.id]);
    await app.rows(`ALTER TABLE leads ENABLE TRIGGER USER`);
    const waiting = await ada.post<Message>(`/api/leads/${second.id}/messages`, {
      channel: 'email',
      content: 'Hello',
      undoSeconds: 10,
    });
    await ask('erase', first.id);
    await app.settle();
    app.clock.advance(15_000);
    await app.settle();
    app.clock.advance(-15_000);
    const [message] = await app.rows<{ status: string; failure: string }>(
      'SELECT status, failure FROM messages WHERE id = $1',
      [waiting.body.id],
    );
    expect(message).toMatchObject({ status: 'failed', failure: expect.stringContaining('asked to be forgotten') });
  });

  it('is answered with a receipt that anybody can check and that names nobody', async () => {
    const [request] = (await ada.get<Page<PrivacyRequest>>('/api/privacy/requests')).body.items.filter(
      ({ kind, leadId }) => kind === 'erase' && leadId === lead.id,
    );
    const receipt = (await ada.get<Receipt>(`/api/privacy/requests/${request?.id}/receipt`)).body;
    expect(receipt).toMatchObject({ kind: 'erase', requestedBy: ada.userId, fileHash: null, counts: { leads: 1 } });
    expect(JSON.stringify(receipt)).not.toMatch(/vexmoor|quillab/i);
    expect(JSON.stringify(receipt)).not.toContain(lead.id);
    const jwk = { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(receipt.publicKey, 'base64').toString('base64url') };
    const key = createPublicKey({ key: jwk, format: 'jwk' });
    const signature = Buffer.from(receipt.signature, 'base64');
    expect(verify(null, receiptBytes(receipt), key, signature)).toBe(true);
    expect(verify(null, receiptBytes({ ...receipt, kind: 'export' }), key, signature)).toBe(false);
  });

  it('is done again from where it stopped, and twice is once', async () => {
    const other = (await ada.post<Lead>('/api/leads', { name: 'Cut Short', email: 'cut.short@canary.example' })).body;
    const made = await ask('erase', other.id);
    await app.settle();
    await app.rows(
      `UPDATE privacy_requests SET state = 'running', stage = 'rows', lease_until = now() - interval '1 minute', receipt = NULL WHERE id = $1`,
      [made.body.id],
    );
    await app.settle();
    expect(await one(made.body.id)).toMatchObject({ state: 'done' });
    const erased = await app.rows(`SELECT 1 FROM events WHERE type = 'lead.erased' AND subject_id = $1`, [other.id]);
    expect(erased).toHaveLength(1);
  });

  it('cannot be done behind the ledger’s back', async () => {
    const other = (await ada.post<Lead>('/api/leads', { name: 'Safe' })).body;
    const refused = await app
      .rows(`SELECT set_config('app.workspace_id', $1, false)`, [ada.workspaceId])
      .then(() => app.rows('SELECT erase_lead($1)', [other.id]))
      .catch((error: unknown) => (error instanceof Error ? error.message : ''));
    expect(refused).toContain('nobody asked');
  });
});

/** What was counted, and does not change because somebody is forgotten: all but what there is now. */
function numbersOf(stats: DashboardStats): Partial<DashboardStats> {
  const { totalLeads, convertedLeads, openConversations, timestamp, asOf, ...counted } = stats;
  return totalLeads + convertedLeads + openConversations + asOf > 0 && timestamp ? counted : {};
}
