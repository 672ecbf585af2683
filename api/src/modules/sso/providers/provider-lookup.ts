import { Injectable } from '@nestjs/common';
import { systemActor } from '../../../platform/access';
import { Refusal } from '../../../platform/refusal';
import { UnitOfWork } from '../../../platform/work';
import { ProvidersQueries, type ProviderWithSecret } from './providers.queries';

/** Providers as a visit needs them. */
@Injectable()
export class ProviderLookup {
  constructor(
    private readonly work: UnitOfWork,
    private readonly queries: ProvidersQueries,
  ) {}

  /** Null when it is gone or switched off. */
  async enabled(at: { workspaceId: string; providerId: string }): Promise<ProviderWithSecret | null> {
    try {
      const provider = await this.work.read(systemActor(at.workspaceId, 'sso'), (tx) =>
        this.queries.withSecret(tx, at.providerId),
      );
      return provider.enabled ? provider : null;
    } catch (error) {
      if (error instanceof Refusal && error.code === 'not_found') return null;
      throw error;
    }
  }
}
