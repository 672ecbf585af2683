import { createHash, createPublicKey, verify } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Checkpoint, type ConsistencyProof, type InclusionProof, verifyProof } from '@threadline/audit';
import type { AuditEntry, AuditVerification, Page, Problem } from '@threadline/contracts';
import { type Person, TestApp } from '../../../test';
import { systemActor } from '../../platform/access';
import { UnitOfWork } from '../../platform/work';

const cryptography = {
  sha256: (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest()),
  verifyEd25519: (key: Uint8Array, message: Uint8Array, signature: Uint8Array) => {
    const jwk = { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(key).toString('base64url') };
    return verify(null, message, createPublicKey({ key: jwk, format: 'jwk' }), signature);
  },
};

/** More than two full blocks of 512, and a rest. */
const MANY = 1_300;
const HOUR = 3_600_000;
const BEGUN = Date.UTC(2026, 8, 1);
const ACTIONS = ['lead.updated', 'lead.created', 'message.sent', 'team.renamed'];

describe('a log of several blocks', () => {
  let app: TestApp;
  let ada: Person;
  let early: Checkpoint;
  let late: Checkpoint;
  const people = ['p-1', 'p-2', 'p-3'];
  const leads = Array.from({ length: 40 }, (_, at) => `l-${at}`);

  beforeAll(async () => {
    app = await TestApp.start();
    ada = await app.person('Ada');
    early = (await ada.post<Checkpoint>('/api/audit/checkpoints')).body;
    await app.get(UnitOfWork).run(systemActor(ada.workspaceId, 'spec'), async (tx) => {
      for (let n = 0; n < MANY; n++) {
        const by = { ...systemActor(ada.workspaceId, 'spec'), type: 'user' as const, id: people[n % 3] ?? '' };
        // Not always in the order of their numbers, as hits come in.
        const at = new Date(BEGUN + n * HOUR - (n % 7) * 5 * HOUR);
        tx.at(at, by).note({
          action: ACTIONS[n % 4] ?? '',
          outcome: n % 50 === 0 ? 'denied' : 'allowed',
          targets: n % 4 === 3 ? [`workspace:${ada.workspaceId}`] : [`lead:${leads[n % 40] ?? ''}`],
          changes: n % 4 === 3 ? [{ field: 'name', before: 'Söuth', after: `Nörth ${n % 5}` }] : [],
          ...(n % 100 === 7 ? { reason: 'rule:seven' } : {}),
        });
      }
    });
    late = (await ada.post<Checkpoint>('/api/audit/checkpoints')).body;
  });
  afterAll(() => app?.stop());

  const page = (query: string) => ada.get<Page<AuditEntry>>(`/api/audit?limit=200&${query}`);
  const every = async (query: string) => {
    const seqs: number[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const { status, body } = await page(`${query}${cursor && `&cursor=${cursor}`}`);
      expect(status).toBe(200);
      seqs.push(...body.items.map(({ seq }) => seq));
      cursor = body.nextCursor;
    }
    return seqs;
  };
  const rows = async (condition: string) => {
    const found = await app.rows<{ seq: string }>(
      `SELECT seq FROM audit_entries WHERE workspace_id = $1 AND seq <= $2 AND ${condition} ORDER BY seq DESC`,
      [ada.workspaceId, late.size],
    );
    return found.map(({ seq }) => Number(seq));
  };
  const at = (n: number) => new Date(BEGUN + n * HOUR).toISOString();
  const time = (from: number, to: number) => `from=${at(from)}&to=${at(to)}`;
  const within = (from: number, to: number) => `occurred_at >= '${at(from)}' AND occurred_at < '${at(to)}'`;

  it.each([
    ['a person', 'actorId=p-1', `actor_id = 'p-1'`],
    ['an outcome', 'outcome=denied', `outcome = 'denied'`],
    ['an action in any version', 'action=lead.updated', `action LIKE 'lead.updated.%'`],
    ['an action in one version', 'action=lead.updated.v1', `action = 'lead.updated.v1'`],
    ['everything done to a kind of thing', 'action=lead.*', `action LIKE 'lead.%'`],
    ['a kind of thing alone', 'action=team', `action LIKE 'team.%'`],
    ['a thing', 'targetType=lead&targetId=l-8', `targets && '{lead:l-8}'`],
    ['a thing of any kind', 'targetId=l-9', `targets && '{lead:l-9}'`],
    ['things of a kind', 'targetType=workspace', `targets::text LIKE '%workspace:%'`],
    ['a time', time(300, 420), within(300, 420)],
    ['a time that is over', time(-500, 20), within(-500, 20)],
    ['a person and an outcome', 'actorId=p-2&outcome=denied', `actor_id = 'p-2' AND outcome = 'denied'`],
    ['what there is none of', 'actorId=p-1&action=nothing.done', 'false'],
    [
      'all of it',
      `actorId=p-3&action=lead.*&targetType=lead&${time(100, 1_200)}`,
      `actor_id = 'p-3' AND action LIKE 'lead.%' AND targets::text LIKE '%lead:%' AND ${within(100, 1_200)}`,
    ],
    ['a word of the action', 'q=renamed', `action LIKE '%renamed%'`],
    ['words in any order and case', 'q=Denied LEAD', `outcome = 'denied' AND action LIKE 'lead.%'`],
    ['a word of what is not sealed', 'q=north', `entry LIKE '%Nörth%'`],
    ['a reason', 'q=rule:seven', `entry LIKE '%rule:seven%'`],
    ['an id', 'q=l-17', `targets && '{lead:l-17}'`],
  ])('finds by %s what has it, page by page, and nothing else', async (_, query, condition) => {
    const found = (await every(query.replaceAll(' ', '%20'))).filter((seq) => seq <= late.size);
    expect(found).toEqual(await rows(condition));
  });

  it('finds what is newer than what one has, for a screen that follows it', async () => {
    expect(await every('actorId=p-1&after=900')).toEqual((await rows(`actor_id = 'p-1'`)).filter((seq) => seq > 900));
  });

  it('proves an entry in the newest checkpoint and in an earlier one, in less than 4 KB', async () => {
    const list = (await page('action=lead.updated')).body.items;
    for (const { id, seq } of [list.at(0), list.at(-1), (await page('actorId=p-2')).body.items.at(5)].map(
      (entry) => entry as AuditEntry,
    )) {
      const { status, body } = await ada.get<InclusionProof>(`/api/audit/${id}/proof`);
      expect(status).toBe(200);
      expect(body).toMatchObject({ leafIndex: seq - 1, treeSize: late.size, checkpoint: late });
      expect(await verifyProof(cryptography, body, [late], late.publicKey)).toMatchObject({ ok: true, cannotTell: [] });
      expect(Buffer.byteLength(JSON.stringify(body))).toBeLessThan(4_096);
      const other = { ...body, entry: { ...body.entry, outcome: 'failed' } };
      expect((await verifyProof(cryptography, other, [late])).ok).toBe(false);
    }
    const [first] = (await ada.get<Page<AuditEntry>>('/api/audit?limit=1&action=workspace.created')).body.items;
    const { body } = await ada.get<InclusionProof>(`/api/audit/${first?.id}/proof?size=${early.size}`);
    expect(body).toMatchObject({ treeSize: early.size, checkpoint: early });
    expect((await verifyProof(cryptography, body, [early], early.publicKey)).ok).toBe(true);
  });

  it('proves that the log of a checkpoint goes on from the one before it, and between any sizes', async () => {
    for (const [from, to] of [
      [early.size, late.size],
      [1, 512],
      [511, 513],
      [512, 1_024],
      [700, 1_301],
      [late.size, late.size],
    ] as const) {
      const { status, body } = await ada.get<ConsistencyProof>(`/api/audit/consistency?from=${from}&to=${to}`);
      expect(status).toBe(200);
      expect(await verifyProof(cryptography, body, [early, late], late.publicKey)).toMatchObject({ ok: true });
    }
  });

  it('proves nothing that is not so, and nothing to who may not read it', async () => {
    const [newest] = (await ada.get<Page<AuditEntry>>('/api/audit?limit=1')).body.items;
    const refused = await ada.get<Problem>(`/api/audit/${newest?.id}/proof`);
    expect(refused.body).toMatchObject({ code: 'wrong_state', detail: expect.stringContaining('checkpoint') });
    for (const [path, status] of [
      [`/api/audit/${newest?.id}/proof?size=${late.size - 1}`, 404],
      ['/api/audit/01234567-89ab-7cde-8f01-23456789abcd/proof', 404],
      ['/api/audit/nonsense/proof', 400],
      ['/api/audit/consistency?from=9&to=3', 400],
      ['/api/audit/consistency?from=1&to=999999', 400],
      ['/api/audit/consistency?from=0&to=3', 400],
      ['/api/audit/consistency', 400],
    ] as const) {
      expect({ path, status: (await ada.get(path)).status }).toEqual({ path, status });
    }
    const ben = await app.colleagueOf(ada);
    expect((await ben.get(`/api/audit/${newest?.id}/proof`)).status).toBe(403);
    expect((await ben.get('/api/audit/consistency?from=1&to=2')).status).toBe(403);
    const eve = await app.person('Eve');
    expect((await eve.get(`/api/audit/${newest?.id}/proof`)).status).toBe(404);
  });

  it.each([
    ['a hash', `UPDATE audit_blocks SET leaves = overlay(leaves placing '\\x00'::bytea from 40) WHERE block = 1`, 513],
    ['a root', `UPDATE audit_blocks SET root = sha256('other') WHERE block = 1`, 513],
    ['a time', `UPDATE audit_blocks SET last_at = last_at - interval '1 day' WHERE block = 0`, 1],
    ['a block', 'DELETE FROM audit_blocks WHERE block = 1', 513],
    ['what a person is found by', `DELETE FROM audit_index WHERE key = 'a:p-1' AND block = 0`, 1],
    [
      'one bit of it',
      `UPDATE audit_index SET bits = bits # set_bit(repeat('0', 512)::bit(512), 100, 1) WHERE key = 'a:p-2' AND block = 1`,
      513,
    ],
  ])('says so when the superuser changed %s of what is kept beside the entries', async (_, sql, first) => {
    const ask = async () => (await ada.get<AuditVerification>('/api/audit/verify')).body;
    expect(await ask()).toMatchObject({ ok: true });
    await app.rows('ALTER TABLE audit_blocks DISABLE TRIGGER USER');
    await app.rows(
      `CREATE TABLE kept_blocks AS TABLE audit_blocks; CREATE TABLE kept_index AS TABLE audit_index; ${sql}`,
    );
    const before = await ask();
    await app.rows(`DELETE FROM audit_blocks; INSERT INTO audit_blocks TABLE kept_blocks;
                    DELETE FROM audit_index; INSERT INTO audit_index TABLE kept_index;
                    DROP TABLE kept_blocks, kept_index; ALTER TABLE audit_blocks ENABLE TRIGGER USER`);
    expect(before).toMatchObject({ ok: false, firstBroken: first });
  });
});
