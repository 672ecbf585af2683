import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type {
  BuiltInRole,
  Conversation,
  Envelope,
  Lead,
  Me,
  Member,
  Message,
  Page,
  Problem,
  Role,
  Team,
} from '@threadline/contracts';
import { v7 } from 'uuid';
import { Person, TestApp } from '../../../../test';
import { addressOf, TestScreen } from '../../../../test/screens';

describe('members', () => {
  let app: TestApp;
  const events = (person: Person, ...types: string[]) =>
    app.rows<Envelope & { about: string[] }>(
      'SELECT type, about, data FROM events WHERE workspace_id = $1 AND type = ANY ($2) ORDER BY seq',
      [person.workspaceId, types],
    );
  const memberOf = async (person: Person, of: Person): Promise<Member> => {
    const { body } = await person.get<Page<Member>>('/api/members');
    const member = body.items.find(({ userId }) => userId === of.userId);
    if (!member) throw new Error('There is no such member');
    return member;
  };
  const roleId = async (person: Person, word: BuiltInRole) => {
    const { body } = await person.get<Page<Role>>('/api/roles');
    return body.items.find(({ builtIn }) => builtIn === word)?.id ?? '';
  };
  const give = async (person: Person, to: Person, word: BuiltInRole) =>
    person.patch<Member & Problem>(`/api/members/${(await memberOf(person, to)).id}`, {
      roleId: await roleId(person, word),
    });
  const owners = async (person: Person) =>
    (await person.get<Page<Member>>('/api/members')).body.items.filter(({ role }) => role === 'owner').length;

  beforeAll(async () => {
    app = await TestApp.start();
  });
  afterAll(() => app?.stop());

  it('an agent who becomes an analyst may write no longer, from the next request on', async () => {
    const ada = await app.person('Ada');
    const ben = await app.colleagueOf(ada, 'agent', 'Ben');
    expect((await ben.post('/api/leads', { name: 'Lin' })).status).toBe(201);
    const answer = await give(ada, ben, 'analyst');
    expect([answer.status, answer.body.role]).toEqual([200, 'analyst']);
    expect((await ben.post('/api/leads', { name: 'Lin' })).status).toBe(403);
    expect((await ben.get<Me>('/api/auth/me')).body.role).toBe('analyst');
    const [event] = await events(ada, 'member.role_changed');
    expect(event).toMatchObject({
      about: [`user:${ben.userId}`],
      data: { member: answer.body, from: 'agent', to: 'analyst' },
    });
    await give(ada, ben, 'analyst');
    expect(await events(ada, 'member.role_changed')).toHaveLength(1);
  });

  it('a screen that looks on comes back with its new rights at once', async () => {
    const ada = await app.person('Ada');
    const ben = await app.colleagueOf(ada, 'agent');
    const screen = await TestScreen.open(app, ben.token);
    await screen.subscribe({ services: ['drafts', 'activity'] });
    const since = performance.now();
    await give(ada, ben, 'auditor');
    await screen.ended();
    expect(performance.now() - since).toBeLessThan(1_000);
    expect(screen.messages('signed_out')).toMatchObject([{ code: 'forbidden' }]);
    const again = await TestScreen.open(app, ben.token);
    await expect(again.subscribe({ services: ['drafts'] })).rejects.toThrow('forbidden');
    again.close();
  });

  it('on another node the change is felt within five seconds', async () => {
    const ada = await app.person('Ada');
    const ben = await app.colleagueOf(ada, 'agent');
    const other = await TestApp.start({ sharing: app, env: { PUBLIC_URL: app.url } });
    try {
      const there = new Person(addressOf(other), ben.session);
      const post = () => there.post('/api/leads', { name: 'Lin' });
      expect((await post()).status).toBe(201);
      await give(ada, ben, 'analyst');
      app.clock.advance(5_000);
      expect((await post()).status).toBe(403);
    } finally {
      await other.stop();
    }
  });

  it('nobody changes who may do more, nor gives what they do not have', async () => {
    const ada = await app.person('Ada');
    const [admin, manager, agent] = [
      await app.colleagueOf(ada, 'admin'),
      await app.colleagueOf(ada, 'manager'),
      await app.colleagueOf(ada, 'agent'),
    ];
    const refused = [
      await give(manager, admin, 'agent'),
      await give(manager, agent, 'admin'),
      await give(manager, agent, 'auditor'),
      await give(manager, manager, 'admin'),
      await give(admin, ada, 'admin'),
      await give(admin, manager, 'owner'),
      await give(agent, agent, 'analyst'),
      await manager.delete<Problem>(`/api/members/${(await memberOf(ada, admin)).id}`),
      await admin.delete<Problem>(`/api/members/${(await memberOf(ada, ada)).id}`),
    ];
    expect(refused.map(({ status, body }) => [status, body.code])).toEqual(refused.map(() => [403, 'forbidden']));
    expect((await give(manager, agent, 'analyst')).status).toBe(200);
    expect((await give(admin, manager, 'agent')).status).toBe(200);
    expect((await give(ada, admin, 'owner')).status).toBe(200);
  });

  it('a role that is not there, or another workspace’s, is no role', async () => {
    const [ada, eve] = [await app.person('Ada'), await app.person('Eve')];
    const ben = await app.colleagueOf(ada);
    const { id } = await memberOf(ada, ben);
    for (const wrong of [v7(), await roleId(eve, 'agent')]) {
      const answer = await ada.patch<Problem>(`/api/members/${id}`, { roleId: wrong });
      expect([answer.status, answer.body.errors?.[0]?.path]).toEqual([400, 'roleId']);
    }
    expect((await eve.patch(`/api/members/${id}`, { roleId: await roleId(eve, 'agent') })).status).toBe(404);
    expect((await eve.delete(`/api/members/${id}`)).status).toBe(404);
  });

  it('the last owner stays', async () => {
    const ada = await app.person('Ada');
    await app.colleagueOf(ada, 'admin');
    const { id } = await memberOf(ada, ada);
    const refused = [
      await give(ada, ada, 'admin'),
      await ada.delete<Problem>(`/api/members/${id}`),
      await ada.post<Problem>('/api/workspace/leave'),
    ];
    expect(refused.map(({ status, body }) => [status, body.code])).toEqual(refused.map(() => [409, 'last_owner']));
  });

  it('two owners who demote, or remove, each other at the same moment leave one owner', async () => {
    for (const act of ['demote', 'remove', 'leave'] as const) {
      const ada = await app.person('Ada');
      const ben = await app.colleagueOf(ada, 'owner');
      const admin = await roleId(ada, 'admin');
      const [hers, his] = [await memberOf(ada, ada), await memberOf(ada, ben)];
      const calls = {
        demote: () => [
          ada.patch(`/api/members/${his.id}`, { roleId: admin }),
          ben.patch(`/api/members/${hers.id}`, { roleId: admin }),
        ],
        remove: () => [ada.delete(`/api/members/${his.id}`), ben.delete(`/api/members/${hers.id}`)],
        leave: () => [ada.post('/api/workspace/leave'), ben.post('/api/workspace/leave')],
      };
      const answers = await Promise.all(calls[act]());
      expect(answers.filter(({ status }) => status < 300)).toHaveLength(1);
      const left = answers[0]?.status && answers[0].status < 300 && act !== 'leave' ? ada : ben;
      expect(await owners(act === 'leave' && answers[1]?.status === 204 ? ada : left)).toBe(1);
    }
  });

  it('who is removed is out at once, everywhere', async () => {
    const ada = await app.person('Ada');
    const ben = await app.colleagueOf(ada, 'agent', 'Ben');
    const team = await ada.post<Team>('/api/teams', { name: 'North', memberIds: [ben.userId, ada.userId] });
    const screen = await TestScreen.open(app, ben.token);
    await screen.subscribe({ services: ['leads'] });
    const { id } = await memberOf(ada, ben);

    expect((await ada.delete(`/api/members/${id}`)).status).toBe(204);
    await screen.ended();
    expect(screen.messages('signed_out')).toMatchObject([{ code: 'session_ended' }]);
    const after = await ben.get<Problem>('/api/leads');
    expect([after.status, after.body.code]).toEqual([401, 'session_ended']);
    const refresh = await app.stranger.post('/api/auth/refresh', undefined, { cookie: ben.cookie ?? '' });
    expect(refresh.status).toBe(401);

    const told = await events(ada, 'session.ended', 'team.updated', 'member.removed');
    expect(told.map(({ type, data }) => [type, data])).toEqual([
      ['session.ended', expect.objectContaining({ userId: ben.userId, reason: 'member_removed' })],
      ['team.updated', { team: { ...team.body, memberIds: [ada.userId] } }],
      ['member.removed', { memberId: id, userId: ben.userId, name: 'Ben', reassignedTo: null }],
    ]);
    expect((await ada.delete(`/api/members/${id}`)).status).toBe(404);
    expect((await ada.get<Page<Member>>('/api/members')).body.items.map(({ userId }) => userId)).toEqual([ada.userId]);
  });

  it('what the removed member owned goes to whom the removal names, each with its event', async () => {
    const ada = await app.person('Ada');
    const [ben, cy] = [await app.colleagueOf(ada), await app.colleagueOf(ada)];
    const lead = await ada.post<Lead>('/api/leads', { name: 'Lin', email: 'lin@example.com', ownerId: ben.userId });
    const other = await ada.post<Lead>('/api/leads', { name: 'Mo', ownerId: ada.userId });
    const message = await ada.post<Message>(`/api/leads/${lead.body.id}/messages`, {
      channel: 'email',
      content: 'Hello',
    });
    const conversation = `/api/conversations/${message.body.conversationId}`;
    await ada.patch(conversation, { assigneeId: ben.userId });
    const { id } = await memberOf(ada, ben);

    const itself = await ada.delete<Problem>(`/api/members/${id}?reassignTo=${ben.userId}`);
    const stranger = await ada.delete<Problem>(`/api/members/${id}?reassignTo=${v7()}`);
    expect([itself.status, stranger.status]).toEqual([400, 400]);
    expect((await ada.delete(`/api/members/${id}?reassignTo=${cy.userId}`)).status).toBe(204);
    await app.react();

    expect((await ada.get<Lead>(`/api/leads/${lead.body.id}`)).body.ownerId).toBe(cy.userId);
    expect((await ada.get<Lead>(`/api/leads/${other.body.id}`)).body.ownerId).toBe(ada.userId);
    expect((await ada.get<Conversation>(conversation)).body.assigneeId).toBe(cy.userId);
    const [removed] = await events(ada, 'member.removed');
    expect(removed?.data).toMatchObject({ reassignedTo: cy.userId });
    const moved = await events(ada, 'lead.updated', 'conversation.assigned');
    expect(moved.slice(-2).map(({ type, data }) => [type, data])).toEqual(
      expect.arrayContaining([
        ['lead.updated', expect.objectContaining({ changed: ['ownerId'] })],
        ['conversation.assigned', expect.objectContaining({ from: ben.userId, to: cy.userId })],
      ]),
    );
  });

  it('more leads than fit into one transaction all change hands, and without a successor belong to nobody', async () => {
    const ada = await app.person('Ada');
    const ben = await app.colleagueOf(ada);
    await app.rows(
      `INSERT INTO leads (workspace_id, id, name, status, owner_id, created_at, updated_at)
       SELECT $1, gen_random_uuid(), 'Lead ' || n, 'new', $2, now(), now() FROM generate_series(1, 450) AS n`,
      [ada.workspaceId, ben.userId],
    );
    await ada.delete(`/api/members/${(await memberOf(ada, ben)).id}`);
    await app.react();
    const [row] = await app.rows<{ owned: string; told: string }>(
      `SELECT (SELECT count(*) FROM leads WHERE owner_id = $2) AS owned,
              (SELECT count(*) FROM events WHERE workspace_id = $1 AND type = 'lead.updated') AS told`,
      [ada.workspaceId, ben.userId],
    );
    expect(row).toEqual({ owned: '0', told: '450' });
  });

  it('an agent may leave', async () => {
    const ada = await app.person('Ada');
    const ben = await app.colleagueOf(ada);
    expect((await ben.post('/api/workspace/leave')).status).toBe(204);
    expect((await ben.get('/api/leads')).status).toBe(401);
    expect(await events(ada, 'member.removed')).toHaveLength(1);
  });

  it('an owner hands the workspace on and becomes an admin', async () => {
    const ada = await app.person('Ada');
    const ben = await app.colleagueOf(ada, 'agent', 'Ben');
    const answer = await ada.post<Member>('/api/workspace/ownership', { userId: ben.userId });
    expect([answer.status, answer.body.role]).toEqual([200, 'owner']);
    expect((await ada.get<Me>('/api/auth/me')).body.role).toBe('admin');
    expect((await ben.get<Me>('/api/auth/me')).body.role).toBe('owner');
    const told = await events(ada, 'workspace.ownership_transferred', 'member.role_changed');
    expect(told.map(({ type, data }) => [type, 'from' in data ? [data.from, data.to] : null])).toEqual([
      ['workspace.ownership_transferred', [ada.userId, ben.userId]],
      ['member.role_changed', ['agent', 'owner']],
      ['member.role_changed', ['owner', 'admin']],
    ]);
    const again = await ada.post<Problem>('/api/workspace/ownership', { userId: ada.userId });
    expect([again.status, again.body.code]).toEqual([403, 'forbidden']);
  });

  it('the workspace is handed on to a member only, and with a fresh proof only', async () => {
    const [ada, eve] = [await app.person('Ada'), await app.person('Eve')];
    for (const userId of [eve.userId, ada.userId]) {
      const answer = await ada.post<Problem>('/api/workspace/ownership', { userId });
      expect([answer.status, answer.body.errors?.[0]?.path]).toEqual([400, 'userId']);
    }
    await app.rows(`UPDATE sessions SET proved_at = now() - interval '1 hour' WHERE user_id = $1`, [ada.userId]);
    app.clock.advance(4_000);
    const stale = await ada.post<Problem>('/api/workspace/ownership', { userId: v7() });
    expect([stale.status, stale.body.code]).toEqual([403, 'proof_required']);
  });
});
