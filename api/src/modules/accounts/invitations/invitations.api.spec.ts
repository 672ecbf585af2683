import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Invitation, InvitationPreview, Page, Problem, Role, SignedIn, Team } from '@threadline/contracts';
import { v7 } from 'uuid';
import { cookieOf, PASSWORD, Person, TestApp, tokenMailedTo } from '../../../../test';

const CHOSEN = 'eleven purple lampshades at dawn';

let app: TestApp;
let owner: Person;
let roles: Map<string, string>;

beforeAll(async () => {
  app = await TestApp.start({ mailServer: true });
});
afterAll(() => app?.stop());
beforeEach(async () => {
  owner = await app.person('Olga');
  roles = await rolesOf(owner);
});

async function rolesOf(person: Person): Promise<Map<string, string>> {
  const { body } = await person.get<Page<Role>>('/api/roles');
  return new Map(body.items.map((role) => [role.builtIn ?? role.name, role.id]));
}

const address = () => `guest.${v7()}@example.com`;
const invite = (email: string, role = 'agent', by = owner, more: object = {}) =>
  by.post<Invitation>('/api/invitations', { email, roleId: roles.get(role), ...more });
const accept = (body: object, headers: Record<string, string> = {}) =>
  app.stranger.post<SignedIn & Pick<Problem, 'code'>>('/api/invitations/accept', body, headers);
const bearer = (person: Person) => ({ authorization: `Bearer ${person.token}` });

async function invited(email: string, role = 'agent'): Promise<string> {
  const answer = await invite(email, role);
  if (answer.status !== 201) throw new Error(`Inviting answered ${answer.status}`);
  return tokenMailedTo(app, owner, email);
}

async function logged(type: string): Promise<{ actor_id: string; data: Record<string, unknown> }[]> {
  return app.rows('SELECT actor_id, data FROM events WHERE workspace_id = $1 AND type = $2 ORDER BY seq', [
    owner.workspaceId,
    type,
  ]);
}

