import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Invitation, Page, Permission, Problem, Role, SignedIn, Team } from '@threadline/contracts';
import { v7 } from 'uuid';
import { memberActor, systemActor } from '../../../platform/access';
import { UnitOfWork } from '../../../platform/work';
import { Person, TestApp, tokenMailedTo } from '../../../../test';
import { Registration } from '../../auth';
import { MembersService } from '../../people';

const CHOSEN = 'eleven purple lampshades at dawn';

let app: TestApp;
let owner: Person;
let admin: Person;
let roles: Map<string, string>;

beforeAll(async () => {
  app = await TestApp.start({ mailServer: true });
});
afterAll(() => app?.stop());
beforeEach(async () => {
  owner = await app.person('Olga');
  admin = await app.colleagueOf(owner, 'admin');
  const { body } = await owner.get<Page<Role>>('/api/roles');
  roles = new Map(body.items.map((role) => [role.builtIn ?? role.name, role.id]));
});

const address = () => `guest.${v7()}@example.com`;
const roleId = (word: string) => roles.get(word) ?? '';

interface Sent {
  id: string;
  token: string;
}

async function invited(by: Person, given: { email?: string; roleId: string; teamIds?: string[] }): Promise<Sent> {
  const email = given.email ?? address();
  const { status, body } = await by.post<Invitation>('/api/invitations', { ...given, email });
  expect(status).toBe(201);
  return { id: body.id, token: await tokenMailedTo(app, owner, email) };
}

const accept = ({ token }: Sent, by?: Person) =>
  app.stranger.post<SignedIn & Pick<Problem, 'code'>>(
    '/api/invitations/accept',
    by ? { token } : { token, name: 'Guest', password: CHOSEN },
    by ? { authorization: `Bearer ${by.token}` } : {},
  );
const preview = ({ token }: Sent) => app.stranger.post<Problem>('/api/invitations/preview', { token });

async function expectDead(sent: Sent, by?: Person): Promise<void> {
  expect(await preview(sent)).toMatchObject({ status: 400, body: { code: 'invalid_token' } });
  expect(await accept(sent, by)).toMatchObject({ status: 400, body: { code: 'invalid_token' } });
}

async function statusOf({ id }: Sent): Promise<Invitation['status'] | undefined> {
  await app.settle();
  const { body } = await owner.get<Page<Invitation>>('/api/invitations');
  return body.items.find((each) => each.id === id)?.status;
}

async function memberIdOf(person: Person): Promise<string> {
  const [row] = await app.rows<{ id: string }>('SELECT id FROM memberships WHERE workspace_id = $1 AND user_id = $2', [
    owner.workspaceId,
    person.userId,
  ]);
  return row?.id ?? '';
}

const giveRole = async (person: Person, word: string) =>
  expect((await owner.patch(`/api/members/${await memberIdOf(person)}`, { roleId: roleId(word) })).status).toBe(200);
const remove = async (person: Person) =>
  expect((await owner.delete(`/api/members/${await memberIdOf(person)}`)).status).toBe(204);
const joinOtherwise = (person: Person, word: string) => {
  const user = { id: person.userId, name: 'Petra', email: person.session?.user.email ?? '' };
  return app
    .get(UnitOfWork)
    .run(systemActor(owner.workspaceId, 'test'), (tx) =>
      app.get(Registration).join(tx, user, { id: roleId(word), name: word }),
    );
};

