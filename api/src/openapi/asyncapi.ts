import {
  type ClientNotices,
  type ClientRequests,
  eventSchemas,
  EVENT_TYPES,
  HEARTBEAT_MS,
  LOG_MESSAGES,
  type ServerMessages,
  type Service,
  SERVICES,
  STATE_MESSAGES,
  STREAM_VERSION,
} from '@threadline/contracts';
import type { Schema } from './description.types';
import { sampleOf } from './samples';
import { ANSWERS, CLIENT_MESSAGES, envelopeSchema, SERVER_MESSAGES } from './stream-messages.table';

interface Message {
  name: string;
  title: string;
  summary: string;
  contentType: string;
  payload: Schema;
  examples: { payload: unknown }[];
}

interface Channel {
  address: string;
  title: string;
  description: string;
  messages: Record<string, { $ref: string }>;
}

const PREFIX = '#/components/schemas/';
type Sent = keyof ServerMessages;
type Asked = keyof ClientRequests | keyof ClientNotices;

/** The AsyncAPI 3.0 description of the live stream, of the types that both sides are written in. */
export function describeStream(): object {
  const { definitions } = eventSchemas(PREFIX);
  const schemas: Record<string, unknown> = { ...definitions, Envelope: envelopeSchema(EVENT_TYPES) };
  const document = {
    asyncapi: '3.0.0',
    info: about(),
    defaultContentType: 'application/json',
    servers: {
      here: {
        host: '{host}',
        pathname: '/socket.io',
        protocol: 'wss',
        description: 'Socket.IO 4 on the same port as everything else.',
        variables: { host: { description: 'Where Threadline is.', default: 'localhost:3000' } },
        security: [{ $ref: '#/components/securitySchemes/token' }],
      },
    },
    channels: { ...serviceChannels(), control: controlChannel(), conversation: conversationChannel() },
    operations: { ...sendingOperations(), ...receivingOperations() },
    components: {
      messages: messages(),
      schemas,
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          description: 'An access token or an API key, in the handshake: `io(url, {auth: {token}})`.',
        },
      },
    },
  };
  giveExamples(document.components);
  return document;
}

function about(): object {
  return {
    title: 'The live stream of Threadline',
    version: String(STREAM_VERSION),
    license: { name: 'AGPL-3.0-only', url: 'https://www.gnu.org/licenses/agpl-3.0.html' },
    description:
      'What happens in a workspace, as it happens. Connect with a token, `emit("subscribe", {services, version, lastSeq}, ack)`: ' +
      'what was missed since `lastSeq` comes first, in order, then live. Messages of the log carry envelopes with `seq`, which ' +
      'counts up by one without gaps; keep the last one to go on from there. `reset` says that this is not possible: take a ' +
      `new snapshot. A heartbeat with the head of the log comes every ${HEARTBEAT_MS / 1_000} seconds.`,
  };
}

/** One channel for each service, with the one message it sends. */
function serviceChannels(): Record<string, Channel> {
  const names: Record<Service, Sent> = { ...LOG_MESSAGES, ...STATE_MESSAGES };
  return Object.fromEntries(
    SERVICES.map((service) => [
      service,
      {
        address: service,
        title: service,
        description: SERVER_MESSAGES[names[service]].what,
        messages: { [names[service]]: { $ref: `#/components/messages/${names[service]}` } },
      },
    ]),
  );
}

const CONTROL: readonly Sent[] = ['reset', 'head', 'server_draining', 'signed_out'];

function controlChannel(): Channel {
  return {
    address: 'control',
    title: 'control',
    description: 'The socket itself: subscribing, where the log stands, and when it ends.',
    messages: refs(['subscribe', 'subscribeAnswer', ...CONTROL]),
  };
}

function conversationChannel(): Channel {
  return {
    address: 'conversation',
    title: 'conversation',
    description: 'The room of one conversation: who is here and who is writing.',
    messages: refs(['enter', 'enterAnswer', 'leave', 'typingNotice', 'typing']),
  };
}

function refs(names: readonly string[]): Record<string, { $ref: string }> {
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/messages/${name}` }]));
}

/** What this server sends. */
function sendingOperations(): Record<string, object> {
  const names: Record<Service, Sent> = { ...LOG_MESSAGES, ...STATE_MESSAGES };
  const ofServices = SERVICES.map((service) => operation('send', service, names[service]));
  const ofSocket = CONTROL.map((name) => operation('send', 'control', name));
  return Object.fromEntries([...ofServices, ...ofSocket, operation('send', 'conversation', 'typing')]);
}

/** What it takes, and what it answers in the acknowledgement. */
function receivingOperations(): Record<string, object> {
  return Object.fromEntries([
    operation('receive', 'control', 'subscribe', 'subscribeAnswer'),
    operation('receive', 'conversation', 'enter', 'enterAnswer'),
    operation('receive', 'conversation', 'leave'),
    operation('receive', 'conversation', 'typingNotice'),
  ]);
}

function operation(action: 'send' | 'receive', channel: string, message: string, answer?: string): [string, object] {
  const of = (name: string) => ({ $ref: `#/channels/${channel}/messages/${name}` });
  const reply = answer ? { reply: { channel: { $ref: `#/channels/${channel}` }, messages: [of(answer)] } } : {};
  const id = `${action}_${channel}_${message}`;
  return [
    id,
    {
      action,
      channel: { $ref: `#/channels/${channel}` },
      title: id,
      summary: summaryOf(message),
      messages: [of(message)],
      ...reply,
    },
  ];
}

const ALL: Readonly<Record<string, { what: string; payload: Schema }>> = {
  ...SERVER_MESSAGES,
  ...Object.fromEntries(
    Object.entries(CLIENT_MESSAGES).map(([name, own]) => [name === 'typing' ? 'typingNotice' : name, own]),
  ),
  ...ANSWERS,
};

function summaryOf(name: string): string {
  return ALL[name]?.what ?? '';
}

function messages(): Record<string, Message> {
  return Object.fromEntries(
    Object.entries(ALL).map(([key, { what, payload }]) => [
      key,
      {
        name: key === 'typingNotice' ? ('typing' satisfies Asked) : key,
        title: key,
        summary: what,
        contentType: 'application/json',
        payload,
        examples: [],
      },
    ]),
  );
}

function giveExamples(components: { messages: Record<string, Message>; schemas: Record<string, unknown> }): void {
  const document = { components: { schemas: components.schemas } };
  for (const message of Object.values(components.messages)) {
    message.examples = [{ payload: sampleOf(document as never, message.payload) }];
  }
}
