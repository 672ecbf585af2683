import { Injectable, inject } from '@angular/core';
import type { ApiKey } from '@threadline/contracts';
import { LiveStore } from '@threadline/live';
import { Live } from '../../core/live';
import { ApiKeysApi, type MadeApiKey, type NewApiKey } from './api-keys.api';
import { reduceApiKeys } from './api-keys.rules';

/** The API keys of the workspace, the newest first, revoked ones too. */
@Injectable({ providedIn: 'root' })
export class ApiKeysStore {
  private readonly api = inject(ApiKeysApi);
  private readonly store = new LiveStore<readonly ApiKey[], 'activity'>({
    source: inject(Live).connection,
    services: ['activity'],
    snapshot: () => this.api.list().then(({ items, asOf }) => ({ state: items, asOf })),
    reduce: reduceApiKeys,
  });

  readonly keys$ = this.store.state$;
  readonly status$ = this.store.status$;

  refresh(): void {
    this.store.refresh();
  }

  /** The key itself is in the answer, and nowhere afterwards. */
  create(wanted: NewApiKey): Promise<MadeApiKey> {
    return this.api.create(wanted);
  }

  revoke(id: string): Promise<void> {
    return this.api.revoke(id);
  }
}
