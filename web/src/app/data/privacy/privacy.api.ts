import { Injectable, inject } from '@angular/core';
import { leadsLead, privacyList, privacyMake } from '@threadline/api-client';
import type { Lead, PrivacyKind, PrivacyRequest } from '@threadline/contracts';
import { Api } from '../../core/api';

@Injectable({ providedIn: 'root' })
export class PrivacyApi {
  private readonly api = inject(Api);

  list(): Promise<{ items: PrivacyRequest[]; asOf: number }> {
    return this.api.run(privacyList<true>, {});
  }

  /** Whom a request will be about. */
  lead(id: string): Promise<Lead> {
    return this.api.run(leadsLead<true>, { path: { id } });
  }

  make(kind: PrivacyKind, leadId: string): Promise<PrivacyRequest> {
    return this.api.run(privacyMake<true>, { body: { kind, leadId } });
  }

  receipt(id: string): Promise<Blob> {
    return this.api.download(`/api/privacy/requests/${id}/receipt`, {});
  }

  file(id: string, format: 'json' | 'html'): Promise<Blob> {
    return this.api.download(`/api/privacy/requests/${id}/file`, { format });
  }
}
