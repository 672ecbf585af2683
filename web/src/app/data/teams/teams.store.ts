import { Injectable, inject } from '@angular/core';
import type { Team } from '@threadline/contracts';
import { LiveStore } from '@threadline/live';
import { Live } from '../../core/live';
import { type TeamFields, TeamsApi } from './teams.api';
import { reduceTeams } from './teams.rules';

/** The teams of the workspace, by name. */
@Injectable({ providedIn: 'root' })
export class TeamsStore {
  private readonly api = inject(TeamsApi);
  private readonly store = new LiveStore<readonly Team[], 'activity'>({
    source: inject(Live).connection,
    services: ['activity'],
    snapshot: () => this.api.list().then(({ items, asOf }) => ({ state: items, asOf })),
    reduce: reduceTeams,
  });

  readonly teams$ = this.store.state$;
  readonly status$ = this.store.status$;

  refresh(): void {
    this.store.refresh();
  }

  create(fields: TeamFields, key: string): Promise<Team> {
    return this.api.create(fields, key);
  }

  change(id: string, fields: Partial<TeamFields>): Promise<Team> {
    return this.api.change(id, fields);
  }

  delete(id: string): Promise<void> {
    return this.api.delete(id);
  }
}
