import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { DashboardStats } from '@threadline/contracts';
import { filter, firstValueFrom, map, type Observable, timeout } from 'rxjs';
import { type Person, TestApp } from '../../../test';
import { systemActor } from '../../platform/access';
import { Broadcast } from '../../platform/relay';
import { Story } from './test-story';

/** The promise of the product: what happens is on the screen within half a second. */
const PROMISED = 500;

describe('the numbers on the screens', () => {
  let app: TestApp;
  let ada: Person;
  let story: Story;
  let heard: { at: number; stats: DashboardStats }[];

  const published = (node: TestApp, person: Person): Observable<DashboardStats> =>
    node.get(Broadcast).news$.pipe(
      filter((news) => news.workspaceId === person.workspaceId && news.service === 'stats'),
      map((news) => (news.data as { stats: DashboardStats }).stats),
    );
  const watch = (node: TestApp, person: Person) =>
    node.get(Broadcast).newestFor('stats', systemActor(person.workspaceId, 'test'));
  const until = (node: TestApp, holds: (stats: DashboardStats) => boolean, person = ada) =>
    firstValueFrom(published(node, person).pipe(filter(holds), timeout(10_000)));

  beforeAll(async () => {
    app = await TestApp.start();
    ada = await app.person('Ada');
    story = new Story(app, ada);
    heard = [];
    published(app, ada).subscribe((stats) => heard.push({ at: performance.now(), stats }));
    await app.react();
  });
  afterEach(() => void heard.splice(0));
  afterAll(() => app?.stop());

  it('are given to whoever joins', async () => {
    expect(await watch(app, ada)).toMatchObject({ stats: { totalLeads: 0, asOf: expect.any(Number) } });
    const newest = await app.get(Broadcast).newestFor('analytics', systemActor(ada.workspaceId, 'test'));
    expect(newest).toEqual({ asOf: expect.any(Number) });
  });

  it('move within half a second of the commit, and contain it', async () => {
    const moved = until(app, ({ totalLeads }) => totalLeads === 1);
    await story.lead();
    const committed = performance.now();
    const stats = await moved;
    expect(performance.now() - committed).toBeLessThan(PROMISED);
    const [head] = await app.rows<{ seq: string }>('SELECT seq FROM workspace_heads WHERE workspace_id = $1', [
      ada.workspaceId,
    ]);
    expect(stats.asOf).toBe(Number(head?.seq));
  });

  it('come at most four times a second, the last state always', async () => {
    const lead = await story.lead();
    const all = until(app, ({ messagesSent }) => messagesSent === 25);
    const begun = performance.now();
    for (let n = 0; n < 25; n++) await story.send(lead);
    const committed = performance.now();
    await all;
    const ended = performance.now();
    expect(ended - committed).toBeLessThan(PROMISED);
    expect(heard.length).toBeLessThanOrEqual(Math.ceil((ended - begun) / 250) + 1);
    const gaps = heard.slice(1).map(({ at }, n) => at - (heard[n]?.at ?? 0));
    for (const gap of gaps) expect(gap).toBeGreaterThan(240);
  });

  it('say nothing when nothing that counts has happened', async () => {
    const draft = () =>
      story.act(async (tx) =>
        tx.append({
          type: 'draft.saved',
          subject: { type: 'draft', id: ada.userId },
          about: [`user:${ada.userId}`],
          data: { leadId: ada.userId, channel: 'email', revision: 1, clientId: null },
        }),
      );
    for (let n = 0; n < 3; n++) await draft();
    const moved = until(app, () => true);
    const { id } = await story.lead();
    expect((await moved).totalLeads).toBe(3);
    expect(heard).toHaveLength(1);
    expect(id).toBeDefined();
  });

  it('move on the screens of another node too, whichever counts', async () => {
    const other = await TestApp.start({ sharing: app, env: { ROLE: 'http' } });
    try {
      await watch(other, ada);
      const moved = until(other, ({ totalLeads }) => totalLeads === 4);
      await story.lead();
      const committed = performance.now();
      await moved;
      expect(performance.now() - committed).toBeLessThan(PROMISED);
    } finally {
      await other.stop();
    }
  });

  it('are not read for a workspace that nobody watches', async () => {
    const eve = await app.person('Eve');
    const said: unknown[] = [];
    published(app, eve).subscribe((stats) => said.push(stats));
    await new Story(app, eve).lead();
    const moved = until(app, ({ totalLeads }) => totalLeads === 5);
    await story.lead();
    await moved;
    expect(said).toEqual([]);
  });
});
