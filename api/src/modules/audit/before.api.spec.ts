import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type AuditEntry,
  type ChangeEventType,
  DEFAULT_POLICIES,
  DEFAULT_USER_SETTINGS,
  type EventType,
  type Lead,
  type Message,
  type NewEvent,
  type Page,
  type Role,
  type Team,
} from '@threadline/contracts';
import { type Person, TestApp } from '../../../test';
import { inhabitantsOf } from '../../../test/inhabitants';

/** Makes a change over HTTP; answers the fields it moved, from what to what. */
type Change = (ada: Person, app: TestApp) => Promise<Record<string, [before: unknown, after: unknown]>>;

const done = (answer: { status: number }) => expect(answer.status).toBeLessThan(300);

/** Of each event that changes what was there, a command that leads to it. */
const CHANGES = {
  'workspace.renamed': async (ada) => {
    const { body } = await ada.get<{ name: string }>('/api/workspace');
    done(await ada.patch('/api/workspace', { name: 'Renamed' }));
    return { name: [body.name, 'Renamed'] };
  },
  'workspace.policies_changed': async (ada) => {
    done(await ada.put('/api/workspace/policies', { ...DEFAULT_POLICIES, sessionIdleDays: 2 }));
    return { sessionIdleDays: [DEFAULT_POLICIES.sessionIdleDays, 2] };
  },
  'workspace.break_glass_changed': async (ada) => {
    done(await ada.patch('/api/sso/break-glass', { userIds: [ada.userId] }));
    return { userIds: [[], [ada.userId]] };
  },
  'workspace.ownership_transferred': async (ada, app) => {
    const zoe = await app.person('Zoe');
    const heir = await app.colleagueOf(zoe, 'admin');
    done(await zoe.post('/api/workspace/ownership', { userId: heir.userId }));
    const { body } = await heir.get<Page<AuditEntry>>('/api/audit?action=workspace.ownership_transferred');
    expect(body.items[0]?.changes).toEqual([{ field: 'owner', before: zoe.userId, after: heir.userId }]);
    return {};
  },
  'member.role_changed': async (ada, app) => {
    const ben = await app.colleagueOf(ada);
    const roles = (await ada.get<Page<Role>>('/api/roles')).body.items;
    const members = (await ada.get<Page<{ id: string; userId: string; role: string }>>('/api/members')).body.items;
    const member = members.find(({ userId }) => userId === ben.userId);
    const manager = roles.find(({ builtIn }) => builtIn === 'manager');
    done(await ada.patch(`/api/members/${member?.id}`, { roleId: manager?.id }));
    return { role: [member?.role, manager?.builtIn] };
  },
  'team.updated': async (ada) => {
    const team = (await ada.post<Team>('/api/teams', { name: 'North' })).body;
    done(await ada.patch(`/api/teams/${team.id}`, { name: 'South', memberIds: [ada.userId] }));
    return { name: ['North', 'South'], memberIds: [[], [ada.userId]] };
  },
  'role.updated': async (ada) => {
    const role = (await ada.post<Role>('/api/roles', { name: 'Reader', permissions: ['leads:read'] })).body;
    done(await ada.patch(`/api/roles/${role.id}`, { description: 'Reads', permissions: [] }));
    return { description: ['', 'Reads'], permissions: [['leads:read'], []] };
  },
  'user.settings_changed': async (ada) => {
    const { saved: _, ...first } = DEFAULT_USER_SETTINGS;
    done(await ada.put('/api/user/settings', { ...first, theme: 'light' }));
    done(await ada.put('/api/user/settings', { ...first, theme: 'dark' }));
    return { theme: ['light', 'dark'] };
  },
  'user.profile_changed': async (ada) => {
    done(await ada.patch('/api/user/profile', { name: 'Ada Lovelace' }));
    return { name: ['Ada', 'Ada Lovelace'] };
  },
  'user.factor_renamed': async (ada, app) => {
    const things = await inhabitantsOf(app, ada);
    const { path } = things.call('PATCH', '/api/auth/passkeys/:id');
    done(await ada.patch(path, { name: 'Phone' }));
    return { name: ['Laptop', 'Phone'] };
  },
  'sso_provider.updated': async (ada, app) => {
    const things = await inhabitantsOf(app, ada);
    const { path } = things.call('PATCH', '/api/sso/providers/:id');
    done(await ada.patch(path, { name: 'Directory', clientSecret: 'another-secret-4711' }));
    return { name: ['ID', 'Directory'] };
  },
  'lead.updated': async (ada) => {
    const lead = (await ada.post<Lead>('/api/leads', { name: 'Lin' })).body;
    done(await ada.patch(`/api/leads/${lead.id}`, { company: 'Acme' }));
    return { company: [null, 'Acme'] };
  },
  'lead.status_changed': async (ada) => {
    const lead = (await ada.post<Lead>('/api/leads', { name: 'Lin' })).body;
    done(await ada.patch(`/api/leads/${lead.id}`, { status: 'qualified' }));
    return { status: [lead.status, 'qualified'] };
  },
  'conversation.updated': async (ada) => {
    done(await ada.patch(`/api/conversations/${await conversationOf(ada)}`, { tags: ['warm'] }));
    return { tags: [[], ['warm']] };
  },
  'conversation.status_changed': async (ada) => {
    done(await ada.patch(`/api/conversations/${await conversationOf(ada)}`, { status: 'resolved' }));
    return { status: ['open', 'resolved'] };
  },
  'conversation.assigned': async (ada, app) => {
    const ben = await app.colleagueOf(ada);
    const id = await conversationOf(ada);
    const { assigneeId } = (await ada.get<{ assigneeId: string | null }>(`/api/conversations/${id}`)).body;
    done(await ada.patch(`/api/conversations/${id}`, { assigneeId: ben.userId }));
    return { assigneeId: [assigneeId, ben.userId] };
  },
} satisfies Partial<Record<EventType, Change>>;

