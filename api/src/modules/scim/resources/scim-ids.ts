import { validate } from 'uuid';

/** Whether it can be an id of ours; what cannot is not there, and no mistake of the caller's. */
export function isUuid(id: unknown): id is string {
  return typeof id === 'string' && validate(id);
}
