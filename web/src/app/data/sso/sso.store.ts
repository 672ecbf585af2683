import { Injectable, inject } from '@angular/core';
import { LiveStore } from '@threadline/live';
import { Live } from '../../core/live';
import { SsoApi } from './sso.api';
import { reduceSso, type SsoSetUp } from './sso.rules';

/** The workspace's identity providers, as they are now. */
@Injectable({ providedIn: 'root' })
export class SsoStore {
  private readonly api = inject(SsoApi);
  private readonly store = new LiveStore<SsoSetUp, 'activity'>({
    source: inject(Live).connection,
    services: ['activity'],
    snapshot: () =>
      this.api.providers().then(({ items, redirectUri, breakGlass, asOf }) => ({
        state: { providers: items, redirectUri, breakGlass },
        asOf,
      })),
    reduce: reduceSso,
  });

  readonly setUp$ = this.store.state$;
  readonly status$ = this.store.status$;

  refresh(): void {
    this.store.refresh();
  }
}
