import { Injectable, inject } from '@angular/core';
import { policiesRead, policiesReplace, workspaceChange } from '@threadline/api-client';
import type { Workspace, WorkspacePolicies } from '@threadline/contracts';
import { Api } from '../../core/api';

/** What the workspace is called, and what it asks of everybody. */
@Injectable({ providedIn: 'root' })
export class PoliciesApi {
  private readonly api = inject(Api);

  read(): Promise<WorkspacePolicies> {
    return this.api.run(policiesRead<true>, {});
  }

  /** Rejects with `invalid_input` at the policy that would lock its author out. */
  replace(policies: WorkspacePolicies): Promise<WorkspacePolicies> {
    return this.api.run(policiesReplace<true>, { body: policies });
  }

  rename(name: string): Promise<Workspace> {
    return this.api.run(workspaceChange<true>, { body: { name } });
  }
}
