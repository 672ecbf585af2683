import { Injectable, inject } from '@angular/core';
import { apiKeysCreate, apiKeysList, apiKeysRevoke } from '@threadline/api-client';
import type { ApiKey, Permission } from '@threadline/contracts';
import { Api } from '../../core/api';

/** What a new key is asked for with. */
export interface NewApiKey {
  name: string;
  permissions: Permission[];
  expiresAt: string | null;
  allowedNetworks: string[];
}

/** A key that was just made; `key` is in this answer alone. */
export type MadeApiKey = ApiKey & { key: string | null };

@Injectable({ providedIn: 'root' })
export class ApiKeysApi {
  private readonly api = inject(Api);

  list(): Promise<{ items: ApiKey[]; asOf: number }> {
    return this.api.run(apiKeysList<true>, {});
  }

  create(wanted: NewApiKey): Promise<MadeApiKey> {
    return this.api.run(apiKeysCreate<true>, { body: wanted });
  }

  async revoke(id: string): Promise<void> {
    await this.api.run(apiKeysRevoke<true>, { path: { id } });
  }
}