describe('inviting somebody', () => {
  it('mails them a link, lists it, and says so', async () => {
    const email = address();
    const team = await owner.post<Team>('/api/teams', { name: 'Sales' });
    const made = await invite(email, 'manager', owner, { teamIds: [team.body.id] });
    expect(made).toMatchObject({
      status: 201,
      body: { email, role: 'manager', status: 'pending', teamIds: [team.body.id], invitedBy: { id: owner.userId } },
    });
    const list = await owner.get<Page<Invitation>>('/api/invitations');
    expect(list.body.items).toMatchObject([{ id: made.body.id, status: 'pending' }]);
    expect(await logged('invitation.created')).toMatchObject([
      { actor_id: owner.userId, data: { invitation: { email } } },
    ]);
    const token = await tokenMailedTo(app, owner, email);
    expect(JSON.stringify(await logged('invitation.created'))).not.toContain(token);
    const preview = await app.stranger.post<InvitationPreview>('/api/invitations/preview', { token });
    expect(preview).toMatchObject({
      status: 200,
      body: { workspaceName: "Olga's workspace", email, role: 'manager', invitedBy: 'Olga' },
    });
  });

  it('again renews the open invitation: the earlier link no longer works', async () => {
    const email = address();
    const first = await invited(email);
    const again = await invite(email.toUpperCase(), 'analyst');
    expect(again.status).toBe(201);
    expect((await owner.get<Page<Invitation>>('/api/invitations')).body.items).toMatchObject([{ role: 'analyst' }]);
    expect((await app.stranger.post<Problem>('/api/invitations/preview', { token: first })).body.code).toBe(
      'invalid_token',
    );
    expect(await logged('invitation.resent')).toHaveLength(1);
  });

  it.each([
    ['no address', { email: 'guest' }, 400, 'invalid_input'],
    ['a role that is none', { roleId: v7() }, 400, 'invalid_input'],
    ['a role that is no id', { roleId: 'owner' }, 400, 'invalid_input'],
    ['teams of nobody', { teamIds: [v7()] }, 400, 'invalid_input'],
    ['more than is asked', { status: 'accepted' }, 400, 'invalid_input'],
  ])('refuses %s', async (_, wrong, status, code) => {
    const answer = await owner.post<Problem>('/api/invitations', {
      email: address(),
      roleId: roles.get('agent'),
      ...wrong,
    });
    expect(answer).toMatchObject({ status, body: { code } });
    expect(await logged('invitation.created')).toEqual([]);
  });

  it('refuses another workspace’s role and teams', async () => {
    const stranger = await app.person();
    const foreign = (await rolesOf(stranger)).get('agent');
    const team = await stranger.post<Team>('/api/teams', { name: 'Theirs' });
    expect((await owner.post('/api/invitations', { email: address(), roleId: foreign })).status).toBe(400);
    expect((await invite(address(), 'agent', owner, { teamIds: [team.body.id] })).status).toBe(400);
  });

  it('refuses who is a member already, and domains the workspace does not take', async () => {
    const colleague = await app.colleagueOf(owner);
    const member = await invite(colleague.session?.user.email ?? '');
    expect(member).toMatchObject({ status: 409, body: { code: 'already_member' } });
    await app.rows(
      `UPDATE workspaces SET policies = '{"allowedEmailDomains": ["acme.test"]}' WHERE workspace_id = $1`,
      [owner.workspaceId],
    );
    expect(await invite(address())).toMatchObject({ status: 403, body: { code: 'domain_not_allowed' } });
    expect((await invite('lin@ACME.test')).status).toBe(201);
  });

  it('is nobody’s who may not, and gives no role above one’s own', async () => {
    const manager = await app.colleagueOf(owner, 'manager');
    const admin = await app.colleagueOf(owner, 'admin');
    const agent = await app.colleagueOf(owner, 'agent');
    const narrow = await app.colleagueOf(owner, {
      permissions: ['members:read', 'members:write'],
      scopes: { leads: 'own' },
    });
    expect((await invite(address(), 'agent', agent)).status).toBe(403);
    expect((await invite(address(), 'agent', manager)).status).toBe(201);
    expect((await invite(address(), 'admin', manager)).status).toBe(403);
    expect((await invite(address(), 'owner', admin)).status).toBe(403);
    expect((await invite(address(), 'agent', narrow)).status).toBe(403);
    expect((await invite(address(), 'owner')).status).toBe(201);
    const high = address();
    const { body } = await invite(high, 'admin');
    expect((await invite(high, 'agent', manager)).status).toBe(403);
    expect((await manager.post(`/api/invitations/${body.id}/resend`)).status).toBe(403);
    expect((await manager.delete(`/api/invitations/${body.id}`)).status).toBe(403);
  });

  it('gives no team but one’s own, unless one may change teams', async () => {
    const permissions = ['members:read', 'members:write', 'leads:read'] as const;
    const narrow = await app.roleOf(owner, { permissions, scopes: { leads: 'team', conversations: 'team' } });
    const doer = await app.colleagueOf(owner, { permissions, scopes: { leads: 'team', conversations: 'team' } });
    const teamOf = async (...memberIds: string[]) =>
      (await owner.post<Team>('/api/teams', { name: v7(), memberIds })).body.id;
    const [own, secret] = [await teamOf(doer.userId), await teamOf(owner.userId)];
    const inviteTo = (teamIds: string[], by = doer) =>
      by.post<Invitation & Pick<Problem, 'code'>>('/api/invitations', { email: address(), roleId: narrow.id, teamIds });
    for (const teamIds of [[secret], [own, secret]]) {
      expect(await inviteTo(teamIds)).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    }
    expect((await inviteTo([])).status).toBe(201);
    expect(await inviteTo([own])).toMatchObject({ status: 201, body: { teamIds: [own] } });
    expect((await inviteTo([v7()])).status).toBe(400);
    expect((await owner.get<Page<Invitation>>('/api/invitations')).body.items).toHaveLength(2);

    const asked = await inviteTo([own, secret], owner);
    expect(asked.status).toBe(201);
    const again = await doer.post<Problem>(`/api/invitations/${asked.body.id}/resend`);
    expect(again).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    expect((await owner.delete(`/api/teams/${secret}`)).status).toBe(204);
    expect((await doer.post(`/api/invitations/${asked.body.id}/resend`)).status).toBe(200);
  });

  it('keeps its role from being deleted while it is open', async () => {
    const role = await app.roleOf(owner, { permissions: ['leads:read'] });
    const made = await owner.post<Invitation>('/api/invitations', { email: address(), roleId: role.id });
    expect((await owner.delete<Problem>(`/api/roles/${role.id}`)).body.code).toBe('role_in_use');
    await owner.delete(`/api/invitations/${made.body.id}`);
    expect((await owner.delete(`/api/roles/${role.id}`)).status).toBe(204);
    expect((await owner.get<Page<Invitation>>('/api/invitations')).body.items).toMatchObject([
      { status: 'revoked', role: role.name },
    ]);
  });
});

