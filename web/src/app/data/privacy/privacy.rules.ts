import type { PrivacyRequest } from '@threadline/contracts';
import type { EventOfStore } from '@threadline/live';

/** Requests, the newest first; `behind` when something happened to them that an event does not say in full. */
export interface PrivacyState {
  requests: readonly PrivacyRequest[];
  behind: boolean;
}

/** Pure: the requests after an event. */
export function reducePrivacy(state: PrivacyState, event: EventOfStore<'activity'>): PrivacyState {
  switch (event.type) {
    case 'privacy_request.made':
    case 'privacy_request.ended':
      return { ...state, behind: true };
    case 'lead.erased':
      return { requests: state.requests.map((each) => withoutName(each, event.data.leadId)), behind: true };
    default:
      return state;
  }
}

/** Whether something is being done, so that it is worth asking how far it has come. */
export function isBusy({ requests }: PrivacyState): boolean {
  return requests.some(({ state }) => state === 'waiting' || state === 'running');
}

function withoutName(request: PrivacyRequest, leadId: string): PrivacyRequest {
  return request.leadId === leadId ? { ...request, leadName: null, fileUntil: null } : request;
}
