import { type Description, resolved, type Schema } from './description.types';
import { ID, SAMPLES, TIME } from './samples.table';

const DEEPEST = 8;
const UNNAMED: Field = { owner: '', name: '' };

/** The field that a value stands in. */
interface Field {
  /** The schema that it is a field of. */
  owner: string;
  name: string;
}

/** A value that the schema allows. */
export function sampleOf(document: Description, schema: Schema, field = UNNAMED, depth = 0): unknown {
  if (schema.examples?.[0] !== undefined) return schema.examples[0];
  const known = knownSample(schema, field);
  if (known !== undefined) return known;
  if (schema.default !== undefined) return schema.default;
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  if (schema.$ref !== undefined) {
    const owner = schema.$ref.split('/').at(-1) ?? '';
    return sampleOf(document, resolved(document, schema), { ...field, owner }, depth);
  }
  const [choice] = schema.oneOf ?? schema.anyOf ?? [];
  if (choice) return sampleOf(document, choice, field, depth);
  if (schema.allOf) {
    return Object.assign({}, ...schema.allOf.map((part) => sampleOf(document, part, field, depth))) as object;
  }
  switch ([schema.type].flat().find((type) => type !== 'null')) {
    case 'object':
      return sampleObject(document, schema, field.owner, depth);
    case 'array':
      return schema.items && depth < DEEPEST ? [sampleOf(document, schema.items, field, depth + 1)] : [];
    case 'integer':
    case 'number':
      return Math.max(schema.minimum ?? 0, Math.min(schema.maximum ?? 12, 12));
    case 'boolean':
      return true;
    case 'string':
      return sampleText(schema, field.name);
    case undefined:
      return schema.properties ? sampleObject(document, schema, field.owner, depth) : null;
    default:
      return null;
  }
}

function sampleObject(document: Description, schema: Schema, owner: string, depth: number): Record<string, unknown> {
  if (depth >= DEEPEST) return {};
  return Object.fromEntries(
    Object.entries(schema.properties ?? {}).map(([name, own]) => [
      name,
      sampleOf(document, own, { owner, name }, depth + 1),
    ]),
  );
}

/** What the table says of a field, where its schema allows that. */
function knownSample(schema: Schema, { owner, name }: Field): unknown {
  return [SAMPLES[`${owner}.${name}`], SAMPLES[name]].find((sample) => sample !== undefined && allows(schema, sample));
}

function allows(schema: Schema, sample: unknown): boolean {
  const among = (words: Schema | undefined, value: unknown) => !words?.enum || words.enum.includes(value);
  const types = [schema.type ?? []].flat();
  if (sample === null) return types.includes('null');
  if (Array.isArray(sample)) {
    const ofTexts = [schema.items?.type].flat().includes('string');
    return types.includes('array') && ofTexts && sample.every((each) => among(schema.items, each));
  }
  if (typeof sample === 'object') return types.includes('object') && schema.properties === undefined;
  const text = schema.oneOf?.some(({ type }) => type === 'string') ?? types.includes('string');
  return text && !['date-time', 'date', 'uuid'].includes(schema.format ?? '') && among(schema, sample);
}

function sampleText(schema: Schema, name: string): string {
  if (schema.format === 'date-time') return TIME;
  if (schema.format === 'date') return '2026-11-21';
  if (name === 'id' || name.endsWith('Id') || name.endsWith('Ids') || schema.format === 'uuid') return ID;
  // The body itself, which is not JSON.
  if (name === '') return '';
  return 'text'.padEnd(schema.minLength ?? 0, '.').slice(0, schema.maxLength ?? 1_000);
}
