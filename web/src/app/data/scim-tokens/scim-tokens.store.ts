import { Injectable, inject } from '@angular/core';
import type { ScimToken } from '@threadline/contracts';
import { type EventOfStore, LiveStore } from '@threadline/live';
import { Live } from '../../core/live';
import { type MadeScimToken, ScimTokensApi } from './scim-tokens.api';

/** Where directories call, and with which tokens, the newest first. */
export interface Provisioning {
  baseUrl: string;
  tokens: readonly ScimToken[];
}

/** Pure: what there is after an event. */
export function reduceProvisioning(state: Provisioning, event: EventOfStore<'activity'>): Provisioning {
  switch (event.type) {
    case 'scim_token.created': {
      const { scimToken } = event.data;
      const known = state.tokens.some(({ id }) => id === scimToken.id);
      return known ? state : { ...state, tokens: [scimToken, ...state.tokens] };
    }
    case 'scim_token.revoked': {
      const { tokenId } = event.data;
      return { ...state, tokens: state.tokens.filter(({ id }) => id !== tokenId) };
    }
    default:
      return state;
  }
}

/** The tokens that directories provision this workspace with. */
@Injectable({ providedIn: 'root' })
export class ScimTokensStore {
  private readonly api = inject(ScimTokensApi);
  private readonly store = new LiveStore<Provisioning, 'activity'>({
    source: inject(Live).connection,
    services: ['activity'],
    snapshot: () => this.api.list().then(({ items, baseUrl, asOf }) => ({ state: { tokens: items, baseUrl }, asOf })),
    reduce: reduceProvisioning,
  });

  readonly provisioning$ = this.store.state$;
  readonly status$ = this.store.status$;

  refresh(): void {
    this.store.refresh();
  }

  /** The token itself is in the answer, and nowhere afterwards. */
  create(name: string): Promise<MadeScimToken> {
    return this.api.create(name);
  }

  revoke(id: string): Promise<void> {
    return this.api.revoke(id);
  }
}
