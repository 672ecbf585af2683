import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DEFAULT_POLICIES, DEFAULT_USER_SETTINGS, type Lead, type Page, type Role } from '@threadline/contracts';
import { v7 } from 'uuid';
import { PASSWORD, type Person, TestApp } from '../../../test';
import { inhabitantsOf, takesAnId } from '../../../test/inhabitants';
import { type Route, routesOf } from '../../../test/route-table';

const { saved: _, ...SETTINGS } = DEFAULT_USER_SETTINGS;
/** Stands where secrets and texts of messages are said. */
const CANARY = 'canary-4711-told-to-nobody';
const ADDRESS = 'http://127.0.0.1:9/taken';

interface World {
  ada: Person;
  leadId: string;
  agentRole: string;
  managerRole: string;
  heir: Person;
  /** A route on the things that are there. */
  call: Things['call'];
}
type Things = Awaited<ReturnType<typeof inhabitantsOf>>;

/** What a route has to be asked with, so that it changes something; others do with nothing, or with what they find. */
const BODIES: Record<string, (world: World) => object> = {
  'POST /api/api-keys': () => ({ name: 'Nightly', permissions: ['leads:read'] }),
  'PUT /api/audit/checkpoint-delivery': ({ ada }) => ({ recipientIds: [ada.userId], every: 'day' }),
  'POST /api/audit/exports': () => ({ format: 'csv' }),
  'POST /api/audit/holds': () => ({ reason: 'A lawsuit' }),
  'PUT /api/audit/retention': () => ({ months: 24 }),
  'POST /api/audit/schedules': ({ ada }) => ({
    ...{ name: 'Monthly', format: 'csv', covers: 'all', frequency: 'daily', hour: 6, timeZone: 'UTC' },
    recipientIds: [ada.userId],
  }),
  'PATCH /api/audit/schedules/:id': () => ({ state: 'active' }),
  'POST /api/audit/streams': () => ({ name: 'SIEM', kind: 'webhook', url: ADDRESS, from: 'now' }),
  'PATCH /api/audit/streams/:id': () => ({ name: 'Another collector' }),
  'POST /api/audit/views': () => ({ name: 'Denials', filters: { outcome: 'denied' } }),
  'PATCH /api/audit/views/:id': () => ({ name: 'All of it' }),
  'PATCH /api/conversations/:id': () => ({ tags: ['warm'] }),
  'POST /api/hooks/rest': () => ({ targetUrl: ADDRESS, eventType: 'lead.created' }),
  'POST /api/invitations': ({ agentRole }) => ({ email: `guest.${v7()}@example.com`, roleId: agentRole }),
  'POST /api/drafts/:leadId': () => ({ channel: 'email', content: CANARY }),
  'POST /api/leads': () => ({ name: 'Lin' }),
  'POST /api/leads/:leadId/messages': () => ({
    channel: 'email',
    subject: CANARY,
    content: CANARY,
    afterMessageId: null,
  }),
  'PATCH /api/leads/:id': () => ({ name: 'Linnea' }),
  'PATCH /api/members/:id': ({ managerRole }) => ({ roleId: managerRole }),
  'POST /api/privacy/requests': ({ leadId }) => ({ kind: 'export', leadId }),
  'POST /api/provider-connections': () => ({
    provider: 'twilio',
    name: 'Calls',
    settings: { secret: CANARY },
  }),
  'PATCH /api/provider-connections/:id': () => ({ name: 'Other calls' }),
  'POST /api/roles': () => ({ name: 'Reader', permissions: ['leads:read'] }),
  'PATCH /api/roles/:id': () => ({ name: 'Other role' }),
  'POST /api/scim/tokens': () => ({ name: 'Directory' }),
  'PATCH /api/sso/break-glass': ({ ada }) => ({ userIds: [ada.userId] }),
  'POST /api/teams': () => ({ name: 'North' }),
  'PATCH /api/teams/:id': () => ({ name: 'South' }),
  'PATCH /api/user/profile': () => ({ name: 'Ada Lovelace' }),
  'PUT /api/user/settings': () => ({ ...SETTINGS, theme: 'dark' }),
  'PATCH /api/webhook-bench/receivers/:id': () => ({ answer: 'slow' }),
  'POST /api/webhooks': () => ({ url: ADDRESS, eventTypes: ['lead.created'] }),
  'PATCH /api/webhooks/:id': () => ({ description: 'Another' }),
  'PATCH /api/workspace': () => ({ name: 'Renamed' }),
  'PUT /api/workspace/policies': () => ({ ...DEFAULT_POLICIES, sessionIdleDays: 3 }),
  'POST /api/workspaces': () => ({ name: 'Another' }),
  'POST /api/workspace/ownership': ({ heir }) => ({ userId: heir.userId }),
  'PUT /api/auth/password': () => ({ current: PASSWORD, password: `${PASSWORD} anew` }),
};

