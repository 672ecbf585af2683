import type { AuditActor, AuditChange, AuditEntry, AuditOutcome, Ref, RefKind } from '@threadline/contracts';
import type { Tone } from '../../shared/ui';
import { codeWords } from './audit-values';

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
  { value: 'webhook', label: 'Webhooks' },
  { value: 'provider_connection', label: 'Providers' },
  { value: 'privacy_request', label: 'Data subject requests' },
  { value: 'legal_hold', label: 'Legal holds' },
  { value: 'access', label: 'Denials' },
  { value: 'audit', label: 'Audit log' },
];

export const OUTCOME_WORDS: Record<AuditOutcome, string> = { allowed: 'Allowed', denied: 'Denied', failed: 'Failed' };

/**
 * How an entry ended, for its badge. Somebody who was asked to confirm that it is them was not turned away: what they
 * wanted follows in an entry of its own, when they did.
 */
export function outcomeOf({ outcome, reason }: Pick<AuditEntry, 'outcome' | 'reason'>): { words: string; tone: Tone } {
  if (reason === 'proof_required') return { words: 'Asked to confirm', tone: 'warn' };
  return { words: OUTCOME_WORDS[outcome], tone: outcome === 'allowed' ? 'neutral' : 'bad' };
}

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
  audit_view: 'audit view',
  audit_export: 'audit export',
  audit_schedule: 'scheduled export',
  audit_stream: 'audit stream',
  provider_connection: 'provider',
};

/** Who did it: by the name of then, else by the one of now. A person that was erased has no name any more. */
export function actorWords({ type, id, name }: Pick<AuditActor, 'type' | 'id' | 'name'>, names?: Names): string {
  const known = name ?? names?.get(id);
  if (known) return known;
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
  const { kind, id } = partsOf(target);
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
    case 'sso_provider':
    case 'scim_token':
      return '/settings/single-sign-on';
    case 'workspace':
      return '/settings/general';
    default:
      return null;
  }
}

/** What an entry is about, in a few characters: the kind and the end of the id. */
export function targetWords(target: Ref): string {
  const { kind, id } = partsOf(target);
  return `${kind.replaceAll('_', ' ')} ${id.slice(-6)}`;
}

export function partsOf(target: Ref): { kind: RefKind; id: string } {
  const at = target.indexOf(':');
  return { kind: target.slice(0, at) as RefKind, id: target.slice(at + 1) };
}

/** From when to when, by this person's clock: "21 Nov 14:00 to 22 Nov 09:30". */
export function periodWords(from: string | undefined, to: string | undefined): string {
  const day = new Intl.DateTimeFormat(undefined, {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  });
  const [begin, end] = [from, to].map((iso) => (iso ? day.format(new Date(iso)) : ''));
  if (begin && end) return `${begin} to ${end}`;
  return begin ? `from ${begin}` : `until ${end}`;
}

/** Names of colleagues by their id, so that a change says who and not which number. */
export type Names = ReadonlyMap<string, string>;

/** One line of a diff. */
export interface DiffRow {
  field: string;
  before: string;
  after: string;
  /** Of a list, how many of its things stayed: only what came and went is told. */
  stayed?: number;
}

/** What changed, a line for each field; what is an object is told part by part, and only the parts that moved. */
export function diffRows(changes: readonly AuditChange[], names: Names): DiffRow[] {
  return changes.flatMap(({ field, before, after }) => {
    const parts = [...new Set([before, after].flatMap((side) => (isObject(side) ? Object.keys(side) : [])))];
    if (parts.length === 0) {
      const [had, has] = [before, after].map((value) => codeWords(field, value) ?? value);
      return [rowOf(fieldWords(field), had, has, names)];
    }
    return parts
      .map((part) =>
        rowOf(`${fieldWords(field)}: ${fieldWords(part)}`, partOf(before, part), partOf(after, part), names),
      )
      .filter((row) => row.before !== row.after);
  });
}

