import type { Parameter, Reference, Schema } from './description.types';

const text: Schema = { type: 'string' };
const whole: Schema = { type: 'integer', minimum: 0 };

/** The headers of answers, said once. */
export const HEADERS: Readonly<Record<string, { description: string; schema: Schema }>> = {
  'X-Request-Id': {
    description: 'The id of this request: yours if you sent a sane one. Every log line and audit entry carries it.',
    schema: text,
  },
  'RateLimit-Limit': { description: 'Requests a minute, of the limit that is nearest to its end.', schema: whole },
  'RateLimit-Remaining': { description: 'Requests left in this minute.', schema: whole },
  'RateLimit-Reset': { description: 'Seconds until the minute begins anew.', schema: whole },
  'Retry-After': { description: 'Seconds until another try makes sense.', schema: whole },
  ETag: {
    description:
      'Stands for the whole body but `asOf`. Send it as `If-None-Match`, and as `If-Match` where that is taken.',
    schema: text,
  },
  'Threadline-Version': {
    description: 'The version that this answer is of.',
    schema: { type: 'string', format: 'date' },
  },
  'Idempotency-Replayed': { description: '`true` when this is the first result again.', schema: text },
  Deprecation: { description: 'Since when this is deprecated (RFC 9745): `@` and seconds since 1970.', schema: text },
  Sunset: { description: 'From when this may be gone (RFC 8594).', schema: text },
};

const ALWAYS = ['X-Request-Id', 'RateLimit-Limit', 'RateLimit-Remaining', 'RateLimit-Reset', 'Threadline-Version'];

/** The headers of an answer with this status. */
export function headersOf(
  status: number,
  { tagged = false, keyed = false, ending = false } = {},
): Record<string, Reference> {
  const names = [
    ...ALWAYS,
    ...(status === 429 || status === 503 ? ['Retry-After'] : []),
    ...(tagged ? ['ETag'] : []),
    ...(keyed ? ['Idempotency-Replayed'] : []),
    ...(ending ? ['Deprecation', 'Sunset'] : []),
  ];
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
}

/** The parameters that many operations take, said once. */
export const PARAMETERS: Readonly<Record<string, Parameter>> = {
  idempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    required: false,
    description: 'The same key and body within 24 hours answers the first result again and does nothing twice.',
    schema: { type: 'string', minLength: 1, maxLength: 255, examples: ['019c2f6e-7a10-7c3e-9b1d-3f0a5c8e2d41'] },
  },
  version: {
    name: 'Threadline-Version',
    in: 'header',
    required: false,
    description: 'The version that you were written for, such as 2026-11-21. An unknown one is 400 `invalid_input`.',
    schema: { type: 'string', format: 'date' },
  },
  fields: {
    name: 'fields',
    in: 'query',
    required: false,
    description:
      'Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.',
    schema: { type: 'string', maxLength: 2_000 },
  },
  ifNoneMatch: {
    name: 'If-None-Match',
    in: 'header',
    required: false,
    description: 'The `ETag` of the answer that you have: 304 without a body while it is the same.',
    schema: text,
  },
  ifMatch: {
    name: 'If-Match',
    in: 'header',
    required: false,
    description:
      'The `ETag` that GET answered with (without `fields`): 412 `precondition_failed` when it has changed since.',
    schema: text,
  },
};
