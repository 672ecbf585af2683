import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Conversation, Envelope, Lead, Message, Page, Problem, Team } from '@threadline/contracts';
import { v7 } from 'uuid';
import { type Person, TestApp } from '../../../../test';

describe('teams', () => {
  let app: TestApp;
  let ada: Person;
  let ben: Person;
  const last = async () =>
    (
      await app.rows<Envelope & { about: string[] }>(
        'SELECT type, about, data FROM events WHERE workspace_id = $1 ORDER BY seq DESC LIMIT 1',
        [ada.workspaceId],
      )
    )[0];
  const make = async (memberIds: string[] = []) =>
    (await ada.post<Team>('/api/teams', { name: `Team ${v7()}`, memberIds })).body;

  beforeAll(async () => {
    app = await TestApp.start();
    ada = await app.person('Ada');
    ben = await app.colleagueOf(ada);
  });
  afterAll(() => app?.stop());

  it('a team is made with its members, and stands in the list', async () => {
    const answer = await ada.post<Team>('/api/teams', { name: ' North ', memberIds: [ben.userId, ben.userId] });
    expect([answer.status, answer.body.name, answer.body.memberIds]).toEqual([201, 'North', [ben.userId]]);
    expect(await last()).toMatchObject({
      type: 'team.created',
      about: [`team:${answer.body.id}`, `user:${ben.userId}`],
      data: { team: answer.body },
    });
    const list = await ben.get<Page<Team> & { asOf: number }>('/api/teams');
    expect(list.body.items).toContainEqual(answer.body);
    expect(list.body.asOf).toBeGreaterThan(0);
  });

  it('two teams cannot be called the same, in whatever case', async () => {
    const { name } = await make();
    const answer = await ada.post<Problem>('/api/teams', { name: name.toUpperCase() });
    expect([answer.status, answer.body.code]).toEqual([409, 'duplicate']);
    const other = await make();
    expect((await ada.patch(`/api/teams/${other.id}`, { name: name.toUpperCase() })).status).toBe(409);
  });

  it('who is not a member of the workspace comes into no team', async () => {
    const eve = await app.person('Eve');
    const team = await make();
    for (const memberIds of [[eve.userId], [v7()], ['nobody']]) {
      const made = await ada.post<Problem>('/api/teams', { name: v7(), memberIds });
      const changed = await ada.patch<Problem>(`/api/teams/${team.id}`, { memberIds });
      expect([made.status, made.body.errors?.[0]?.path, changed.status]).toEqual([400, 'memberIds', 400]);
    }
  });

  it('a change is about those who come and go; none says nothing', async () => {
    const team = await make([ben.userId]);
    const same = await ada.patch<Team>(`/api/teams/${team.id}`, { name: team.name, memberIds: [ben.userId] });
    expect(same.body).toEqual(team);
    expect((await last())?.type).toBe('team.created');
    const changed = await ada.patch<Team>(`/api/teams/${team.id}`, { memberIds: [ada.userId] });
    expect(changed.body.memberIds).toEqual([ada.userId]);
    expect(await last()).toMatchObject({
      type: 'team.updated',
      about: [`team:${team.id}`, `user:${ada.userId}`, `user:${ben.userId}`],
    });
    await ada.patch(`/api/teams/${team.id}`, { name: 'South' });
    expect(await last()).toMatchObject({ type: 'team.updated', about: [`team:${team.id}`] });
  });

  it('a deleted team is gone, and what was assigned to it is assigned to none', async () => {
    const team = await make([ben.userId]);
    const lead = await ada.post<Lead>('/api/leads', { name: 'Lin', email: 'lin@example.com' });
    const message = await ada.post<Message>(`/api/leads/${lead.body.id}/messages`, { channel: 'email', content: 'Hi' });
    const conversation = `/api/conversations/${message.body.conversationId}`;
    const wrong = await ada.patch<Problem>(conversation, { teamId: v7() });
    expect([wrong.status, wrong.body.errors?.[0]?.path]).toEqual([400, 'teamId']);
    expect((await ada.patch<Conversation>(conversation, { teamId: team.id })).body.teamId).toBe(team.id);

    expect((await ada.delete(`/api/teams/${team.id}`)).status).toBe(204);
    expect(await last()).toMatchObject({ type: 'team.deleted', data: { teamId: team.id, name: team.name } });
    await app.react();
    expect((await ada.get<Conversation>(conversation)).body.teamId).toBeNull();
    expect((await ada.delete(`/api/teams/${team.id}`)).status).toBe(404);
  });

  it('who may only look changes nothing', async () => {
    const team = await make();
    const refused = [
      await ben.post('/api/teams', { name: v7() }),
      await ben.patch(`/api/teams/${team.id}`, { name: v7() }),
      await ben.delete(`/api/teams/${team.id}`),
    ];
    expect(refused.map(({ status }) => status)).toEqual([403, 403, 403]);
  });
});
