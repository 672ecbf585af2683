import { Injectable, inject } from '@angular/core';
import {
  providerConnectionsChange,
  providerConnectionsCreate,
  providerConnectionsDelete,
  providerConnectionsEvents,
  providerConnectionsList,
} from '@threadline/api-client';
import type { Page, Provider, ProviderConnection, ProviderEvent, ProviderEventState } from '@threadline/contracts';
import { Api } from '../../core/api';

/** What a provider's signatures are checked with: one of these, by provider. */
export interface GivenSettings {
  secret?: string;
  verificationKey?: string;
  topicArn?: string;
}

export interface NewConnection {
  provider: Provider;
  name: string;
  settings: GivenSettings;
}

export type ConnectionChange = Partial<Omit<NewConnection, 'provider'>>;

@Injectable({ providedIn: 'root' })
export class ProviderConnectionsApi {
  private readonly api = inject(Api);

  list(): Promise<{ items: ProviderConnection[]; asOf: number }> {
    return this.api.run(providerConnectionsList<true>, {});
  }

  create(wanted: NewConnection): Promise<ProviderConnection> {
    return this.api.run(providerConnectionsCreate<true>, { body: wanted });
  }

  change(id: string, change: ConnectionChange): Promise<ProviderConnection> {
    return this.api.run(providerConnectionsChange<true>, { path: { id }, body: change });
  }

  async delete(id: string): Promise<void> {
    await this.api.run(providerConnectionsDelete<true>, { path: { id } });
  }

  events(id: string, state: ProviderEventState | null): Promise<Page<ProviderEvent>> {
    const query = { limit: 50, ...(state ? { state } : {}) };
    return this.api.run(providerConnectionsEvents<true>, { path: { id }, query });
  }
}
