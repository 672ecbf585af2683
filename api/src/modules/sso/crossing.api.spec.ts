import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Me, OwnWorkspace, Problem, Role, SignedIn, WorkspacePolicies } from '@threadline/contracts';
import { v7 } from 'uuid';
import { PASSWORD, Person, TestApp, tokenMailedTo } from '../../../test';
import { SessionDirectory } from '../auth';
import { TestVisits } from './test-visits';

/** A provider speaks for the workspaces it was set up in, and for no other of the people it names. */
describe('a session that an identity provider began, and other workspaces', () => {
  let app: TestApp;
  let home: Person;
  let visits: TestVisits;

  beforeAll(async () => {
    app = await TestApp.start({ env: { OUTBOUND_ALLOW_CIDRS: '127.0.0.0/8' }, mailServer: true });
    home = await app.person('Home');
    visits = await TestVisits.of(app, home);
  });
  afterAll(async () => {
    await app?.stop();
    await visits?.idp.close();
  });

  const somebody = (claims: object = {}) => {
    const subject = `p${v7()}`;
    return { subject, email: `${subject}@example.com`, ...claims };
  };
  const enter = async ({ subject, ...claims }: { subject: string; email: string }) =>
    visits.enter(await visits.signIn(subject, claims));
  const roleIn = async (owner: Person) => {
    const { body } = await owner.get<{ items: Role[] }>('/api/roles');
    return body.items.find(({ builtIn }) => builtIn === 'agent')?.id;
  };
  const invited = async (owner: Person, email: string) => {
    // After the link that confirms the address of a new account.
    await app.settle();
    expect((await owner.post('/api/invitations', { email, roleId: await roleIn(owner) })).status).toBe(201);
    return tokenMailedTo(app, owner, email);
  };
  const accept = (person: Person, token: string) =>
    person.post<SignedIn & Problem>('/api/invitations/accept', { token });
  const asks = async (owner: Person, policies: Partial<WorkspacePolicies>) => {
    await app.rows('UPDATE workspaces SET policies = $2 WHERE workspace_id = $1', [
      owner.workspaceId,
      JSON.stringify(policies),
    ]);
    app.get(SessionDirectory).forgetAll();
  };
  /** Another workspace takes the same provider's word. */
  const takesItsWord = async (owner: Person) => {
    const { issuer, clientId, clientSecret } = visits.idp;
    const added = await owner.post('/api/sso/providers', {
      name: 'The same',
      preset: 'custom',
      issuer,
      clientId,
      clientSecret,
      defaultRoleId: await roleIn(owner),
      domains: ['example.com'],
    });
    expect(added.status).toBe(201);
  };

  it('brings no second factor into a workspace that requires one, unless that one has the same provider', async () => {
    const walter = somebody({ amr: ['mfa'] });
    const [strict, sister] = [await app.person('Strict'), await app.person('Sister')];
    await takesItsWord(sister);
    for (const each of [home, strict, sister]) {
      await app.rows('UPDATE users SET second_factor = true WHERE id = $1', [each.userId]);
      await asks(each, { secondFactorRequired: true });
    }
    const session = await enter(walter);
    expect((await session.get('/api/leads')).status).toBe(200);
    await asks(home, {});

    const there = await accept(session, await invited(strict, walter.email));
    expect(there.status).toBe(201);
    const refused = await new Person(app.url, there.body).get<Problem>('/api/leads');
    expect(refused).toMatchObject({ status: 403, body: { code: 'second_factor_required' } });

    const token = await invited(sister, walter.email);
    const known = await accept(await enter(walter), token);
    expect((await new Person(app.url, known.body).get('/api/leads')).status).toBe(200);
  });

  it('comes by no invitation into a workspace that takes only its own providers’ word', async () => {
    const wanda = somebody();
    const closed = await app.person('Closed');
    const token = await invited(closed, wanda.email);
    await asks(closed, { ssoOnly: true });
    const session = await enter(wanda);
    expect(await accept(session, token)).toMatchObject({ status: 403, body: { code: 'sso_required' } });
    expect((await session.get('/api/auth/me')).status).toBe(200);
    expect(await app.rows('SELECT 1 FROM memberships WHERE user_id = $1', [session.userId])).toHaveLength(1);

    await takesItsWord(closed);
    const provider = await app.rows<{ id: string }>('SELECT id FROM sso_providers WHERE workspace_id = $1', [
      closed.workspaceId,
    ]);
    const switched = (enabled: boolean) =>
      app.rows('UPDATE sso_providers SET enabled = $2 WHERE id = $1', [provider[0]?.id, enabled]);
    await switched(false);
    expect((await accept(session, token)).status).toBe(403);
    await switched(true);
    expect(await accept(session, token)).toMatchObject({
      status: 201,
      body: { workspace: { id: closed.workspaceId } },
    });
  });

  it('is shown only workspaces that take its provider’s word, and renames nobody in others', async () => {
    const willa = somebody();
    const other = await app.person('Other');
    const named = async (person: Person) => (await person.get<Me>('/api/auth/me')).body.user.name;
    const shownTo = async (person: Person) =>
      (await person.get<{ items: OwnWorkspace[] }>('/api/workspaces')).body.items.map(({ id }) => id).sort();
    const first = await enter(willa);
    expect((await first.patch('/api/user/profile', { name: 'Willa' })).status).toBe(200);
    const accepted = await accept(first, await invited(other, willa.email));
    expect(accepted.status).toBe(201);
    const there = new Person(app.url, accepted.body);
    expect(await shownTo(there)).toEqual([home.workspaceId, other.workspaceId].sort());

    const session = await enter(willa);
    expect(await shownTo(session)).toEqual([home.workspaceId]);
    // By accepting, with a link that came by mail, she has made the account hers.
    const renamed = await session.patch<Problem>('/api/user/profile', { name: 'Wilma' });
    expect(renamed).toMatchObject({ status: 403, body: { code: 'proof_required' } });
    expect(await named(there)).toBe('Willa');
    await takesItsWord(other);
    expect(await shownTo(session)).toEqual([home.workspaceId, other.workspaceId].sort());
    await app.rows('DELETE FROM sso_providers WHERE workspace_id = $1', [other.workspaceId]);

    await app.stranger.post('/api/auth/forgot-password', { email: willa.email });
    const token = await tokenMailedTo(app, home, willa.email);
    expect((await app.stranger.post('/api/auth/reset-password', { token, password: PASSWORD })).status).toBe(204);
    const again = await enter(willa);
    expect(await shownTo(again)).toEqual([home.workspaceId]);
    const proof = await again.post<SignedIn>('/api/auth/prove', { password: PASSWORD });
    const proved = new Person(app.url, { ...again.session, ...proof.body } as SignedIn);
    expect(await shownTo(proved)).toEqual([home.workspaceId, other.workspaceId].sort());
    expect((await proved.patch('/api/user/profile', { name: 'Wilma' })).status).toBe(200);
  });

  it('goes into no other workspace before its person has made the account theirs', async () => {
    const wendy = somebody();
    const sister = await app.person('Sister');
    await takesItsWord(sister);
    const provider = await app.rows<{ id: string }>('SELECT id FROM sso_providers WHERE workspace_id = $1', [
      sister.workspaceId,
    ]);
    const there = () => visits.at(provider[0]?.id ?? '').signIn(wendy.subject, { email: wendy.email });
    const session = await enter(wendy);
    expect((await there()).headers.location).toBe('/sign-in?sso=confirm_first');
    expect(await app.rows('SELECT 1 FROM memberships WHERE user_id = $1', [session.userId])).toHaveLength(1);

    await app.settle();
    const token = await tokenMailedTo(app, home, wendy.email);
    expect((await app.stranger.post('/api/auth/confirm-address', { token })).status).toBe(200);
    expect((await there()).headers.location).toBe('/');
  });

  it('makes no workspace, for whoever it is', async () => {
    const session = await enter(somebody());
    const made = await session.post<Problem>('/api/workspaces', { name: 'Mine' });
    expect(made).toMatchObject({ status: 403, body: { code: 'proof_required' } });
  });

  it('is shown no identity that another provider knows its person by', async () => {
    const wilma = somebody();
    const session = await enter(wilma);
    await app.rows(
      `INSERT INTO sso_identities (id, issuer, subject, user_id, provider_id, email, linked_at, last_used_at, linked)
       SELECT gen_random_uuid(), 'https://elsewhere.test', 'wilma', user_id, provider_id, 'private@elsewhere.test', now(), now(), true
         FROM sso_identities WHERE user_id = $1`,
      [session.userId],
    );
    const seen = async () =>
      (await session.get<{ items: { email: string }[] }>('/api/auth/identities')).body.items.map(({ email }) => email);
    expect(await seen()).toEqual([wilma.email]);
  });

  it('is told nothing of other workspaces by what it may not do', async () => {
    const answers = [];
    for (const further of [true, false]) {
      const person = somebody();
      const session = await enter(person);
      await app.settle();
      const token = await tokenMailedTo(app, home, person.email);
      expect((await app.stranger.post('/api/auth/confirm-address', { token })).status).toBe(200);
      if (further) {
        await app.rows(
          `INSERT INTO memberships (workspace_id, id, user_id, role_id, joined_at)
           SELECT workspace_id, gen_random_uuid(), $2, id, now() FROM roles WHERE workspace_id = $1 AND built_in = 'agent'`,
          [(await app.person('Further')).workspaceId, session.userId],
        );
      }
      const { status, body } = await session.patch<Problem>('/api/user/profile', { name: 'Renamed' });
      answers.push([status, body.code, body.detail]);
    }
    expect(answers[0]).toEqual(answers[1]);
  });
});
