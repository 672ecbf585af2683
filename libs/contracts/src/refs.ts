/** The kinds of things an event can be about. */
export const REF_KINDS = [
  'workspace',
  'user',
  'team',
  'role',
  'invitation',
  'api_key',
  'sso_provider',
  'scim_token',
  'lead',
  'conversation',
  'message',
  'draft',
  'session',
] as const;
export type RefKind = (typeof REF_KINDS)[number];

/** A thing, by kind and id, as one string: `lead:0197…`. Rooms, timelines and audit filters all speak in refs. */
export type Ref = `${RefKind}:${string}`;

/** Builds the ref of a thing. */
export function ref(kind: RefKind, id: string): Ref {
  return `${kind}:${id}`;
}
