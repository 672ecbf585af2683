import { Injectable, inject } from '@angular/core';
import { rolesChange, rolesCreate, rolesDelete, rolesList } from '@threadline/api-client';
import type { Permission, Role, RoleScopes } from '@threadline/contracts';
import { Api } from '../../core/api';

/** What a role's own workspace decides about it. */
export interface RoleFields {
  name: string;
  description: string;
  permissions: Permission[];
  scopes: RoleScopes;
}

@Injectable({ providedIn: 'root' })
export class RolesApi {
  private readonly api = inject(Api);

  list(): Promise<{ items: Role[]; asOf: number }> {
    return this.api.run(rolesList<true>, {});
  }

  /** @param key the same for a second try, which then makes no second role */
  create(fields: RoleFields, key: string): Promise<Role> {
    return this.api.run(rolesCreate<true>, { body: fields }, { idempotencyKey: key });
  }

  change(id: string, fields: Partial<RoleFields>): Promise<Role> {
    return this.api.run(rolesChange<true>, { path: { id }, body: fields });
  }

  async delete(id: string): Promise<void> {
    await this.api.run(rolesDelete<true>, { path: { id } });
  }
}
