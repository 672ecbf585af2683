import type { Place } from './description.types';
import type { RouteManners } from './doors';

/** The ways to be known; the explorer asks for them in this order. */
export const SECURITY_SCHEMES = {
  apiKey: {
    type: 'http',
    scheme: 'bearer',
    description:
      'An API key, which begins with `tl_`; it can never do more than the person who made it can at that moment.',
  },
  session: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description:
      'The access token of a session: `accessToken` of POST /api/auth/login, renewed by POST /api/auth/refresh.',
  },
  scimToken: {
    type: 'http',
    scheme: 'bearer',
    description: 'The token of a directory, for /scim/v2 alone; what is there is described at /scim/v2/Schemas.',
  },
  refreshCookie: {
    type: 'apiKey',
    in: 'cookie',
    name: '__Host-threadline',
    description: 'The refresh token, which signing in sets; `threadline` on an installation without TLS.',
  },
} as const;

/** What goes by the refresh cookie, because it is about the session itself. */
const BY_COOKIE = new Set(['authRefresh', 'authLogout']);

/** Any one of the answered schemes will do; none is needed for an empty list. */
export function securityOf({ operation }: Place, manners: RouteManners | undefined): Record<string, string[]>[] {
  if (BY_COOKIE.has(operation.operationId)) return [{ refreshCookie: [] }];
  const door = manners?.door;
  if (!door || door === 'public') return [];
  if (door.permission === 'provisioning') return [{ scimToken: [] }];
  // Only a person can prove who they are.
  const forPeople = door.permission === 'signed-in' || manners.needsProof;
  return forPeople ? [{ session: [] }] : [{ apiKey: [] }, { session: [] }];
}