async function conversationOf(ada: Person): Promise<string> {
  const lead = (await ada.post<Lead>('/api/leads', { name: 'Lin', email: 'lin@example.com' })).body;
  const message = { channel: 'email', content: 'Hello' };
  return (await ada.post<Message>(`/api/leads/${lead.id}/messages`, message)).body.conversationId;
}

describe('an entry about a change', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start();
  });
  afterAll(() => app?.stop());

  it.each(Object.entries(CHANGES) as [EventType, Change][])('%s says what was, and what is', async (type, change) => {
    const ada = await app.person('Ada');
    const moved = Object.entries(await change(ada, app));
    if (moved.length === 0) return;
    const { body } = await ada.get<Page<AuditEntry>>(`/api/audit?action=${type}`);
    const expected = moved.map(([field, [before, after]]) => ({ field, before, after }));
    expect(body.items[0]?.changes).toEqual(expected);
  });

  it('of what is gone says what it was', async () => {
    const ada = await app.person('Ada');
    const team = (await ada.post<Team>('/api/teams', { name: 'North' })).body;
    done(await ada.delete(`/api/teams/${team.id}`));
    const { body } = await ada.get<Page<AuditEntry>>('/api/audit?action=team.deleted');
    expect(body.items[0]?.changes).toEqual([{ field: 'name', before: 'North', after: null }]);
  });

  it('cannot be appended without what was: it does not compile', () => {
    const about = { subject: { type: 'workspace' as const, id: '' }, about: [] };
    // @ts-expect-error a change by its outcome alone
    const forgotten: NewEvent = { ...about, type: 'workspace.renamed', data: { name: '' } };
    const told: NewEvent = { ...about, type: 'workspace.renamed', data: { name: '' }, before: { name: 'Old' } };
    const types: ChangeEventType[] = ['workspace.renamed', 'team.updated', 'conversation.updated'];
    expect([forgotten.before, told.before, types.length]).toEqual([undefined, { name: 'Old' }, 3]);
  });
});
