import { Injectable, inject } from '@angular/core';
import {
  auditCheckpointList,
  auditMakeCheckpoint,
  auditVerify,
  auditViewsChange,
  auditViewsCreate,
  auditViewsDelete,
  auditViewsList,
} from '@threadline/api-client';
import type {
  AuditEntry,
  AuditOutcome,
  AuditVerification,
  AuditView,
  AuditViewFilters,
  Page,
  RefKind,
} from '@threadline/contracts';
import { Api } from '../../core/api';

/** What is looked for. */
export interface AuditFilter {
  q?: string;
  actorId?: string;
  outcome?: AuditOutcome;
  /** A noun or an action: `lead`, `lead.updated`. */
  action?: string;
  /** A noun whose entries are left out. */
  without?: string;
  targetType?: RefKind;
  targetId?: string;
  ip?: string;
  requestId?: string;
  /** ISO 8601. */
  from?: string;
  to?: string;
}

/** A signed statement of what the log was. */
export interface CheckpointFile {
  size: number;
  at: string;
  /** Base64. */
  publicKey: string;
}

/** What a view is saved with. */
export interface NewAuditView {
  name: string;
  filters: AuditViewFilters;
  shared: boolean;
}

@Injectable({ providedIn: 'root' })
export class AuditApi {
  private readonly api = inject(Api);

  /** The newest first. Refs say more than the description of the API can, so their type is kept. */
  list(filter: AuditFilter, page: { limit: number; cursor?: string; after?: number }): Promise<Page<AuditEntry>> {
    return this.api.get('/api/audit', { ...filter, ...page });
  }

  one(id: string): Promise<AuditEntry> {
    return this.api.get(`/api/audit/${encodeURIComponent(id)}`);
  }

  /** Takes as long as the log is long. */
  verify(): Promise<AuditVerification> {
    return this.api.run(auditVerify<true>, {}, { timeout: 120_000 });
  }

  async checkpoints(): Promise<CheckpointFile[]> {
    return (await this.api.run(auditCheckpointList<true>, {})).items;
  }

  makeCheckpoint(): Promise<CheckpointFile> {
    return this.api.run(auditMakeCheckpoint<true>, {});
  }

  /** The whole log as a file. */
  export(format: 'csv' | 'jsonl'): Promise<Blob> {
    return this.api.download('/api/audit/export', { format });
  }

  async views(): Promise<AuditView[]> {
    return (await this.api.run(auditViewsList<true>, {})).items;
  }

  saveView(wanted: NewAuditView): Promise<AuditView> {
    return this.api.run(auditViewsCreate<true>, { body: wanted });
  }

  changeView(id: string, wanted: Partial<NewAuditView>): Promise<AuditView> {
    return this.api.run(auditViewsChange<true>, { path: { id }, body: wanted });
  }

  async deleteView(id: string): Promise<void> {
    await this.api.run(auditViewsDelete<true>, { path: { id } });
  }
}
