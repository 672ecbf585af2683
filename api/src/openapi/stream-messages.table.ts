import {
  EVENT_SERVICES,
  EVENT_TYPES,
  type ClientNotices,
  type ClientRequests,
  LOG_MESSAGES,
  type LogService,
  SERVICES,
  type ServerMessages,
  STREAM_VERSION,
} from '@threadline/contracts';
import type { Schema } from './description.types';

interface Described {
  what: string;
  payload: Schema;
}

const text = (description: string): Schema => ({ type: 'string', description });
const whole = (description: string): Schema => ({ type: 'integer', minimum: 0, description });
const time = (description: string): Schema => ({ type: 'string', format: 'date-time', description });
const flag = (description: string): Schema => ({ type: 'boolean', description });
const id = (description: string): Schema => ({ type: 'string', format: 'uuid', description });
const orNull = (schema: Schema): Schema => ({ ...schema, type: [String(schema.type), 'null'] });

/** An object; a name that ends with `?` may be absent. */
function object(fields: Record<string, Schema>, description?: string): Schema {
  const entries = Object.entries(fields);
  return {
    type: 'object',
    ...(description === undefined ? {} : { description }),
    properties: Object.fromEntries(entries.map(([name, schema]) => [name.replace('?', ''), schema])),
    required: entries.filter(([name]) => !name.endsWith('?')).map(([name]) => name),
  };
}

/** What happened, as it stands in the log. */
export function envelopeSchema(types: readonly string[]): Schema {
  return object(
    {
      id: id('The id of the event.'),
      seq: whole('Counts up by one for each workspace, without gaps, in commit order.'),
      type: {
        type: 'string',
        enum: [...types],
        description: 'What happened; its data is described in /api/openapi.json.',
      },
      workspaceId: id('The workspace.'),
      occurredAt: time('When it happened.'),
      actor: object({ type: text('user, api_key, system or contact.'), id: text('Who it was.') }, 'Who did it.'),
      subject: object({ type: text('The kind of thing.'), id: text('Which one.') }, 'What it happened to.'),
      about: { type: 'array', items: { type: 'string' }, description: 'The things it is about.' },
      data: { type: 'object', description: 'What the event carries.' },
    },
    'One event of the log.',
  );
}

const envelopes: Schema = {
  type: 'array',
  minItems: 1,
  description:
    'In order. A bare `{seq}` stands for an event that this socket may not see or that is not of this service.',
  items: {
    anyOf: [
      { $ref: '#/components/schemas/Envelope' },
      object({ seq: whole('Its place in the log.') }, 'Only its place.'),
    ],
  },
};

/** What the services of the log are about. */
const LOG_WORDS: Readonly<Record<LogService, string>> = {
  messages: 'What happens to messages and conversations, one or more events in order.',
  leads: 'What happens to leads, one or more events in order.',
  deals: 'What happens to deals, one or more events in order.',
  drafts: 'What happens to drafts, one or more events in order.',
  campaigns: 'What happens to campaigns, one or more events in order.',
  activity: 'Everything that happens, one or more events in order.',
};

function carriedBy(service: LogService): string {
  if (service === 'activity') return 'It carries every event of the log.';
  const carried = EVENT_TYPES.filter((type) => EVENT_SERVICES[type].some((each) => each === service));
  if (carried.length > 0) return `It carries ${carried.map((type) => `\`${type}\``).join(', ')}.`;
  return `Reserved: there are no events of ${service} yet. Only places in the log, \`{seq}\`, come until there are.`;
}

function logMessage(service: LogService): Described {
  return {
    what: `${LOG_WORDS[service]} ${carriedBy(service)}`,
    payload: object({
      type: { type: 'string', const: LOG_MESSAGES[service], description: 'The name of this message.' },
      seq: whole('The place of the last of these events.'),
      timestamp: time('When this was sent.'),
      events: envelopes,
    }),
  };
}

function stateMessage(type: string, what: string, data: Record<string, Schema>): Described {
  return {
    what,
    payload: object({
      type: { type: 'string', const: type, description: 'The name of this message.' },
      timestamp: time('When this was sent.'),
      data: object(data, 'The state of the moment.'),
    }),
  };
}

const person = object(
  { userId: id('Who.'), name: text('As colleagues see them.'), screens: whole('Sockets of that person here.') },
  'Somebody who is here.',
);

const LOG = Object.fromEntries(
  Object.entries(LOG_MESSAGES).map(([service, name]) => [name, logMessage(service as LogService)]),
) as Record<(typeof LOG_MESSAGES)[LogService], Described>;