/** Fields of answers that nobody else may read. */
const SECRET = /^(key|token|secret|accessToken|refreshToken|clientSecret|password|codes|recoveryCodes)$/;

function secretsIn(value: unknown, field = ''): string[] {
  if (typeof value === 'string') return SECRET.test(field) && value.length > 8 ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) => secretsIn(each, Array.isArray(value) ? field : name));
}

/** What has to be there first. */
const BEFORE: Record<string, (world: World, app: TestApp) => Promise<unknown>> = {
  'DELETE /api/auth/sessions': ({ ada }, app) =>
    app.stranger.post('/api/auth/login', { email: ada.session?.user.email, password: PASSWORD }),
  'DELETE /api/drafts/:leadId': async ({ ada, call }) => {
    const { path } = call('POST', '/api/drafts/:leadId');
    await ada.post(path, { channel: 'email', content: CANARY });
  },
};

/** What changes nothing that anybody would ask about later, and why. */
const SILENT: Record<string, string> = {
  'POST /api/auth/identities/start': 'sends to the provider; what comes back has its entry',
  'POST /api/auth/mfa/totp': 'nothing holds until it is confirmed',
  'POST /api/auth/passkeys/options': 'nothing holds until the browser answers',
  'POST /api/auth/prove': 'says again who one is; what is done with it has its entry, and failures have',
  'POST /api/auth/prove/options': 'only asks the browser',
  'POST /api/batch': 'each of its requests leaves its own',
  'POST /api/conversations/:id/read': 'nothing was unread',
  'POST /api/mailbox/:id/bounce': 'plays the recipient: what follows has an entry of its own',
  'POST /api/mailbox/:id/click': 'plays the recipient',
  'POST /api/mailbox/:id/open': 'plays the recipient',
  'POST /api/mailbox/:id/reply': 'plays the recipient',
  'POST /api/mailbox/:id/scan': 'plays the recipient',
  'POST /api/sso/providers/:id/test': 'looks at an issuer',
  'POST /api/user/email': 'nothing holds until the link in the mail is followed',
  'POST /api/user/email/confirmation': 'nothing holds until the link in the mail is followed',
  'POST /api/webhook-bench/check-address': 'looks at an address',
  'POST /api/webhooks/:id/replay/preview': 'counts',
};

/** What takes more than one call to get to; the spec that goes the way. */
const ELSEWHERE: Record<string, string> = {
  'POST /api/audit/exports/:id/cancel': 'audit/exports/exports.api.spec.ts',
  'POST /api/audit/streams/:id/rotate-secret': 'audit/streams/streams.api.spec.ts',
  'POST /api/auth/mfa/recovery-codes': 'mfa/mfa.api.spec.ts',
  'POST /api/auth/mfa/totp/confirm': 'mfa/mfa.api.spec.ts',
  'DELETE /api/auth/mfa/totp': 'mfa/mfa.api.spec.ts',
  'POST /api/auth/passkeys': 'mfa/passkeys/passkeys.api.spec.ts',
  'DELETE /api/members/:id/sessions': 'mfa/devices/devices.api.spec.ts',
  'POST /api/sso/providers': 'sso/sso.api.spec.ts',
  'POST /api/leads/:id/suppression/lift': 'provider-hooks/suppressing.api.spec.ts',
  'POST /api/workspace/outgoing/resume': 'outgoing/outgoing.api.spec.ts',
  'POST /api/messages/:id/send-again': 'sending/sending.api.spec.ts',
  'POST /api/messages/:id/undo': 'conversations/conversations.api.spec.ts',
  'POST /api/webhooks/:id/replay': 'webhooks/deliveries/deliveries.api.spec.ts',
  'POST /api/webhooks/deliveries/:id/redeliver': 'webhooks/deliveries/deliveries.api.spec.ts',
};

/** What takes the person who asks out of their session or their place: each is tried by somebody else. */
const LAST = [
  'PUT /api/auth/password',
  'DELETE /api/auth/sessions/:id',
  'POST /api/workspace/leave',
  'POST /api/workspace/ownership',
  'POST /api/workspaces/:id/switch',
];

const nameOf = ({ method, path }: Route): string => `${method} ${path}`;

