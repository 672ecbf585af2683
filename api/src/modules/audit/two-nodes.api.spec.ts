import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Checkpoint } from '@threadline/audit';
import type { AuditVerification } from '@threadline/contracts';
import { type Person, TestApp } from '../../../test';
import { systemActor } from '../../platform/access';
import { UnitOfWork } from '../../platform/work';

const ENTRIES = 10_000;
const A_TRANSACTION = 50;
const CALLERS = 4;

describe('two nodes on one database', () => {
  let one: TestApp;
  let other: TestApp;
  let ada: Person;

  beforeAll(async () => {
    one = await TestApp.start();
    other = await TestApp.start({ sharing: one, env: { PUBLIC_URL: one.url } });
    ada = await one.person('Ada');
  });
  afterAll(async () => {
    await other?.stop();
    await one?.stop();
  });

  /** Its half of the entries, by several callers at once. */
  const write = (node: TestApp, name: string) => {
    let left = ENTRIES / 2 / A_TRANSACTION;
    const caller = async (): Promise<void> => {
      while (left-- > 0) {
        await node.get(UnitOfWork).run(systemActor(ada.workspaceId, name), async (tx) => {
          for (let n = 0; n < A_TRANSACTION; n++) {
            tx.note({ action: 'spec.noted', outcome: 'allowed', targets: [`workspace:${ada.workspaceId}`] });
          }
        });
      }
    };
    return Promise.all(Array.from({ length: CALLERS }, caller));
  };

  it('append 10,000 entries to a log at the same time and leave one chain, blocks and all', async () => {
    const check = async () => (await ada.get<AuditVerification>('/api/audit/verify')).body;
    const before = (await check()).entries;
    await Promise.all([write(one, 'one'), write(other, 'other')]);
    const after = await check();
    expect(after).toMatchObject({ ok: true, findings: [], entries: before + ENTRIES });
    const turns = await one.rows<{ actor_id: string; turn: boolean }>(
      `SELECT actor_id, actor_id IS DISTINCT FROM lag(actor_id) OVER (ORDER BY seq) AS turn FROM audit_entries
        WHERE workspace_id = $1 AND action = 'spec.noted.v1'`,
      [ada.workspaceId],
    );
    for (const node of ['one', 'other']) {
      expect(turns.filter(({ actor_id }) => actor_id === node)).toHaveLength(ENTRIES / 2);
    }
    // They really took turns: neither waited for the other to end.
    expect(turns.filter(({ turn }) => turn).length).toBeGreaterThan(10);
    const checkpoint = (await ada.post<Checkpoint>('/api/audit/checkpoints')).body;
    expect(checkpoint.size).toBe(after.entries);
    expect(await check()).toMatchObject({ ok: true });
  });
});
