import type {
  ApiKey,
  AuditView,
  Invitation,
  Lead,
  MailboxMail,
  Message,
  Page,
  ProviderConnection,
  Role,
  ScimToken,
} from '@threadline/contracts';
import { v7 } from 'uuid';
import { auditThingsOf } from './audit-things';
import { benchThingsOf } from './bench-things';
import { peopleThingsOf } from './people-things';
import type { Person } from './person';
import { privacyThingsOf } from './privacy-things';
import { ssoThingsOf } from './sso-things';
import type { TestApp } from './test-app';
import { webhookThingsOf } from './webhook-things';

interface Call {
  path: string;
  body: unknown;
}

/** Parameters that name no thing of a workspace. */
const NO_IDS = ['number', 'trackingId', 'provider', 'token', 'type'];

/** Things of a person's workspace, one of each kind, and calls on them for every route that takes an id. */
export async function inhabitantsOf(app: TestApp, person: Person) {
  const made = await person.post<Lead>('/api/leads', { name: 'Lin', email: `lin.${v7()}@example.com` });
  const lead = made.body;
  const sent = await person.post<Message>(`/api/leads/${lead.id}/messages`, { channel: 'email', content: 'Hello' });
  await person.post(`/api/drafts/${lead.id}`, { channel: 'email', content: 'Half a' });
  const deleted = await person.post<Lead>('/api/leads', { name: 'Gone' });
  await person.delete(`/api/leads/${deleted.body.id}`);
  await app.settle();
  const mails = await person.get<Page<MailboxMail>>('/api/mailbox');
  const mailId = mails.body.items[0]?.id;
  if (!mailId) throw new Error('The mail did not reach the built-in mailbox');
  const apiKey = await person.post<ApiKey>('/api/api-keys', { name: 'Program', permissions: ['leads:read'] });
  const scimToken = await person.post<ScimToken>('/api/scim/tokens', { name: 'Directory' });
  const auditView = await person.post<AuditView>('/api/audit/views', { name: `View ${v7()}`, filters: {} });
  const { providerId, identityId } = await ssoThingsOf(app, person);
  const { holdId, privacyRequestId } = await privacyThingsOf(app, person, lead.id);
  const { auditExportId, auditScheduleId, auditStreamId } = await auditThingsOf(app, person);
  await person.post('/api/audit/checkpoints');
  const [auditEntry] = await app.rows<{ id: string }>(
    'SELECT id FROM audit_entries WHERE workspace_id = $1 ORDER BY seq LIMIT 1',
    [person.workspaceId],
  );
  const { roleId, teamId, memberId } = await peopleThingsOf(app, person);
  const { webhookId, deliveryId, restHookId } = await webhookThingsOf(app, person);
  const { receiverId, receptionId } = await benchThingsOf(person);
  const roles = await person.get<Page<Role>>('/api/roles');
  const invited = await person.post<Invitation>('/api/invitations', {
    email: `guest.${v7()}@example.com`,
    roleId: roles.body.items.find(({ builtIn }) => builtIn === 'agent')?.id,
  });
  const [session] = await app.rows<{ id: string }>('SELECT id FROM sessions WHERE user_id = $1', [person.userId]);
  const passkeyId = v7();
  await app.rows(
    `INSERT INTO passkeys (id, user_id, credential_id, public_key, counter, transports, name, backed_up, created_at)
     VALUES ($1::uuid, $2, $1::uuid::text, '', 0, '{}', 'Laptop', false, now())`,
    [passkeyId, person.userId],
  );
  const connection = await person.post<ProviderConnection>('/api/provider-connections', {
    provider: 'twilio',
    name: 'Ours',
    settings: { secret: 'auth token' },
  });
  const ids: Record<string, string> = {
    'provider-connections/:id': connection.body.id,
    'hooks/rest/:id': restHookId,
    'auth/sessions/:id': session?.id ?? '',
    'auth/passkeys/:id': passkeyId,
    'roles/:id': roleId,
    'teams/:id': teamId,
    'members/:id': memberId,
    'invitations/:id': invited.body.id,
    'workspaces/:id': person.workspaceId,
    'sso/providers/:id': providerId,
    'auth/identities/:id': identityId,
    'api-keys/:id': apiKey.body.id,
    'scim/tokens/:id': scimToken.body.id,
    'audit/views/:id': auditView.body.id,
    'webhooks/deliveries/:id': deliveryId,
    'webhooks/:id': webhookId,
    'webhook-bench/figures/:id': webhookId,
    'webhook-bench/receivers/:id': receiverId,
    'webhook-bench/receptions/:id': receptionId,
    'leads/:id/restore': deleted.body.id,
    'leads/:id': lead.id,
    'leads/:leadId': lead.id,
    'drafts/:leadId': lead.id,
    'audit/holds/:id': holdId,
    'audit/exports/:id': auditExportId,
    'audit/schedules/:id': auditScheduleId,
    'audit/streams/:id': auditStreamId,
    'audit/:id': auditEntry?.id ?? '',
    'privacy/requests/:id': privacyRequestId,
    'conversations/:id': sent.body.conversationId,
    'messages/:id': sent.body.id,
    'mailbox/:id': mailId,
  };

  return {
    /** The call of a route on these things; fails for a route that nobody has thought of here. */
    call(method: string, path: string): Call {
      const known = Object.entries(ids).find(([pattern]) => path.includes(pattern));
      if (!known) throw new Error(`Say in test/inhabitants.ts which id ${method} ${path} takes`);
      const [pattern, id] = known;
      const filled = path.replace(pattern, pattern.replace(/:\w+/, id));
      const query = method !== 'POST' && path === '/api/drafts/:leadId' ? '?channel=email' : '';
      return { path: `${filled}${query}`, body: method === 'GET' || method === 'DELETE' ? undefined : bodyOf(path) };
    },
  };
}

/** True for a route whose parameters name a thing of a workspace. */
export function takesAnId(path: string): boolean {
  return [...path.matchAll(/:(\w+)/g)].some(([, name]) => name !== undefined && !NO_IDS.includes(name));
}

/** A body that the route's DTO accepts, so that the answer is about the id. */
function bodyOf(path: string): unknown {
  if (path === '/api/members/:id') return { roleId: v7() };
  if (path === '/api/auth/passkeys/:id') return { name: 'Phone' };
  if (path.endsWith('/messages')) return { channel: 'email', content: 'Hello again' };
  if (path.startsWith('/api/drafts/')) return { channel: 'email', content: 'Hello again' };
  if (path === '/api/audit/schedules/:id') return { state: 'paused' };
  if (path === '/api/mailbox/:id/click') return { index: 0 };
  if (path === '/api/mailbox/:id/reply') return { text: 'Thank you' };
  if (path === '/api/mailbox/:id/bounce') return { kind: 'hard' };
  if (path.startsWith('/api/webhooks/:id/replay')) return { after: 0 };
  if (path === '/api/leads/:id/suppression/lift') return { reason: 'The mailbox works again' };
  if (path === '/api/webhook-bench/receivers/:id') return { answer: 'ok' };
  return {};
}
