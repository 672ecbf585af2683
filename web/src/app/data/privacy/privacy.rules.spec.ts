import { describe, expect, it } from '@jest/globals';
import type { PrivacyRequest } from '@threadline/contracts';
import type { EventOfStore } from '@threadline/live';
import { isBusy, type PrivacyState, reducePrivacy } from './privacy.rules';

const request = (state: PrivacyRequest['state']): PrivacyRequest => ({
  id: 'a',
  kind: 'erase',
  leadId: 'lin',
  leadName: 'Lin',
  state,
  stage: 'rows',
  counts: {},
  requestedAt: '2026-11-21T12:00:00.000Z',
  requestedBy: 'ada',
  endedAt: null,
  failure: null,
  fileUntil: null,
});
const event = (type: string, data: object) => ({ type, data }) as unknown as EventOfStore<'activity'>;
const state: PrivacyState = { requests: [request('waiting')], behind: false };

describe('data subjects’ requests on the screen', () => {
  it('are asked for again when something happened to them', () => {
    expect(reducePrivacy(state, event('privacy_request.made', { requestId: 'b' })).behind).toBe(true);
    expect(reducePrivacy(state, event('privacy_request.ended', { requestId: 'a' })).behind).toBe(true);
    expect(reducePrivacy(state, event('lead.deleted', { leadId: 'lin', name: 'Lin' }))).toBe(state);
  });

  it('name nobody who was erased', () => {
    const after = reducePrivacy(state, event('lead.erased', { leadId: 'lin', requestId: 'a' }));
    expect(after.requests[0]?.leadName).toBeNull();
  });

  it('are watched while something is being done', () => {
    expect(isBusy(state)).toBe(true);
    expect(isBusy({ requests: [request('done'), request('failed')], behind: false })).toBe(false);
  });
});
