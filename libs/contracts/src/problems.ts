/** Stable words a program can switch on, with the status and title each is answered with. */
export const PROBLEMS = {
  invalid_input: { status: 400, title: 'Some of the input is not valid' },
  malformed_request: { status: 400, title: 'The request could not be read' },
  invalid_token: { status: 400, title: 'This link is not valid, or not any more' },
  sso_failed: { status: 400, title: 'The identity provider could not sign you in' },
  address_not_allowed: { status: 400, title: 'This address may not be reached from here' },
  invalid_cursor: { status: 400, title: 'The cursor is not one of ours' },
  unauthenticated: { status: 401, title: 'Sign in to continue' },
  invalid_credentials: { status: 401, title: 'The e-mail address or the password is not right' },
  session_ended: { status: 401, title: 'This session has ended' },
  invalid_passkey: { status: 401, title: 'This passkey was not accepted' },
  invalid_code: { status: 401, title: 'The code is not right, or has been used' },
  forbidden: { status: 403, title: 'You may not do this' },
  proof_required: { status: 403, title: 'Confirm that it is you' },
  second_factor_required: { status: 403, title: 'This workspace asks for a second factor' },
  registration_closed: { status: 403, title: 'New workspaces are not made here' },
  sso_required: { status: 403, title: 'This workspace signs in through its identity provider' },
  network_not_allowed: { status: 403, title: 'This workspace is not open from this network' },
  domain_not_allowed: { status: 403, title: 'This workspace does not take addresses of this domain' },
  wrong_account: { status: 403, title: 'This is meant for another account' },
  cross_site: { status: 403, title: 'This request came from another site' },
  not_found: { status: 404, title: 'There is nothing here' },
  method_not_allowed: { status: 405, title: 'This method is not offered here' },
  conflict: { status: 409, title: 'Somebody was faster' },
  last_owner: { status: 409, title: 'A workspace needs an owner' },
  already_member: { status: 409, title: 'This person is a member already' },
  role_in_use: { status: 409, title: 'Somebody still has this role' },
  built_in_role: { status: 409, title: 'Built-in roles stay as they are' },
  duplicate: { status: 409, title: 'This already exists' },
  stale_revision: { status: 409, title: 'The draft has moved on' },
  conversation_moved: { status: 409, title: 'A colleague has answered since' },
  undo_expired: { status: 409, title: 'The message has already left' },
  wrong_state: { status: 409, title: 'This is not possible in its present state' },
  quota_reached: { status: 409, title: 'There is no room for more' },
  address_suppressed: { status: 409, title: 'Nothing may be sent to this address' },
  on_hold: { status: 409, title: 'A legal hold keeps this' },
  no_address: { status: 409, title: 'The lead has no address on this channel' },
  idempotency_in_progress: { status: 409, title: 'The first request with this key is still running' },
  precondition_failed: { status: 412, title: 'It has changed since you read it' },
  too_large: { status: 413, title: 'The request is too large' },
  unsupported_media_type: { status: 415, title: 'Send application/json' },
  idempotency_key_reused: { status: 422, title: 'This idempotency key was used with another body' },
  too_many_requests: { status: 429, title: 'Too many requests' },
  internal: { status: 500, title: 'Something went wrong on our side' },
  not_ready: { status: 503, title: 'Not ready yet' },
  database_away: { status: 503, title: 'The database cannot be reached; nothing was changed' },
} as const satisfies Record<string, { status: number; title: string }>;
export type ProblemCode = keyof typeof PROBLEMS;

/** RFC 9457 body of every error answer. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail?: string;
  instance: string;
  code: ProblemCode;
  requestId: string;
  errors?: { path: string; message: string }[];
  /** With 409: the state that won. */
  current?: unknown;
}
