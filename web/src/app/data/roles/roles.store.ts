import { Injectable, inject } from '@angular/core';
import type { Role } from '@threadline/contracts';
import { LiveStore } from '@threadline/live';
import { Live } from '../../core/live';
import { type RoleFields, RolesApi } from './roles.api';
import { reduceRoles } from './roles.rules';

/** The roles of the workspace, the built-in ones first. */
@Injectable({ providedIn: 'root' })
export class RolesStore {
  private readonly api = inject(RolesApi);
  private readonly store = new LiveStore<readonly Role[], 'activity'>({
    source: inject(Live).connection,
    services: ['activity'],
    snapshot: () => this.api.list().then(({ items, asOf }) => ({ state: items, asOf })),
    reduce: reduceRoles,
  });

  readonly roles$ = this.store.state$;
  readonly status$ = this.store.status$;

  refresh(): void {
    this.store.refresh();
  }

  create(fields: RoleFields, key: string): Promise<Role> {
    return this.api.create(fields, key);
  }

  change(id: string, fields: Partial<RoleFields>): Promise<Role> {
    return this.api.change(id, fields);
  }

  delete(id: string): Promise<void> {
    return this.api.delete(id);
  }
}
