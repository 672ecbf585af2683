import { type Envelope, type EventType, type JsonSchema, eventDataSchema } from '@threadline/contracts';

const AT = '2026-01-15T09:30:00.000Z';
const ID = '019bc0de-0000-7000-8000-000000000001';

/** Texts that say more than "text", by the name of the field they stand in. */
const TEXTS: [RegExp, string][] = [
  [/^(id|.*Id)$/, ID],
  [/email/i, 'lin@example.com'],
  [/phone/i, '+49 30 901820'],
  [/url|link|issuer/i, 'https://example.com/pricing'],
  [/company/i, 'Example Ltd'],
  [/^(name|leadName|.*\.name)$/, 'Lin Chen'],
  [/subject/i, 'Your offer'],
  [/content|preview|lastMessage/i, 'Hello Lin, here is the offer.'],
  [/timezone/i, 'Europe/Berlin'],
];

/** An event of a type as its schema describes it, made up: for types that have not happened yet. */
export function exampleEvent(type: EventType, workspaceId: string): Envelope {
  const schema = eventDataSchema(type);
  const noun = type.split('.')[0] ?? '';
  return {
    id: ID,
    seq: 1,
    type,
    workspaceId,
    occurredAt: AT,
    actor: { type: 'user', id: ID },
    subject: { type: noun, id: ID },
    about: [`${noun}:${ID}`],
    data: exampleOf(schema, (schema.$defs ?? {}) as Record<string, JsonSchema>, ''),
  } as unknown as Envelope;
}

/** @param name of the field that it stands in */
function exampleOf(schema: JsonSchema, definitions: Record<string, JsonSchema>, name: string): unknown {
  const { $ref, enum: values, anyOf, format } = schema;
  if (typeof $ref === 'string') return exampleOf(definitions[$ref.split('/').at(-1) ?? ''] ?? {}, definitions, name);
  if ('const' in schema) return schema.const;
  if (Array.isArray(values)) return values[0];
  if (Array.isArray(anyOf)) return exampleOf((anyOf[0] ?? {}) as JsonSchema, definitions, name);
  const type = Array.isArray(schema.type) ? (schema.type[0] as string) : schema.type;
  switch (type) {
    case 'object':
      return objectOf(schema, definitions);
    case 'array':
      return [exampleOf(schema.items as JsonSchema, definitions, name.replace(/s$/, ''))];
    case 'string':
      return format === 'date-time' ? AT : (TEXTS.find(([pattern]) => pattern.test(name))?.[1] ?? 'text');
    case 'number':
      return 1;
    case 'boolean':
      return true;
    default:
      return null;
  }
}

function objectOf(schema: JsonSchema, definitions: Record<string, JsonSchema>): object {
  const properties = (schema.properties ?? {}) as Record<string, JsonSchema>;
  return Object.fromEntries(
    Object.entries(properties).map(([name, property]) => [name, exampleOf(property, definitions, name)]),
  );
}