describe('every command', () => {
  let app: TestApp;
  let routes: Route[];
  const secrets: string[] = [];

  const worldOf = async (ada: Person): Promise<World> => {
    const roles = (await ada.get<Page<Role>>('/api/roles')).body.items;
    const idOf = (word: string) => roles.find(({ builtIn }) => builtIn === word)?.id ?? '';
    const lead = await ada.post<Lead>('/api/leads', { name: 'Nia' });
    const heir = await app.colleagueOf(ada, 'admin');
    const { call } = await inhabitantsOf(app, ada);
    return { ada, heir, call, leadId: lead.body.id, agentRole: idOf('agent'), managerRole: idOf('manager') };
  };
  /** The entries that a call leaves, or what stood in its way. */
  const entriesOf = async (route: Route, world: World) => {
    const name = nameOf(route);
    await BEFORE[name]?.(world, app);
    const found = takesAnId(route.path) ? world.call(route.method, route.path) : { path: route.path, body: {} };
    const body = BODIES[name]?.(world) ?? (route.method === 'DELETE' ? undefined : found.body);
    const requestId = `walk-${v7()}`;
    const headers = { 'x-request-id': requestId };
    const answer = await world.ada.call<{ code?: string }>(route.method, found.path, body, headers);
    secrets.push(...secretsIn(answer.body));
    if (answer.status >= 400) return `refused: ${answer.body.code} ${JSON.stringify(answer.body)}`;
    const rows = await app.rows('SELECT 1 FROM audit_entries WHERE request_id = $1', [requestId]);
    return rows.length > 0 ? 'has its entry' : 'leaves none';
  };

  beforeAll(async () => {
    app = await TestApp.start({ env: { OUTBOUND_ALLOW_CIDRS: '127.0.0.0/8' } });
    routes = routesOf(app).filter(
      ({ method, door }) => method !== 'GET' && door !== 'public' && door?.permission !== 'provisioning',
    );
  });
  afterAll(() => app?.stop());

  it('of the route table leaves its entry, or says why it leaves none; and no entry tells a secret', async () => {
    const ada = await app.person('Ada');
    const world = await worldOf(ada);
    const walked = routes.filter((route) => !LAST.includes(nameOf(route)) && !(nameOf(route) in ELSEWHERE));
    const found: Record<string, string> = {};
    // What deletes comes last, and what is deeper first: until then there is something to change.
    walked.sort((one, other) => other.path.split('/').length - one.path.split('/').length);
    for (const deletes of [false, true]) {
      for (const route of walked.filter(({ method }) => (method === 'DELETE') === deletes)) {
        if (nameOf(route) in SILENT) continue;
        found[nameOf(route)] = await entriesOf(route, world);
      }
    }
    expect(found).toEqual(Object.fromEntries(Object.keys(found).map((name) => [name, 'has its entry'])));

    // None of it tells what was said in confidence, sealed or opened.
    await app.settle();
    const opened = (await world.heir.get<string>('/api/audit/export?format=jsonl')).body;
    const rows = await app.rows<{ entry: string }>('SELECT entry FROM audit_entries');
    const all = `${opened}${rows.map(({ entry }) => entry).join('')}`;
    expect(opened.split('\n').length).toBeGreaterThan(60);
    expect(secrets.length).toBeGreaterThan(4);
    for (const secret of [CANARY, PASSWORD, ada.token, ...secrets]) expect(all.includes(secret)).toBe(false);
  }, 120_000);

  it.each(LAST)('%s leaves its entry, though it is the last thing somebody does', async (name) => {
    const route = routes.find((each) => nameOf(each) === name);
    if (!route) throw new Error(`There is no ${name}`);
    const owner = await app.person('Zoe');
    const who = name.endsWith('/leave') ? await app.colleagueOf(owner, 'admin') : owner;
    const world = { ...(await worldOf(who)), ada: who };
    expect(await entriesOf(route, world)).toBe('has its entry');
  });

  it('that takes more than one call to get to is walked by a spec of its own', () => {
    for (const [name, spec] of Object.entries(ELSEWHERE)) {
      const file = join(import.meta.dirname, '..', spec);
      expect({ name, spec, there: existsSync(file) }).toEqual({ name, spec, there: true });
      const last = name.split('/').at(-1) ?? '';
      expect({ name, named: readFileSync(file, 'utf8').includes(last) }).toEqual({ name, named: true });
    }
  });

  it('that is named here is there', () => {
    const names = routes.map(nameOf);
    for (const each of [...Object.keys(BODIES), ...Object.keys(SILENT), ...Object.keys(ELSEWHERE), ...LAST]) {
      expect({ each, there: names.includes(each) }).toEqual({ each, there: true });
    }
  });
});
