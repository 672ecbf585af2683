import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Problem } from '@threadline/contracts';
import { PASSWORD, type Person, TestApp } from '../../../../test';

type Refused = Pick<Problem, 'code' | 'errors'>;

describe('break-glass', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start();
  });
  afterAll(() => app?.stop());

  it('a workspace that signs in through its provider only takes no passwords, but for owners with break-glass', async () => {
    const owner = await app.person('Olga');
    const agent = await app.colleagueOf(owner);
    const email = (person: Person) => person.session?.user.email ?? '';
    const enterBy = (person: Person, password = PASSWORD) =>
      app.stranger.post<Refused>('/api/auth/login', { email: email(person), password });
    await app.rows(`UPDATE workspaces SET policies = '{"ssoOnly": true}' WHERE workspace_id = $1`, [owner.workspaceId]);
    for (const person of [owner, agent]) {
      expect((await enterBy(person)).body.code).toBe('sso_required');
      expect((await enterBy(person, 'not the right password')).body.code).toBe('invalid_credentials');
    }
    const noOwner = await owner.patch<Refused>('/api/sso/break-glass', { userIds: [agent.userId] });
    expect([noOwner.status, noOwner.body.errors?.[0]?.path]).toEqual([400, 'userIds']);
    const admin = await app.rows<{ id: string }>('SELECT id FROM roles WHERE workspace_id = $1 AND built_in = $2', [
      owner.workspaceId,
      'admin',
    ]);
    await app.rows('UPDATE memberships SET role_id = $2 WHERE user_id = $1', [agent.userId, admin[0]?.id]);
    app.clock.advance(3_001);
    expect((await agent.patch('/api/sso/break-glass', { userIds: [agent.userId] })).status).toBe(403);
    const set = await owner.patch<{ userIds: string[] }>('/api/sso/break-glass', { userIds: [owner.userId] });
    expect([set.status, set.body.userIds]).toEqual([200, [owner.userId]]);
    const [told] = await app.rows<{ data: unknown }>(
      `SELECT data FROM events WHERE workspace_id = $1 AND type = 'workspace.break_glass_changed' ORDER BY seq`,
      [owner.workspaceId],
    );
    expect(told?.data).toEqual({ userIds: [owner.userId] });
    expect((await owner.get<{ breakGlass: string[] }>('/api/sso/providers')).body.breakGlass).toEqual([owner.userId]);
    expect((await enterBy(owner)).status).toBe(200);
    expect((await enterBy(agent)).body.code).toBe('sso_required');
  });

  it('who has handed the ownership on is bound like everybody, from wherever they come', async () => {
    const owner = await app.person('Otto');
    const heir = await app.colleagueOf(owner, 'admin');
    const second = await owner.post<{ id: string }>('/api/workspaces', { name: 'Second' });
    await owner.patch('/api/sso/break-glass', { userIds: [owner.userId] });
    expect((await owner.post('/api/workspace/ownership', { userId: heir.userId })).status).toBe(200);
    await app.rows(`UPDATE workspaces SET policies = '{"ssoOnly": true}' WHERE workspace_id = $1`, [owner.workspaceId]);
    const again = await app.signIn(owner.session?.user.email ?? '');
    expect(again.workspaceId).toBe(second.body.id);
    const crossing = await again.post<Refused>(`/api/workspaces/${owner.workspaceId}/switch`);
    expect([crossing.status, crossing.body.code]).toEqual([403, 'sso_required']);
  });
});
