import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Me, Member, Permission, Role, ScimToken } from '@threadline/contracts';
import { v7 } from 'uuid';
import { Person, TestApp, tokenMailedTo } from '../../../test';
import { TestVisits } from './test-visits';

const KEEPING: Permission[] = ['workspace:read', 'members:read', 'sso:read', 'sso:write', 'settings:write'];
const LINK_FIRST = '/sign-in?sso=link_required';

/** Who sets up an identity provider can have it say that anybody has any address. */
describe('an account that a directory made and nobody has opened', () => {
  let app: TestApp;
  let ada: Person;
  let roles: Record<string, string>;
  let directory: Person;
  const begun: TestVisits[] = [];

  beforeAll(async () => {
    app = await TestApp.start({ env: { OUTBOUND_ALLOW_CIDRS: '127.0.0.0/8' }, mailServer: true });
  });
  beforeEach(async () => {
    ada = await app.person('Ada');
    const list = await ada.get<{ items: Role[] }>('/api/roles');
    roles = Object.fromEntries(list.body.items.map((role) => [role.builtIn ?? role.name, role.id]));
    const { body } = await ada.post<ScimToken & { token: string }>('/api/scim/tokens', { name: 'Okta' });
    directory = new Person(app.url, { accessToken: body.token } as Person['session']);
  });
  afterEach(async () => {
    for (const { idp } of begun.splice(0)) await idp.close();
  });
  afterAll(() => app?.stop());

  const providerOf = async (keeper: Person, more: object = {}) => {
    const visits = await TestVisits.of(app, keeper, more);
    begun.push(visits);
    return visits;
  };
  const come = (visits: TestVisits, email: string) => visits.signIn(`p${v7()}`, { email });
  const giveRole = async (userId: string, roleId: string | undefined) => {
    const { body } = await ada.get<{ items: Member[] }>('/api/members');
    const member = body.items.find((each) => each.userId === userId);
    expect((await ada.patch(`/api/members/${member?.id}`, { roleId })).status).toBe(200);
    app.clock.advance(3_001);
  };
  /** Somebody whom the directory brought and an owner gave a role. */
  async function provisioned(role: string): Promise<{ id: string; email: string }> {
    const email = `boss.${v7()}@example.com`;
    const user = { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName: email, displayName: 'Boss' };
    const made = await directory.post<{ id: string }>('/scim/v2/Users', user, {
      'content-type': 'application/scim+json',
    });
    expect(made.status).toBe(201);
    if (role in roles) await giveRole(made.body.id, roles[role]);
    return { id: made.body.id, email };
  }
  async function opened(visits: TestVisits, { id, email }: { id: string; email: string }, role: string) {
    const person = await visits.enter(await come(visits, email));
    expect((await person.get<Me>('/api/auth/me')).body).toMatchObject({ user: { id }, role });
  }
  async function staysShut(visits: TestVisits, { id, email }: { id: string; email: string }) {
    expect((await come(visits, email)).headers.location).toBe(LINK_FIRST);
    expect(await app.rows('SELECT 1 FROM sso_identities WHERE user_id = $1', [id])).toEqual([]);
    expect(await app.rows('SELECT 1 FROM sessions WHERE user_id = $1', [id])).toEqual([]);
  }

  it('is opened by no provider of somebody below its role', async () => {
    const keeper = await app.colleagueOf(ada, { permissions: KEEPING });
    const nothing = await app.roleOf(ada, { permissions: ['settings:write'] });
    const above = [await provisioned('owner'), await provisioned('admin'), await provisioned('agent')];
    const mine = await providerOf(keeper, { defaultRoleId: nothing.id, domains: [], anyDomain: true });
    for (const account of above) await staysShut(mine, account);
    // From now on the directory gives the provider's role, too.
    await opened(mine, await provisioned(nothing.name), nothing.name);
  });

  it('is opened, where its role is an owner’s, by the provider of an owner alone', async () => {
    const byAdmin = await providerOf(await app.colleagueOf(ada, 'admin'));
    const byOwner = await providerOf(ada);
    const owner = await provisioned('owner');
    await staysShut(byAdmin, owner);
    await opened(byOwner, owner, 'owner');
    await opened(byAdmin, await provisioned('admin'), 'admin');
  });

  it('goes by what whoever decided last about the provider is now', async () => {
    const chief = await app.colleagueOf(ada, 'admin');
    const visits = await providerOf(chief);
    const admin = await provisioned('admin');
    const path = `/api/sso/providers/${visits.providerId}`;
    await giveRole(chief.userId, roles.manager);
    await staysShut(visits, admin);
    // To give it another name decides nothing.
    expect((await ada.patch(path, { name: 'Renamed' })).status).toBe(200);
    await staysShut(visits, admin);
    for (const enabled of [false, true]) expect((await ada.patch(path, { enabled })).status).toBe(200);
    await opened(visits, admin, 'admin');
  });

  it('is shut again once its person is an owner, unless an owner has decided about the provider, or they linked it', async () => {
    const chief = await app.colleagueOf(ada, 'admin');
    const visits = await providerOf(chief);
    const agent = await provisioned('agent');
    const enter = () => visits.signIn(agent.id, { email: agent.email });
    await visits.enter(await enter());
    await giveRole(agent.id, roles.owner);
    expect((await enter()).headers.location).toBe(LINK_FIRST);
    const path = `/api/sso/providers/${visits.providerId}`;
    for (const enabled of [false, true]) expect((await ada.patch(path, { enabled })).status).toBe(200);
    expect((await enter()).headers.location).toBe('/');
    for (const enabled of [false, true]) expect((await chief.patch(path, { enabled })).status).toBe(200);
    expect((await enter()).headers.location).toBe(LINK_FIRST);
    // What an owner has linked themselves stands, whoever decided.
    const own = { email: ada.session?.user.email };
    await visits.link(ada, 'ada', own);
    expect((await visits.signIn('ada', own)).headers.location).toBe('/');
  });

  it('is opened by no provider of somebody who has left', async () => {
    const chief = await app.colleagueOf(ada, 'admin');
    const visits = await providerOf(chief);
    const agent = await provisioned('agent');
    const { body } = await ada.get<{ items: Member[] }>('/api/members');
    const seat = body.items.find(({ userId }) => userId === chief.userId);
    expect((await ada.delete(`/api/members/${seat?.id}`)).status).toBe(204);
    await staysShut(visits, agent);
  });

  it('is opened so by who has followed the link that was mailed to them, too: it sets no password', async () => {
    const visits = await providerOf(ada);
    const agent = await provisioned('agent');
    const token = await tokenMailedTo(app, ada, agent.email);
    expect((await app.stranger.post('/api/auth/confirm-address', { token })).status).toBe(200);
    await opened(visits, agent, 'agent');
  });
});
