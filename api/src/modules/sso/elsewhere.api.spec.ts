import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Me, Problem, SignedIn } from '@threadline/contracts';
import { v7 } from 'uuid';
import { cookieOf, mailsTo, Person, subjectsPostedTo, TestApp, tokenMailedTo } from '../../../test';
import { TestVisits } from './test-visits';

describe('somebody whose address has an account elsewhere', () => {
  let app: TestApp;
  let visits: TestVisits;
  let ada: Person;

  beforeAll(async () => {
    app = await TestApp.start({ env: { OUTBOUND_ALLOW_CIDRS: '127.0.0.0/8' } });
    ada = await app.person('Ada');
    visits = await TestVisits.of(app, ada);
  });
  afterAll(async () => {
    await app?.stop();
    await visits?.idp.close();
  });

  const me = async (person: Person) => (await person.get<Me>('/api/auth/me')).body;

  it('joins as somebody new, like anybody, until a link that is mailed to them makes the two one', async () => {
    const eve = await app.person('Eve');
    const email = eve.session?.user.email ?? '';
    const subject = `p${v7()}`;
    const known = await visits.signIn(subject, { email });
    const unknown = await visits.signIn(`p${v7()}`, { email: `${v7()}@example.com` });
    expect([known.status, known.headers.location]).toEqual([unknown.status, unknown.headers.location]);
    expect(Object.keys(known.headers).sort()).toEqual(Object.keys(unknown.headers).sort());
    const joined = await me(await visits.enter(known));
    expect(joined).toMatchObject({ user: { email }, workspace: { id: ada.workspaceId }, addressConfirmed: false });
    expect(joined.user.id).not.toBe(eve.userId);
    expect((await me(eve)).workspace.id).toBe(eve.workspaceId);

    const token = await tokenMailedTo(app, eve, email);
    const moved = await app.stranger.post('/api/auth/confirm-address', { token });
    expect(moved).toMatchObject({ status: 200, body: { outcome: 'moved' } });
    await app.settle();

    // Whoever runs that provider named the address: its word alone is no way into the account that proved it.
    expect((await visits.signIn(subject, { email })).headers.location).toBe('/sign-in?sso=link_required');
    expect(await app.rows('SELECT 1 FROM sso_identities WHERE user_id = $1', [eve.userId])).toEqual([]);
    const there = await eve.post<SignedIn>(`/api/workspaces/${ada.workspaceId}/switch`);
    const proved = new Person(app.url, there.body, cookieOf(there));
    const linked = await visits.link(proved, subject, { email });
    expect(linked.headers.location).toBe('/settings/security?sso=linked');
    const again = await visits.enter(await visits.signIn(subject, { email }));
    expect(await me(again)).toMatchObject({
      user: { id: eve.userId },
      workspace: { id: ada.workspaceId },
      role: joined.role,
    });
    // And it opens that workspace alone, as before.
    const crossing = await again.post<Problem>(`/api/workspaces/${eve.workspaceId}/switch`);
    expect(crossing).toMatchObject({ status: 403, body: { code: 'sso_required' } });
  });

  it('gets no password by the provider’s word, nor by who looks after its workspace, who read the mails', async () => {
    const subject = `p${v7()}`;
    const email = `${subject}@example.com`;
    const person = await visits.enter(await visits.signIn(subject, { email }));
    expect((await app.stranger.post('/api/auth/forgot-password', { email })).status).toBe(202);
    await app.settle();
    expect(await subjectsPostedTo(app, email)).toContain('Set a new password');
    expect((await person.get('/api/mailbox')).status).toBe(200);
    for (const reader of [person, ada]) {
      const read = (await mailsTo(app, reader, email)).map((mail) => mail.subject);
      expect(read).not.toContain('Set a new password');
    }
  });

  it('is one member, however many subjects come by one address at once', async () => {
    const email = `${v7()}@example.com`;
    const answers = await Promise.all(Array.from({ length: 4 }, () => visits.signIn(`p${v7()}`, { email })));
    const places = answers.map(({ headers }) => headers.location).sort();
    expect(places).toEqual(['/', ...Array<string>(3).fill('/sign-in?sso=link_required')]);
    const { body } = await ada.get<{ items: { email: string }[] }>('/api/members');
    expect(body.items.filter((member) => member.email === email)).toHaveLength(1);
  });
});
