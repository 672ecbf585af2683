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
  'audit_view',
  'provider_connection',
  'audit_export',
  'audit_schedule',
  'audit_stream',
  'lead',
  'conversation',
  'message',
  'draft',
  'legal_hold',
  'privacy_request',
  'session',
  'webhook',
] as const;
export type RefKind = (typeof REF_KINDS)[number];

/** A thing, by kind and id, as one string: `lead:0197…`. Rooms, timelines and audit filters all speak in refs. */
export type Ref = `${RefKind}:${string}`;

/** Builds the ref of a thing. */
export function ref(kind: RefKind, id: string): Ref {
  return `${kind}:${id}`;
}
