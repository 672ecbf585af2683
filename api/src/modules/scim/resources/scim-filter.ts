import { type Filter, filter as matcher, parse } from 'scim2-parse-filter';
import type { Json } from './scim-resource';
import { ScimRefusal } from './scim-refusal';

const LONGEST = 1_000;

/** `attribute eq "value"`: what directories ask again and again, and what the database answers by itself. */
export interface Equality {
  /** In lower case, without the schema. */
  attribute: string;
  value: string;
}

/** A filter (RFC 7644, 3.4.2.2), as an equality and as a test of any resource. Undefined when none was asked for. */
export interface ReadFilter {
  equality: Equality | null;
  matches: (resource: Json) => boolean;
}

/** @throws ScimRefusal `invalidFilter` */
export function readFilter(text: unknown): ReadFilter | undefined {
  if (text === undefined || text === '') return undefined;
  if (typeof text !== 'string' || text.length > LONGEST) throw unreadable();
  const filter = parsed(text);
  const test = matcher(inLowerCase(filter));
  return { equality: equalityOf(filter), matches: (resource) => test(lowered(resource)) };
}

function parsed(text: string): Filter {
  try {
    return parse(text);
  } catch {
    throw unreadable();
  }
}

function unreadable(): ScimRefusal {
  return new ScimRefusal('invalid_input', 'invalidFilter', 'The filter could not be read.');
}

function equalityOf(filter: Filter): Equality | null {
  if (!('compValue' in filter) || filter.op !== 'eq' || typeof filter.compValue !== 'string') return null;
  const attribute = filter.attrPath.slice(filter.attrPath.lastIndexOf(':') + 1).toLowerCase();
  return { attribute, value: filter.compValue };
}

/** Names of people, addresses and groups are compared without case; what the directory calls a thing is not. */
const EXACT = 'externalid';

function inLowerCase(filter: Filter): Filter {
  if ('filters' in filter) return { ...filter, filters: filter.filters.map(inLowerCase) };
  if ('valFilter' in filter) return { ...filter, valFilter: inLowerCase(filter.valFilter) };
  if ('filter' in filter) return { ...filter, filter: inLowerCase(filter.filter) };
  // The tests know attributes of resources by their plain names.
  const attrPath = filter.attrPath.slice(filter.attrPath.lastIndexOf(':') + 1);
  if (!('compValue' in filter) || typeof filter.compValue !== 'string') return { ...filter, attrPath };
  const exact = attrPath.toLowerCase() === EXACT;
  return { ...filter, attrPath, compValue: exact ? filter.compValue : filter.compValue.toLowerCase() };
}

function lowered(value: Json): Json {
  const each = (part: unknown): unknown => {
    if (typeof part === 'string') return part.toLowerCase();
    if (Array.isArray(part)) return part.map(each);
    if (typeof part === 'object' && part !== null) return lowered(part as Json);
    return part;
  };
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, key.toLowerCase() === EXACT ? part : each(part)]),
  );
}
