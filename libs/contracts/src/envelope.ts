import type { EventActor } from './actors';
import type { EventDataMap, EventType } from './events';
import type { Ref, RefKind } from './refs';

/**
 * What happened: the same shape in GET /api/events, on the socket, in webhooks and in the activity feed.
 * `seq` counts up by one per workspace, without gaps, in commit order.
 */
export interface EnvelopeOf<T extends EventType> {
  id: string;
  seq: number;
  type: T;
  workspaceId: string;
  occurredAt: string;
  actor: EventActor;
  subject: { type: RefKind; id: string };
  /** The things it is about: the rooms that hear it and the timelines it stands in. */
  about: Ref[];
  data: EventDataMap[T];
}
export type Envelope = { [T in EventType]: EnvelopeOf<T> }[EventType];

/** The fields that changed, as they were: for the audit log alone. What is so still is left out there. */
export type Before = Readonly<Record<string, unknown>>;

/** Events that tell of a change by its outcome alone, going by their name: nothing in `data` says what was there. */
type ChangeByName = Extract<EventType, `${string}.updated` | `${string}changed` | `${string}renamed`>;

/**
 * Events that cannot be appended without `before`. Those whose `data` has a `from` say it themselves; of a password
 * there is nothing to say.
 */
export type ChangeEventType = Exclude<
  { [T in ChangeByName]: 'from' extends keyof EventDataMap[T] ? never : T }[ChangeByName],
  'user.password_changed'
>;

/** What a command appends; the log adds the rest. */
export type NewEvent = {
  [T in EventType]: {
    type: T;
    subject: { type: RefKind; id: string };
    about: Ref[];
    data: EventDataMap[T];
  } & (T extends ChangeEventType ? { before: Before } : { before?: Before });
}[EventType];
