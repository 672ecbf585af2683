/** GET /api/scim/tokens. `token` is in the answer to POST alone. */
export interface ScimToken {
  id: string;
  name: string;
  /** The visible beginning of the token, to recognise it by. */
  prefix: string;
  createdBy: { id: string; name: string };
  createdAt: string;
  lastUsedAt: string | null;
}