describe('an invitation that was sent', () => {
  it('can be sent again, with a new link and seven more days', async () => {
    const email = address();
    const first = await invited(email);
    const [row] = (await owner.get<Page<Invitation>>('/api/invitations')).body.items;
    app.clock.advance(8 * 86_400_000);
    owner = await app.signIn(owner.session?.user.email ?? '');
    expect((await owner.get<Page<Invitation>>('/api/invitations')).body.items[0]?.status).toBe('expired');
    expect((await accept({ token: first, name: 'Guest', password: CHOSEN })).body.code).toBe('invalid_token');
    const resent = await owner.post<Invitation>(`/api/invitations/${row?.id}/resend`);
    expect(resent).toMatchObject({ status: 200, body: { status: 'pending' } });
    const token = await tokenMailedTo(app, owner, email);
    expect(token).not.toBe(first);
    expect((await accept({ token, name: 'Guest', password: CHOSEN })).status).toBe(201);
  });

  it('can be taken back: its link stops working', async () => {
    const email = address();
    const token = await invited(email);
    const [row] = (await owner.get<Page<Invitation>>('/api/invitations')).body.items;
    expect((await owner.delete(`/api/invitations/${row?.id}`)).status).toBe(204);
    expect(await logged('invitation.revoked')).toHaveLength(1);
    expect(await accept({ token, name: 'Guest', password: CHOSEN })).toMatchObject({
      status: 400,
      body: { code: 'invalid_token' },
    });
    const again = await owner.delete<Problem>(`/api/invitations/${row?.id}`);
    expect(again).toMatchObject({ status: 409, body: { code: 'wrong_state' } });
  });

  it('is another workspace’s business only there', async () => {
    const { body } = await invite(address());
    const stranger = await app.person();
    expect((await stranger.post(`/api/invitations/${body.id}/resend`)).status).toBe(404);
    expect((await stranger.delete(`/api/invitations/${body.id}`)).status).toBe(404);
    expect((await stranger.get<Page<Invitation>>('/api/invitations')).body.items).toEqual([]);
  });
});

describe('accepting as somebody new', () => {
  it('makes a member with the role of the invitation, signed in', async () => {
    const email = address();
    const token = await invited(email, 'analyst');
    const answer = await accept({ token, name: 'Gus Guest', password: CHOSEN });
    expect(answer).toMatchObject({ status: 201, body: { user: { email, name: 'Gus Guest' } } });
    const guest = new Person(app.url, answer.body, cookieOf(answer));
    expect((await guest.get('/api/auth/me')).body).toMatchObject({
      role: 'analyst',
      workspace: { id: owner.workspaceId },
    });
    expect((await app.stranger.post('/api/auth/refresh', undefined, { cookie: guest.cookie ?? '' })).status).toBe(200);
    expect(await logged('invitation.accepted')).toMatchObject([
      { actor_id: guest.userId, data: { userId: guest.userId } },
    ]);
    const joined = await logged('member.joined');
    expect(joined.at(-1)).toMatchObject({ actor_id: guest.userId, data: { member: { role: 'analyst' } } });
    expect((await owner.get<Page<Invitation>>('/api/invitations')).body.items[0]?.status).toBe('accepted');
  });

  it('A26: works once', async () => {
    const token = await invited(address());
    expect((await accept({ token, name: 'Guest', password: CHOSEN })).status).toBe(201);
    expect(await accept({ token, name: 'Guest', password: CHOSEN })).toMatchObject({
      status: 400,
      body: { code: 'invalid_token' },
    });
  });

  it('A26: takes no role from the request', async () => {
    const token = await invited(address());
    for (const raised of [{ role: 'owner' }, { roleId: roles.get('owner') }]) {
      const answer = await accept({ token, name: 'Guest', password: CHOSEN, ...raised });
      expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_input' } });
    }
  });

  it('A04: its secret is no bearer token', async () => {
    const token = await invited(address());
    expect((await app.stranger.get('/api/auth/me', { authorization: `Bearer ${token}` })).status).toBe(401);
  });

  it.each([
    ['no name', { password: CHOSEN }, 'name'],
    ['no password', { name: 'Guest' }, 'password'],
    ['a short password', { name: 'Guest', password: 'fourteen chars' }, 'password'],
    ['a leaked password', { name: 'Guest', password: 'passwordpassword' }, 'password'],
    ['a password of the workspace’s name', { name: 'Guest', password: "Olga's workspace" }, 'password'],
  ])('refuses %s, and the link still works', async (_, body, path) => {
    const token = await invited(address());
    const answer = await accept({ token, ...body });
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_input', errors: [{ path }] } });
    expect((await accept({ token, name: 'Guest', password: CHOSEN })).status).toBe(201);
  });

  it('is refused to another site’s page', async () => {
    const token = await invited(address());
    const answer = await accept({ token, name: 'Guest', password: CHOSEN }, { 'sec-fetch-site': 'cross-site' });
    expect(answer).toMatchObject({ status: 403, body: { code: 'cross_site' } });
  });

  it('joins the teams that are still there', async () => {
    const email = address();
    const kept = await owner.post<Team>('/api/teams', { name: `Kept ${v7()}` });
    const gone = await owner.post<Team>('/api/teams', { name: `Gone ${v7()}` });
    await invite(email, 'agent', owner, { teamIds: [kept.body.id, gone.body.id] });
    await owner.delete(`/api/teams/${gone.body.id}`);
    const token = await tokenMailedTo(app, owner, email);
    expect((await accept({ token, name: 'Guest', password: CHOSEN })).status).toBe(201);
    const teams = await owner.get<Page<Team>>('/api/teams');
    expect(teams.body.items.find(({ id }) => id === kept.body.id)?.memberIds).toHaveLength(1);
  });
});

