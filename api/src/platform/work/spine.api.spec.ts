import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 } from 'uuid';
import { type Person, TestApp } from '../../../test';
import { systemActor } from '../access';
import { type Tx, UnitOfWork } from './index';

describe('the spine', () => {
  let app: TestApp;
  let ada: Person;
  let work: UnitOfWork;

  const rename = (tx: Tx, name: string) => {
    tx.append({
      type: 'workspace.renamed',
      subject: { type: 'workspace', id: tx.workspaceId },
      about: [`workspace:${tx.workspaceId}`],
      data: { name },
      before: { name: 'Another' },
    });
  };
  const seqs = async (workspaceId: string) =>
    (await app.rows<{ seq: string }>('SELECT seq FROM events WHERE workspace_id = $1 ORDER BY seq', [workspaceId])).map(
      ({ seq }) => Number(seq),
    );

  beforeAll(async () => {
    app = await TestApp.start();
    ada = await app.person();
    work = app.get(UnitOfWork);
  });
  afterAll(() => app?.stop());

  it('a rollback publishes nothing and uses up no number', async () => {
    const actor = systemActor(ada.workspaceId, 'test');
    const before = await seqs(ada.workspaceId);
    await expect(
      work.run(actor, async (tx) => {
        await tx.query('UPDATE workspaces SET name = $1', ['never']);
        rename(tx, 'never');
        throw new Error('changed my mind');
      }),
    ).rejects.toThrow('changed my mind');
    expect(await seqs(ada.workspaceId)).toEqual(before);
    expect((await ada.get<{ name: string }>('/api/workspace')).body.name).not.toBe('never');
  });

  it('a failed statement cannot be committed', async () => {
    const actor = systemActor(ada.workspaceId, 'test');
    await expect(
      work.run(actor, async (tx) => {
        rename(tx, 'broken');
        await tx.query('SELECT 1/0').catch(() => undefined);
      }),
    ).rejects.toThrow();
    await work.run(actor, (tx) => tx.query('SELECT 1'));
  });

  it('numbers are gapless and in commit order under concurrent writers', async () => {
    const actor = systemActor(ada.workspaceId, 'test');
    const begin = (await seqs(ada.workspaceId)).length;
    await Promise.all(
      Array.from({ length: 60 }, (_, n) =>
        work.run(actor, async (tx) => {
          if (n % 3 === 0) await tx.query('SELECT pg_sleep(0.005)');
          rename(tx, `name ${n}`);
          if (n % 2 === 0) rename(tx, `name ${n} again`);
        }),
      ),
    );
    const after = await seqs(ada.workspaceId);
    expect(after).toEqual(Array.from({ length: begin + 90 }, (_, n) => n + 1));
  });

  it('a query without a tenant sees nothing, and cannot write', async () => {
    const nobody = systemActor('', 'test');
    const seen = await work.run(nobody, (tx) => tx.query('SELECT 1 FROM events'));
    expect(seen).toEqual([]);
    await expect(
      work.run(nobody, (tx) => tx.query('INSERT INTO workspace_heads (workspace_id) VALUES ($1)', [v7()])),
    ).rejects.toThrow(/row-level security/);
  });

  it('one workspace cannot reach the rows of another by id', async () => {
    const eve = await app.person('Eve');
    const changed = await work.run(systemActor(eve.workspaceId, 'test'), (tx) =>
      tx.query('UPDATE workspaces SET name = $2 WHERE workspace_id = $1 RETURNING name', [ada.workspaceId, 'stolen']),
    );
    expect(changed.flat()).not.toContainEqual({ name: 'stolen' });
    expect(
      await work.read(systemActor(eve.workspaceId, 'test'), (tx) => tx.query('SELECT workspace_id FROM workspaces')),
    ).toEqual([{ workspace_id: eve.workspaceId }]);
  });
});