function rowOf(field: string, before: unknown, after: unknown, names: Names): DiffRow {
  if (!Array.isArray(before) || !Array.isArray(after)) {
    return { field, before: valueWords(before, names), after: valueWords(after, names) };
  }
  const [had, has] = [before, after].map((list) => list.map((each) => valueWords(each, names)));
  const [went, came] = [had?.filter((each) => !has?.includes(each)), has?.filter((each) => !had?.includes(each))];
  return {
    field,
    before: valueWords(went),
    after: valueWords(came),
    stayed: (has?.length ?? 0) - (came?.length ?? 0),
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function partOf(value: unknown, part: string): unknown {
  return isObject(value) ? value[part] : null;
}

/** `lastActivityAt` as people say it: "last activity at". Of an id, whose it is: `ownerId` is "owner". */
export function fieldWords(field: string): string {
  return field
    .replace(/(?<=[a-z])Ids$/, 's')
    .replace(/(?<=[a-z])Id$/, '')
    .replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    .replaceAll('_', ' ');
}

/** A value as a diff shows it. */
export function valueWords(value: unknown, names: Names = new Map()): string {
  if (value === null || value === undefined || value === '') return '—';
  if (typeof value === 'string') return names.get(value) ?? momentWords(value);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.length === 0 ? '—' : value.map((each) => valueWords(each, names)).join(', ');
  if (!isObject(value)) return String(value);
  const parts = Object.entries(value).map(([part, each]) => `${fieldWords(part)} ${valueWords(each, names)}`);
  return parts.join(', ') || '—';
}

/** A moment to the minute, in UTC as the log keeps it; other text as it is. */
function momentWords(text: string): string {
  const [, day, clock] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d):\d\d(?:\.\d+)?Z$/.exec(text) ?? [];
  return day ? `${day} ${clock} UTC` : text;
}

/** Why, as people say it. */
export function reasonWords(reason: string | null): string {
  if (reason === null) return '';
  const [kind, ...rest] = reason.split(':');
  if (kind === 'system') return `by itself, ${rest.join(':').replaceAll('-', ' ')}`;
  if (kind === 'hit') return 'the mail was opened or a link in it followed';
  return REASON_WORDS[reason] ?? reason.replaceAll('_', ' ');
}

const REASON_WORDS: Readonly<Record<string, string>> = {
  forbidden: 'not permitted to this role',
  proof_required: 'had not proved who they are',
  invalid_credentials: 'wrong e-mail or password',
};

/** What has no name says nothing in one line. */
const ID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

/** The one line of an entry: whom it is about, what changed, or why it was refused. */
export function gist(
  entry: Pick<AuditEntry, 'changes' | 'reason' | 'erased' | Whom>,
  names: Names = new Map(),
): string {
  return [whom(entry, names), whatOrWhy(entry, names)].filter(Boolean).join(' · ');
}

type Whom = 'actor' | 'targets';

/** The people that an entry is about, besides who did it. */
function whom({ actor, targets }: Pick<AuditEntry, Whom>, names: Names): string {
  const people = targets.map(partsOf).filter(({ kind, id }) => kind === 'user' && id !== actor.id);
  return people.flatMap(({ id }) => names.get(id) ?? []).join(', ');
}

function whatOrWhy({ changes, reason, erased }: Pick<AuditEntry, 'changes' | 'reason' | 'erased'>, names: Names) {
  const why = reasonWords(reason);
  const what = diffRows(changes, names)
    .filter(({ before, after }) => !ID.test(after) && before !== after)
    .slice(0, 3);
  if (what.length > 0) {
    const words = what.map(({ field, after }) => `${field}: ${after}`).join(' · ');
    return changes.some(({ field }) => field === 'route') ? `${what[0]?.after ?? ''}, ${why}` : words;
  }
  return erased.length > 0 ? 'erased' : why;
}
