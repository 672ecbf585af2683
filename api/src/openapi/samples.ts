import { type Description, resolved, type Schema } from './description.types';

const ID = '019c2f6e-7a10-7c3e-9b1d-3f0a5c8e2d41';
const TIME = '2026-11-21T09:30:00.000Z';
/** What fields of such a name hold, so that examples read like life. */
const BY_NAME: Readonly<Record<string, unknown>> = {
  email: 'lin@example.com',
  phone: '+49 30 1234567',
  company: 'Example Engines',
  title: 'Head of Purchasing',
  name: 'Lin Weber',
  workspaceName: 'Example Engines',
  leadName: 'Lin Weber',
  password: 'correct horse battery staple',
  subject: 'Your offer',
  content: 'Good morning, here is the offer.',
  description: 'For the website',
  url: 'https://example.com/hooks/threadline',
  ip: '203.0.113.7',
  timezone: 'Europe/Berlin',
  day: '2026-11-21',
  from: '2026-11-01',
  to: '2026-11-21',
  path: '/api/leads?limit=2',
  prefix: 'tl_9fK2',
};
const DEEPEST = 8;

/** A value that the schema allows. */
export function sampleOf(document: Description, schema: Schema, name = '', depth = 0): unknown {
  if (schema.examples?.[0] !== undefined) return schema.examples[0];
  if (schema.default !== undefined) return schema.default;
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  if (schema.$ref !== undefined) return sampleOf(document, resolved(document, schema), name, depth);
  const [choice] = schema.oneOf ?? schema.anyOf ?? [];
  if (choice) return sampleOf(document, choice, name, depth);
  if (schema.allOf) {
    return Object.assign({}, ...schema.allOf.map((part) => sampleOf(document, part, name, depth))) as object;
  }
  switch ([schema.type].flat().find((type) => type !== 'null')) {
    case 'object':
      return sampleObject(document, schema, depth);
    case 'array':
      return schema.items && depth < DEEPEST ? [sampleOf(document, schema.items, name, depth + 1)] : [];
    case 'integer':
    case 'number':
      return Math.max(schema.minimum ?? 0, Math.min(schema.maximum ?? 12, 12));
    case 'boolean':
      return true;
    case 'string':
      return sampleText(schema, name);
    case undefined:
      return schema.properties ? sampleObject(document, schema, depth) : null;
    default:
      return null;
  }
}

function sampleObject(document: Description, schema: Schema, depth: number): Record<string, unknown> {
  if (depth >= DEEPEST) return {};
  return Object.fromEntries(
    Object.entries(schema.properties ?? {}).map(([name, field]) => [name, sampleOf(document, field, name, depth + 1)]),
  );
}

function sampleText(schema: Schema, name: string): string {
  const known = BY_NAME[name];
  if (schema.format === 'date-time') return TIME;
  if (schema.format === 'date') return '2026-11-21';
  if (typeof known === 'string') return known;
  if (name === 'id' || name.endsWith('Id') || name.endsWith('Ids') || schema.format === 'uuid') return ID;
  return 'text'.padEnd(schema.minLength ?? 0, '.').slice(0, schema.maxLength ?? 1_000);
}
