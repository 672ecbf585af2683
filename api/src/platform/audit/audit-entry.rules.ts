import {
  type AuditChange,
  type AuditOutcome,
  type Before,
  type Envelope,
  EVENT_AUDIT,
  type EventActor,
  type EventType,
  type Ref,
} from '@threadline/contracts';
import type { Actor } from '../access';

/** What the log keeps of one act, before it is sealed and chained. */
export interface AuditNote {
  id: string;
  occurredAt: string;
  action: string;
  outcome: AuditOutcome;
  actor: EventActor;
  /** Who asked for it, when it is told of another: a batch of hits is taken in by the system, but opened by leads. */
  by: Actor;
  targets: readonly Ref[];
  changes: readonly AuditChange[];
  reason: string | null;
}

/** The version of what an action's word means. */
const VERSION = 'v1';

/** What an event leaves in the audit log; null when another entry tells of it. */
export function noteOf(event: Envelope, by: Actor, before?: Before): AuditNote | null {
  const table: Partial<Record<EventType, unknown>> = EVENT_AUDIT;
  const shown = table[event.type] as ((data: never) => Record<string, unknown>) | [] | null | undefined;
  if (shown === null || shown === undefined) return null;
  const after = Array.isArray(shown) ? {} : shown(event.data as never);
  return {
    id: event.id,
    occurredAt: event.occurredAt,
    action: `${event.type}.${VERSION}`,
    outcome: 'allowed',
    actor: actorOf(event),
    by,
    targets: [...new Set<Ref>([`${event.subject.type}:${event.subject.id}`, ...event.about])],
    changes: GONE.test(event.type)
      ? whatWas(after)
      : changesBetween(before ?? fromOf(event, after), after, changedOf(event)),
    reason: reasonOf(event),
  };
}

function changesBetween(before: Before | undefined, after: object, changed: readonly string[] | null): AuditChange[] {
  const now = after as Record<string, unknown>;
  if (before) {
    return Object.keys(before)
      .map((field) => ({ field, before: before[field] ?? null, after: now[field] ?? null }))
      .filter((change) => !areSame(change.before, change.after));
  }
  return Object.entries(now)
    .filter(([field, value]) => (changed ? changed.includes(field) : value !== null && value !== undefined))
    .map(([field, value]) => ({ field, before: null, after: value }));
}

/** Whether the log would hold the same of both: the order of fields says nothing, nor what class they are of. */
function areSame(one: unknown, other: unknown): boolean {
  if (one === null || other === null || typeof one !== 'object' || typeof other !== 'object') return one === other;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const [ones, others] = [one as Before, other as Before];
  const fields = new Set([...Object.keys(ones), ...Object.keys(others)]);
  return [...fields].every((field) => areSame(ones[field], others[field]));
}

/** What such an event shows is what there is no more. */
const GONE = /\.(deleted|revoked|factor_removed|identity_unlinked)$/;

function whatWas(shown: object): AuditChange[] {
  return Object.entries(shown)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([field, before]: [string, unknown]) => ({ field, before, after: null }));
}

/** An event that says from where and to where shows one field. */
function fromOf({ data }: Envelope, after: object): Before | undefined {
  const [field] = Object.keys(after);
  return field !== undefined && 'from' in data ? { [field]: data.from } : undefined;
}

/** An event that carries the whole thing says which of its fields changed. */
function changedOf({ data }: Envelope): readonly string[] | null {
  return 'changed' in data ? data.changed : null;
}

/** Who did it. Signing in is told by the system, because nobody is signed in yet; it is the person who does it. */
function actorOf(event: Envelope): EventActor {
  return event.type === 'session.started' && event.actor.type === 'system'
    ? { type: 'user', id: event.data.userId }
    : event.actor;
}

/** Why something happened that nobody did by hand. */
function reasonOf(event: Envelope): string | null {
  switch (event.type) {
    case 'message.opened':
    case 'message.clicked':
      return `hit:${event.data.hitId}`;
    case 'session.ended':
    case 'draft.cleared':
      return event.data.reason;
    case 'session.started':
      return null;
    default:
      return event.actor.type === 'system' ? `system:${event.actor.id}` : null;
  }
}

/** Whose personal fields an entry's changes are: a lead's or a person's; null when they are nobody's. */
export function subjectOf(note: AuditNote): Ref | null {
  const lead = note.targets.find((target) => target.startsWith('lead:'));
  if (lead) return lead;
  const first = note.targets[0];
  return first && /^(user|invitation):/.test(first) ? first : null;
}