describe('accepting with an account', () => {
  let guest: Person;
  let token: string;

  beforeEach(async () => {
    guest = await app.person('Gwen');
    token = await invited(guest.session?.user.email ?? '');
  });

  it('takes the account’s own password and no other', async () => {
    expect(await accept({ token, name: 'Other', password: CHOSEN })).toMatchObject({
      status: 401,
      body: { code: 'invalid_credentials' },
    });
    const answer = await accept({ token, name: 'Other', password: PASSWORD });
    expect(answer).toMatchObject({
      status: 201,
      body: { user: { id: guest.userId, name: 'Gwen' }, workspace: { id: owner.workspaceId } },
    });
  });

  it('takes being signed in as it, and goes on there', async () => {
    const answer = await accept({ token }, bearer(guest));
    expect(answer).toMatchObject({
      status: 201,
      body: { user: { id: guest.userId }, workspace: { id: owner.workspaceId } },
    });
    expect((await guest.get('/api/auth/me')).status).toBe(401);
    const there = await app.stranger.get('/api/auth/me', { authorization: `Bearer ${answer.body.accessToken}` });
    expect(there.body).toMatchObject({ role: 'agent', user: { id: guest.userId } });
  });

  it('A26: is refused to who is signed in as another person', async () => {
    const other = await app.person();
    expect(await accept({ token }, bearer(other))).toMatchObject({ status: 403, body: { code: 'wrong_account' } });
    expect(await accept({ token, password: PASSWORD }, bearer(other))).toMatchObject({ status: 403 });
    expect((await accept({ token }, { authorization: 'Bearer nonsense' })).status).toBe(401);
  });

  it('does not go around a second factor', async () => {
    await app.rows('UPDATE users SET second_factor = true WHERE id = $1', [guest.userId]);
    expect(await accept({ token, password: PASSWORD })).toMatchObject({ status: 409, body: { code: 'wrong_state' } });
    expect((await accept({ token }, bearer(guest))).status).toBe(201);
  });

  it('does not go around the workspace’s identity provider', async () => {
    await app.rows(`UPDATE workspaces SET policies = '{"ssoOnly": true}' WHERE workspace_id = $1`, [owner.workspaceId]);
    expect(await accept({ token, password: PASSWORD })).toMatchObject({ status: 403, body: { code: 'sso_required' } });
    expect(await accept({ token }, bearer(guest))).toMatchObject({ status: 403, body: { code: 'sso_required' } });
    expect((await guest.get('/api/auth/me')).status).toBe(200);
  });

  it('brings back who had left', async () => {
    expect((await accept({ token, password: PASSWORD })).status).toBe(201);
    await app.rows('UPDATE memberships SET ended_at = now() WHERE workspace_id = $1 AND user_id = $2', [
      owner.workspaceId,
      guest.userId,
    ]);
    const again = await invited(guest.session?.user.email ?? '', 'analyst');
    expect((await accept({ token: again, password: PASSWORD })).status).toBe(201);
  });
});
