import type { AuditActor, AuditEntry, AuditOutcome, Ref } from '@threadline/contracts';

/** The nouns of actions, for the filter. */
export const AUDIT_NOUNS: readonly { value: string; label: string }[] = [
  { value: 'lead', label: 'Leads' },
  { value: 'conversation', label: 'Conversations' },
  { value: 'message', label: 'Messages' },
  { value: 'draft', label: 'Drafts' },
  { value: 'member', label: 'Members' },
  { value: 'team', label: 'Teams' },
  { value: 'role', label: 'Roles' },
  { value: 'invitation', label: 'Invitations' },
  { value: 'session', label: 'Sign-ins' },
  { value: 'user', label: 'Accounts' },
  { value: 'api_key', label: 'API keys' },
  { value: 'sso_provider', label: 'Single sign-on' },
  { value: 'scim_token', label: 'Provisioning' },
  { value: 'workspace', label: 'Workspace' },
  { value: 'access', label: 'Denials' },
  { value: 'audit', label: 'Audit log' },
];

export const OUTCOME_WORDS: Record<AuditOutcome, string> = { allowed: 'Allowed', denied: 'Denied', failed: 'Failed' };

/** `lead.updated.v1` as people say it: "Lead updated". */
export function actionWords(action: string): string {
  const [noun = '', verb = ''] = action.split('.');
  const words = `${NOUN_WORDS[noun] ?? noun.replaceAll('_', ' ')} ${verb.replaceAll('_', ' ')}`.trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const NOUN_WORDS: Readonly<Record<string, string>> = {
  api_key: 'API key',
  sso_provider: 'single sign-on',
  scim_token: 'provisioning token',
  user: 'account',
  audit: 'audit log',
};

/** Who did it. A person that was erased has no name any more. */
export function actorWords({ type, name }: Pick<AuditActor, 'type' | 'name'>): string {
  if (name) return name;
  switch (type) {
    case 'user':
      return 'A person';
    case 'api_key':
      return 'An API key';
    case 'contact':
      return 'A lead';
    case 'system':
      return 'Threadline';
  }
}

/** Where a thing that an entry is about can be looked at; null where it has no page. */
export function addressOf(target: Ref): string | null {
  const at = target.indexOf(':');
  const [kind, id] = [target.slice(0, at), target.slice(at + 1)];
  switch (kind) {
    case 'lead':
      return `/leads/${id}`;
    case 'conversation':
      return `/inbox/${id}`;
    case 'role':
      return '/settings/roles';
    case 'team':
      return '/settings/teams';
    case 'user':
    case 'invitation':
      return '/settings/members';
    case 'api_key':
      return '/settings/api-keys';
    default:
      return null;
  }
}

/** What an entry is about, in a few characters: the kind and the end of the id. */
export function targetWords(target: Ref): string {
  const at = target.indexOf(':');
  return `${target.slice(0, at).replaceAll('_', ' ')} ${target.slice(at + 1).slice(-6)}`;
}

/** A value as a diff shows it. */
export function valueWords(value: unknown): string {
  if (value === null || value === undefined || value === '') return '—';
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.length === 0 ? '—' : value.map(valueWords).join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** The one line of an entry: what changed, or why it was refused. */
export function gist({ changes, reason, erased }: Pick<AuditEntry, 'changes' | 'reason' | 'erased'>): string {
  if (changes.length > 0) {
    return changes
      .slice(0, 3)
      .map(({ field, after }) => `${field}: ${valueWords(after)}`)
      .join(' · ');
  }
  return erased.length > 0 ? 'erased' : (reason ?? '');
}
