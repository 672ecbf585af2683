import type { Me } from '@threadline/contracts';
import { type Place, placesOf } from './screens';

/** The tabs of Developers, in their order. */
const PLACES: readonly Place[] = [
  {
    path: 'webhooks',
    label: 'Webhooks',
    permission: 'webhooks:read',
    words: 'hooks endpoints deliveries callbacks integration',
  },
  {
    path: 'api',
    label: 'API',
    permission: 'webhooks:read',
    words: 'docs documentation reference sdk curl npm python typescript rest quickstart',
  },
  { path: 'event-types', label: 'Event types', permission: 'webhooks:read', words: 'events schema payload sample' },
  { path: 'receivers', label: 'Receivers', permission: 'webhooks:write', words: 'test webhooks bin inspect requests' },
  { path: 'signature', label: 'Signature check', permission: 'webhooks:read', words: 'verify webhooks secret hmac' },
];

/** The tabs this person has. */
export function developerPlacesOf(me: Me | null): Place[] {
  return placesOf(me, PLACES);
}
