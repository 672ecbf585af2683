import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AuditEntry, Page } from '@threadline/contracts';
import { type Person, TestApp } from '../../../test';
import { systemActor } from '../../platform/access';
import { UnitOfWork } from '../../platform/work';

describe('the audit log without what comes with every few words somebody types', () => {
  let app: TestApp;
  let ada: Person;

  const page = async (query: string) => (await ada.get<Page<AuditEntry>>(`/api/audit?${query}`)).body;
  const note = (action: string, times: number) =>
    app.get(UnitOfWork).run(systemActor(ada.workspaceId, 'test'), async (tx) => {
      for (let each = 0; each < times; each++) {
        tx.note({ action, outcome: 'allowed', targets: [`workspace:${tx.workspaceId}`] });
      }
    });

  beforeAll(async () => {
    app = await TestApp.start();
    ada = await app.person('Ada');
    await note('lead.created', 3);
    await note('draft.saved', 700);
    await note('drafting.begun', 1);
    await note('lead.updated', 1);
  });
  afterAll(() => app?.stop());

  it('leaves out one noun, and no other that begins like it', async () => {
    const { items } = await page('limit=100&without=draft');
    expect(items.map(({ action }) => action).filter((action) => action.startsWith('draft'))).toEqual([
      'drafting.begun.v1',
    ]);
    expect(items.filter(({ action }) => action.startsWith('lead.'))).toHaveLength(4);
  });

  it('fills its pages past them, and goes on where it stopped', async () => {
    const first = await page('limit=3&without=draft');
    expect(first.items).toHaveLength(3);
    const second = await page(`limit=3&without=draft&cursor=${first.nextCursor}`);
    const seqs = [...first.items, ...second.items].map(({ seq }) => seq);
    expect(seqs).toEqual([...new Set(seqs)].sort((a, b) => b - a));
  });

  it('gives up among too many of them, and says where to go on', async () => {
    const seen: number[] = [];
    for (let next: string | null = ''; next !== null;) {
      const at: string = next ? `&cursor=${next}` : '';
      const { items, nextCursor } = await page(`limit=1&without=draft${at}`);
      seen.push(...items.map(({ seq }) => seq));
      next = nextCursor;
    }
    // A page of one looks at 420 entries at most, and 700 drafts lie between.
    const all = (await page('limit=100&without=draft')).items.map(({ seq }) => seq);
    expect(seen).toEqual(all.slice(-seen.length));
    expect(seen.length).toBeGreaterThan(5);
  });

  it('does so beside other filters, and takes nothing that is no noun', async () => {
    const { items } = await page('limit=10&without=draft&outcome=allowed&targetType=workspace');
    expect(items.length).toBeGreaterThan(3);
    expect(items.some(({ action }) => action.startsWith('draft.'))).toBe(false);
    expect((await ada.get('/api/audit?without=draft.saved')).status).toBe(400);
  });
});
