import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Problem, Role } from '@threadline/contracts';
import { type Person, TestApp } from '../../../../test';
import { type IdentityProvider, startIdentityProvider } from '../../../../../tools/identity-provider/index.mjs';
import { TestVisits } from '../test-visits';

describe('a provider that gives more than its keeper has', () => {
  let app: TestApp;
  let ada: Person;
  let visits: TestVisits;
  let mine: IdentityProvider;
  let roles: Record<string, string>;

  beforeAll(async () => {
    app = await TestApp.start({ env: { OUTBOUND_ALLOW_CIDRS: '127.0.0.0/8' } });
    ada = await app.person('Ada');
    const list = await ada.get<{ items: Role[] }>('/api/roles');
    roles = Object.fromEntries(list.body.items.map((role) => [role.builtIn ?? role.name, role.id]));
    visits = await TestVisits.of(app, ada, {
      groupsClaim: 'groups',
      groupRoles: [{ group: 'bosses', roleId: roles.admin }],
    });
    mine = await startIdentityProvider({ redirectUri: `${app.url}/api/auth/sso/callback` });
  });
  afterAll(async () => {
    await app?.stop();
    await visits?.idp.close();
    await mine?.close();
  });

  it('is pointed elsewhere by nobody below any of its roles, be it one that it gave before', async () => {
    const path = `/api/sso/providers/${visits.providerId}`;
    const keeper = await app.colleagueOf(ada, { permissions: ['sso:read', 'sso:write', 'members:read'] });
    const changes = [
      { issuer: mine.issuer, clientId: mine.clientId, clientSecret: mine.clientSecret },
      { clientId: 'mine' },
      { domains: ['elsewhere.test'] },
      { domains: [], anyDomain: true },
      { groupsClaim: 'email' },
      { groupRoles: [] },
      { defaultRoleId: roles.analyst },
    ];
    for (const change of changes) {
      const { status, body } = await keeper.patch<Problem>(path, change);
      expect([change, status, body.code]).toEqual([change, 403, 'forbidden']);
    }
    expect((await keeper.patch(path, { name: 'Kept', clientSecret: visits.idp.clientSecret })).status).toBe(200);
    expect((await keeper.patch(path, { enabled: false })).status).toBe(200);
    expect((await keeper.patch(path, { enabled: true })).status).toBe(403);
    expect((await ada.patch(path, { domains: ['elsewhere.test'], enabled: true })).status).toBe(200);
  });
});