describe('an invitation whose sender', () => {
  it('was taken out of the workspace: is dead, is shown so, and stays so if they come back', async () => {
    const sent = await invited(admin, { roleId: roleId('admin') });
    await remove(admin);
    await expectDead(sent);
    expect(await statusOf(sent)).toBe('revoked');
    const told = await app.rows(`SELECT 1 FROM events WHERE workspace_id = $1 AND type = 'invitation.revoked'`, [
      owner.workspaceId,
    ]);
    expect(told).toHaveLength(1);
    await joinOtherwise(admin, 'admin');
    await expectDead(sent);
  });

  it('may do less by now: is dead unless they could still send it', async () => {
    const high = await invited(admin, { roleId: roleId('admin') });
    const low = await invited(admin, { roleId: roleId('agent') });
    await giveRole(admin, 'manager');
    await expectDead(high);
    expect([await statusOf(high), await statusOf(low)]).toEqual(['revoked', 'pending']);
    expect((await preview(low)).status).toBe(200);
    expect((await accept(low)).status).toBe(201);
  });

  it('may invite nobody any longer: is dead', async () => {
    const sent = await invited(admin, { roleId: roleId('analyst') });
    await giveRole(admin, 'analyst');
    await expectDead(sent);
    expect(await statusOf(sent)).toBe('revoked');
  });

  it('handed the ownership on: makes no owner any longer, and admins still', async () => {
    const toOwn = await invited(owner, { roleId: roleId('owner') });
    const toManage = await invited(owner, { roleId: roleId('admin') });
    const handed = await owner.post('/api/workspace/ownership', { userId: admin.userId });
    expect(handed.status).toBeLessThan(300);
    await expectDead(toOwn);
    expect((await accept(toManage)).status).toBe(201);
  });

  it('left the team it leads to, and may not change teams: is dead', async () => {
    const permissions: Permission[] = ['members:read', 'members:write'];
    const scopes = { leads: 'team', conversations: 'team' } as const;
    const doer = await app.colleagueOf(owner, { permissions, scopes });
    const given = await app.roleOf(owner, { permissions: ['members:read'], scopes });
    const team = await owner.post<Team>('/api/teams', { name: 'Sales', memberIds: [doer.userId] });
    const sent = await invited(doer, { roleId: given.id, teamIds: [team.body.id] });
    expect((await preview(sent)).status).toBe(200);
    expect((await owner.patch(`/api/teams/${team.body.id}`, { memberIds: [] })).status).toBe(200);
    await expectDead(sent);
    expect(await statusOf(sent)).toBe('revoked');
  });

  it('would give more than they have, since the role gives more by now: is dead', async () => {
    const manager = await app.colleagueOf(owner, 'manager');
    const role = await app.roleOf(owner, { permissions: ['leads:read'] });
    const sent = await invited(manager, { roleId: role.id });
    const change = { permissions: ['leads:read', 'workspace:write'] };
    expect((await owner.patch(`/api/roles/${role.id}`, change)).status).toBe(200);
    await expectDead(sent);
    expect(await statusOf(sent)).toBe('revoked');
  });

  it('is demoted at the moment it is accepted: is dead', async () => {
    const sent = await invited(admin, { roleId: roleId('admin') });
    const id = await memberIdOf(admin);
    const by = memberActor(owner.workspaceId, { id: owner.userId, name: 'Olga' });
    let answer: ReturnType<typeof accept> | undefined;
    await app.get(UnitOfWork).run(by, async (tx) => {
      await app.get(MembersService).giveRole(tx, id, roleId('analyst'));
      answer = accept(sent);
      while (!(await someoneWaits())) await new Promise((resolve) => setTimeout(resolve, 5));
    });
    expect(await answer).toMatchObject({ status: 400, body: { code: 'invalid_token' } });
  });

  it('is not who sent it again: is theirs who did', async () => {
    const email = address();
    const { id } = await invited(admin, { email, roleId: roleId('admin') });
    const again = await owner.post<Invitation>(`/api/invitations/${id}/resend`);
    expect(again.body.invitedBy).toMatchObject({ id: owner.userId });
    const sent = { id, token: await tokenMailedTo(app, owner, email) };
    await remove(admin);
    expect(await statusOf(sent)).toBe('pending');
    expect((await accept(sent)).status).toBe(201);
  });

  it('is nobody: works', async () => {
    const sent = await invited(admin, { roleId: roleId('admin') });
    await app.rows('UPDATE invitations SET invited_by = NULL WHERE id = $1', [sent.id]);
    await remove(admin);
    expect(await statusOf(sent)).toBe('pending');
    expect((await accept(sent)).status).toBe(201);
  });
});

describe('an invitation whose addressee', () => {
  let petra: Person;
  let email: string;

  beforeEach(async () => {
    petra = await app.person('Petra');
    email = petra.session?.user.email ?? '';
  });

  it('came in another way is over, and brings nobody back who was taken out', async () => {
    const sent = await invited(owner, { email, roleId: roleId('admin') });
    await joinOtherwise(petra, 'agent');
    expect(await statusOf(sent)).toBe('revoked');
    await remove(petra);
    await expectDead(sent, petra);
  });

  it('has left since is dead at once, and a new one brings them back', async () => {
    const sent = await invited(owner, { email, roleId: roleId('admin') });
    await joinOtherwise(petra, 'agent');
    // Whatever has seen to the list by then.
    await app.settle();
    await app.rows('UPDATE invitations SET revoked_at = NULL WHERE id = $1', [sent.id]);
    await remove(petra);
    await app.settle();
    await app.rows('UPDATE invitations SET revoked_at = NULL WHERE id = $1', [sent.id]);
    await expectDead(sent, petra);
    const again = await invited(owner, { email, roleId: roleId('agent') });
    expect((await accept(again, petra)).status).toBe(201);
  });
});

/** Whether something waits for a row that another transaction holds. */
async function someoneWaits(): Promise<boolean> {
  const rows = await app.rows(
    `SELECT 1 FROM pg_locks WHERE NOT granted
        AND pid IN (SELECT pid FROM pg_stat_activity WHERE datname = current_database())`,
  );
  return rows.length > 0;
}
