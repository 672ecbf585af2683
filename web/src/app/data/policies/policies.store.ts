import { Injectable, inject } from '@angular/core';
import type { WorkspacePolicies } from '@threadline/contracts';
import { LiveStore } from '@threadline/live';
import { filter } from 'rxjs';
import { Live } from '../../core/live';
import { PoliciesApi } from './policies.api';

/** What the workspace asks of everybody, as it is now: read again whenever somebody changes it. */
@Injectable({ providedIn: 'root' })
export class PoliciesStore {
  private readonly api = inject(PoliciesApi);
  private readonly connection = inject(Live).connection;
  private readonly store = new LiveStore<WorkspacePolicies, 'activity'>({
    source: this.connection,
    // The answer does not tell its place in the log: it is asked for anew instead of being moved by events.
    services: [],
    snapshot: async () => ({ state: await this.api.read(), asOf: 0 }),
    reduce: (state) => state,
    refresh$: this.connection
      .log(['activity'])
      .pipe(
        filter(
          (news) => news.kind !== 'events' || news.events.some(({ type }) => type === 'workspace.policies_changed'),
        ),
      ),
  });

  readonly state$ = this.store.state$;
  readonly status$ = this.store.status$;

  refresh(): void {
    this.store.refresh();
  }

  /** Rejects with `invalid_input` at the policy that would lock its author out. */
  replace(policies: WorkspacePolicies): Promise<WorkspacePolicies> {
    return this.api.replace(policies);
  }
}
