import type { SsoProvider } from '@threadline/contracts';
import type { EventOfStore } from '@threadline/live';

/** The workspace's single sign-on. */
export interface SsoSetUp {
  providers: readonly SsoProvider[];
  /** What has to be entered at every provider. */
  redirectUri: string;
  /** User ids of the owners who keep their password. */
  breakGlass: readonly string[];
}

/** Pure: the set-up after an event. */
export function reduceSso(state: SsoSetUp, event: EventOfStore<'activity'>): SsoSetUp {
  switch (event.type) {
    case 'sso_provider.created':
    case 'sso_provider.updated': {
      const { provider } = event.data;
      const others = state.providers.filter(({ id }) => id !== provider.id);
      return { ...state, providers: [...others, provider].sort((a, b) => a.name.localeCompare(b.name)) };
    }
    case 'sso_provider.deleted': {
      const { providerId } = event.data;
      return { ...state, providers: state.providers.filter(({ id }) => id !== providerId) };
    }
    case 'workspace.break_glass_changed':
      return { ...state, breakGlass: event.data.userIds };
    default:
      return state;
  }
}
