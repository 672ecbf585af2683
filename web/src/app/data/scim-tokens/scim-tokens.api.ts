import { Injectable, inject } from '@angular/core';
import { scimTokensCreate, scimTokensList, scimTokensRevoke } from '@threadline/api-client';
import type { ScimToken } from '@threadline/contracts';
import { Api } from '../../core/api';

/** A token that was just made; `token` is in this answer alone. */
export type MadeScimToken = ScimToken & { token: string | null };

@Injectable({ providedIn: 'root' })
export class ScimTokensApi {
  private readonly api = inject(Api);

  list(): Promise<{ items: ScimToken[]; asOf: number; baseUrl: string }> {
    return this.api.run(scimTokensList<true>, {});
  }

  create(name: string): Promise<MadeScimToken> {
    return this.api.run(scimTokensCreate<true>, { body: { name } });
  }

  async revoke(id: string): Promise<void> {
    await this.api.run(scimTokensRevoke<true>, { path: { id } });
  }
}
