import { Injectable, inject } from '@angular/core';
import { teamsChange, teamsCreate, teamsDelete, teamsList } from '@threadline/api-client';
import type { Team } from '@threadline/contracts';
import { Api } from '../../core/api';

/** What can be said of a team. */
export interface TeamFields {
  name: string;
  /** User ids. */
  memberIds: string[];
}

@Injectable({ providedIn: 'root' })
export class TeamsApi {
  private readonly api = inject(Api);

  list(): Promise<{ items: Team[]; asOf: number }> {
    return this.api.run(teamsList<true>, {});
  }

  /** @param key the same for a second try, which then makes no second team */
  create(fields: TeamFields, key: string): Promise<Team> {
    return this.api.run(teamsCreate<true>, { body: fields }, { idempotencyKey: key });
  }

  change(id: string, fields: Partial<TeamFields>): Promise<Team> {
    return this.api.run(teamsChange<true>, { path: { id }, body: fields });
  }

  async delete(id: string): Promise<void> {
    await this.api.run(teamsDelete<true>, { path: { id } });
  }
}
