import { describe, expect, it } from '@jest/globals';
import type { ScimToken } from '@threadline/contracts';
import type { EventOfStore } from '@threadline/live';
import { type Provisioning, reduceProvisioning } from './scim-tokens.store';

const token = (id: string): ScimToken => ({
  id,
  name: `Directory ${id}`,
  prefix: 'tlscim_0Lk',
  createdBy: { id: 'u1', name: 'Ada' },
  createdAt: '2026-11-21T10:00:00.000Z',
  lastUsedAt: null,
});
const event = (type: string, data: object) => ({ type, data }) as unknown as EventOfStore<'activity'>;

describe('the tokens of directories', () => {
  const state: Provisioning = { baseUrl: 'https://threadline.test/scim/v2', tokens: [token('a')] };

  it('come and go with their events', () => {
    const created = event('scim_token.created', { scimToken: token('b') });
    const after = reduceProvisioning(state, created);
    expect(after.tokens.map(({ id }) => id)).toEqual(['b', 'a']);
    expect(reduceProvisioning(after, created)).toBe(after);
    const left = reduceProvisioning(after, event('scim_token.revoked', { tokenId: 'a', name: 'x' }));
    expect(left).toMatchObject({ baseUrl: state.baseUrl, tokens: [{ id: 'b' }] });
    expect(reduceProvisioning(state, event('lead.deleted', {}))).toBe(state);
  });
});
