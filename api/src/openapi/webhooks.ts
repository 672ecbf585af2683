import { EVENT_TYPES, eventSchemas } from '@threadline/contracts';
import type { Description, PathItem, Schema } from './description.types';

const DEFINITIONS = '#/components/schemas/Event';

/** Adds a webhook for each event type: what is sent, how it is signed, what is expected back. Its example comes later. */
export function describeWebhooks(document: Description): void {
  const { definitions, events } = eventSchemas(DEFINITIONS);
  for (const [name, schema] of Object.entries(definitions)) document.components.schemas[`Event${name}`] = schema;
  document.webhooks = Object.fromEntries(
    EVENT_TYPES.map((type) => {
      const { description, data } = events[type];
      return [type, webhook(document, type, description, data)];
    }),
  );
}

function webhook(document: Description, type: string, description: string, data: Schema): PathItem {
  const name = type.split(/[._]/).map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  const envelope = `EventEnvelope${name.join('')}`;
  document.components.schemas[envelope] = {
    description,
    allOf: [
      { $ref: '#/components/schemas/EnvelopeDto' },
      {
        type: 'object',
        properties: {
          type: { type: 'string', const: type, description: 'What happened.' },
          data: { ...data, description: description || 'What the event carries.' },
        },
        required: ['type', 'data'],
      },
    ],
  };
  const schema = { $ref: `#/components/schemas/${envelope}` };
  return {
    post: {
      operationId: `on${name.join('')}`,
      summary: type,
      description:
        `${description || 'It happened.'}\n\nAt least once for each endpoint, with the same id and bytes each time; tried ` +
        'again over days until it is answered with 2xx. Signed as Standard Webhooks says.',
      tags: ['Webhooks'],
      security: [],
      parameters: SIGNATURE.map((each) => ({ ...each, in: 'header', required: true, schema: { type: 'string' } })),
      requestBody: {
        required: true,
        content: { 'application/json': { schema } },
      },
      responses: {
        '2XX': { description: 'Taken. Within 15 seconds, and whatever the body says.' },
        '410': { description: 'Gone: nothing more is sent to this endpoint.' },
        default: { description: 'Anything else, redirects too, is a failure and is tried again.' },
      },
    },
  };
}

const SIGNATURE = [
  { name: 'webhook-id', description: 'The id of the event: the same whenever it is sent again.' },
  { name: 'webhook-timestamp', description: 'When this was sent: seconds since 1970.' },
  {
    name: 'webhook-signature',
    description:
      'One or more signatures, separated by spaces: `v1,` and the HMAC-SHA256, `v1a,` and the Ed25519 signature.',
  },
];
