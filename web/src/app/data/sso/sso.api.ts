import { Injectable, inject } from '@angular/core';
import {
  identitiesList,
  identitiesStart,
  identitiesUnlink,
  providersBreakGlass,
  providersChange,
  providersCreate,
  providersDelete,
  providersList,
  providersTest,
  ssoStart,
} from '@threadline/api-client';
import type { LinkedIdentity, SsoPreset, SsoProvider, SsoStart, SsoTest } from '@threadline/contracts';
import { Api } from '../../core/api';

/** What a provider is set up with. */
export type ProviderFields = Omit<SsoProvider, 'id' | 'createdAt' | 'updatedAt'> & { clientSecret: string };

/** A provider that can be linked to one's own account. */
export interface OfferedProvider {
  id: string;
  name: string;
  preset: SsoPreset;
}

/** Single sign-on: providers, one's own identities, and the way to sign in. */
@Injectable({ providedIn: 'root' })
export class SsoApi {
  private readonly api = inject(Api);

  providers(): Promise<{ items: SsoProvider[]; asOf: number; redirectUri: string; breakGlass: string[] }> {
    return this.api.run(providersList<true>, {});
  }

  /** @param key the same for a second try, which then makes no second one */
  create(fields: ProviderFields, key: string): Promise<SsoProvider> {
    return this.api.run(providersCreate<true>, { body: fields }, { idempotencyKey: key });
  }

  change(id: string, fields: Partial<ProviderFields>): Promise<SsoProvider> {
    return this.api.run(providersChange<true>, { path: { id }, body: fields });
  }

  async delete(id: string): Promise<void> {
    await this.api.run(providersDelete<true>, { path: { id } });
  }

  test(id: string): Promise<SsoTest> {
    return this.api.run(providersTest<true>, { path: { id } });
  }

  async setBreakGlass(userIds: string[]): Promise<void> {
    await this.api.run(providersBreakGlass<true>, { body: { userIds } });
  }

  /** Where to sign in; nobody is signed in yet. */
  start(body: { email?: string; workspaceId?: string; providerId?: string; returnTo?: string }): Promise<SsoStart> {
    return this.api.run(ssoStart<true>, { body }, { anonymous: true });
  }

  identities(): Promise<{ items: LinkedIdentity[]; offered: OfferedProvider[] }> {
    return this.api.run(identitiesList<true>, {});
  }

  /** The provider's page, on the way to link an identity. */
  async link(providerId: string): Promise<string> {
    return (await this.api.run(identitiesStart<true>, { body: { providerId } })).url;
  }

  async unlink(id: string): Promise<void> {
    await this.api.run(identitiesUnlink<true>, { path: { id } });
  }
}