/** Everything that the server sends. Refuses to compile when a message is missing or too many. */
export const SERVER_MESSAGES: Readonly<Record<keyof ServerMessages, Described>> = {
  ...LOG,
  stats_updated: stateMessage('stats_updated', 'The numbers of the dashboard, as they are now.', {
    stats: { type: 'object', description: 'As GET /api/dashboard/stats answers.' },
  }),
  analytics_updated: stateMessage('analytics_updated', 'The analytics have taken in more of the log.', {
    asOf: whole('Up to where.'),
  }),
  presence_updated: stateMessage('presence_updated', 'Who is here.', {
    ref: orNull(text('The thing that they look at; null for the workspace.')),
    people: { type: 'array', items: person, description: 'Everybody who is here.' },
  }),
  typing: stateMessage('typing', 'Somebody writes, or has stopped; gone after six seconds.', {
    conversationId: id('Where.'),
    userId: id('Who.'),
    name: text('As colleagues see them.'),
    typing: flag('False when they have stopped.'),
  }),
  notification: stateMessage('notification', 'Something this person wants to be told of.', {
    id: id('Its id.'),
    title: text('What it is.'),
    body: text('More of it.'),
    url: text('Where it leads.'),
  }),
  task_progress: stateMessage(
    'task_progress',
    'How far a long task has come that this person asked for, such as a file of the audit log.',
    {
      taskId: id('The task.'),
      done: whole('How much is done.'),
      total: whole('Of how much.'),
      secondsLeft: orNull(whole('About how long it will take; null when that cannot be told.')),
    },
  ),
  webhooks_updated: stateMessage('webhooks_updated', 'Something was delivered: ask again for what is on screen.', {
    webhookIds: { type: 'array', items: id('An endpoint.'), description: 'Endpoints that something was delivered to.' },
    receiverIds: { type: 'array', items: id('A receiver.'), description: 'Receivers that something came to.' },
  }),
  reset: {
    what: 'Too old, another log, or what may be seen has changed: take a new snapshot, then go on from its position.',
    payload: object({ epoch: text('Which log.'), seq: whole('Its head.') }),
  },
  head: { what: 'The heartbeat: the head of the log.', payload: object({ seq: whole('The head of the log.') }) },
  server_draining: {
    what: 'This node is about to go: disconnect, and connect again.',
    payload: object({ retryInMs: whole('After so many milliseconds.') }),
  },
  signed_out: {
    what: 'Said right before a socket that lost its right to be here is closed.',
    payload: object({
      code: { type: 'string', enum: ['session_ended', 'forbidden'], description: 'Sign in again, or connect again.' },
      detail: text('Why, in words.'),
    }),
  },
};

const services: Schema = {
  type: 'array',
  items: { type: 'string', enum: [...SERVICES] },
  minItems: 1,
  description: 'Which services.',
};

/** Everything that a client says. Refuses to compile when a message is missing or too many. */
export const CLIENT_MESSAGES: Readonly<Record<keyof ClientRequests | keyof ClientNotices, Described>> = {
  subscribe: {
    what: 'Joins services: from a place in the log, or live from now on.',
    payload: object({
      services,
      version: { type: 'integer', const: STREAM_VERSION, description: 'The version of this protocol.' },
      'lastSeq?': whole('The last `seq` that you have had: all that was missed comes first.'),
      'epoch?': text('The log that `lastSeq` counts in, as the last answer or `reset` said.'),
    }),
  },
  enter: { what: 'Enters the room of a conversation.', payload: object({ conversationId: id('Which one.') }) },
  leave: { what: 'Leaves the room of a conversation.', payload: object({ conversationId: id('Which one.') }) },
  typing: {
    what: 'Says that one writes in a conversation, or has stopped.',
    payload: object({ conversationId: id('Where.'), typing: flag('False when one has stopped.') }),
  },
};

const refusal = object(
  {
    type: { type: 'string', const: 'error', description: 'It was refused.' },
    code: {
      type: 'string',
      enum: ['invalid_input', 'forbidden', 'session_ended', 'not_ready'],
      description: 'A word to switch on.',
    },
    detail: text('Why, in words.'),
    'services?': { ...services, description: 'Those that stand in the way.' },
  },
  'Nothing was joined.',
);
const ack: Schema = { type: 'string', const: 'ack', description: 'It was granted.' };

/** What the acknowledgements say. */
export const ANSWERS: Readonly<Record<`${keyof ClientRequests}Answer`, Described>> = {
  subscribeAnswer: {
    what: 'Where the log stands, and how much of it came before this; or why nothing was joined.',
    payload: {
      oneOf: [
        object(
          {
            type: ack,
            seq: whole('The place reached.'),
            replayed: whole('Events that came before this.'),
            epoch: text('Which log.'),
          },
          'Joined.',
        ),
        refusal,
      ],
    },
  },
  enterAnswer: {
    what: 'The room is entered, or why not.',
    payload: { oneOf: [object({ type: ack }, 'Entered; who is here follows.'), refusal] },
  },
};
