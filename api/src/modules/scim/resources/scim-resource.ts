import { ScimRefusal } from './scim-refusal';

export const USER_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const GROUP_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:Group';

/** The most resources of one answer, and how many when nothing is asked for. */
export const MOST_RESULTS = 200;

export type Json = Record<string, unknown>;

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** @throws ScimRefusal `invalidSyntax` when it is no JSON object */
export function objectOf(body: unknown): Json {
  if (isObject(body)) return body;
  throw new ScimRefusal('malformed_request', 'invalidSyntax', 'The body must be a JSON object.');
}

/** One line of text that can be kept; undefined for none. @throws ScimRefusal `invalidValue` */
export function lineOf(value: unknown, path: string, longest: number): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw new ScimRefusal('invalid_input', 'invalidValue', `${path} must be a string.`);
  const line = value.trim().normalize();
  if (line.length > longest || /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u.test(line)) {
    throw new ScimRefusal(
      'invalid_input',
      'invalidValue',
      `${path} must be one line of at most ${longest} characters.`,
    );
  }
  return line === '' ? undefined : line;
}

/** A part of a list of resources, RFC 7644, 3.4.2.4: the first is number 1. */
export interface Page {
  startIndex: number;
  count: number;
}

export function pageOf(query: Json): Page {
  const whole = (value: unknown, usual: number) => {
    const number = typeof value === 'string' && /^-?\d{1,9}$/.test(value) ? Number(value) : usual;
    return number;
  };
  return {
    startIndex: Math.max(1, whole(query.startIndex, 1)),
    count: Math.min(MOST_RESULTS, Math.max(0, whole(query.count, MOST_RESULTS))),
  };
}

export interface ListResponse {
  schemas: string[];
  totalResults: number;
  startIndex: number;
  itemsPerPage: number;
  Resources: Json[];
}

export function listResponse(resources: Json[], totalResults: number, { startIndex }: Page): ListResponse {
  return {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
    totalResults,
    startIndex,
    itemsPerPage: resources.length,
    Resources: resources,
  };
}

/** Leaves out what was not asked for: `attributes`, `excludedAttributes` (RFC 7644, 3.9), by their first names. */
export function asAsked(resource: Json, query: Json): Json {
  const [wanted, unwanted] = [namesOf(query.attributes), namesOf(query.excludedAttributes)];
  const always = ['schemas', 'id'];
  return Object.fromEntries(
    Object.entries(resource).filter(([key]) => {
      const name = key.toLowerCase();
      if (always.includes(name)) return true;
      return wanted.length > 0 ? wanted.includes(name) : !unwanted.includes(name);
    }),
  );
}

function namesOf(value: unknown): string[] {
  if (typeof value !== 'string') return [];
  return value.split(',').flatMap((each) => {
    const name = each.trim().split(':').at(-1)?.split('.')[0]?.toLowerCase();
    return name ? [name] : [];
  });
}
