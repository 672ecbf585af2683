import { Injectable, inject } from '@angular/core';
import {
  retentionCutList,
  retentionFind,
  retentionHoldList,
  retentionPlace,
  retentionPreview,
  retentionRelease,
  retentionSet,
} from '@threadline/api-client';
import type { AuditRetention, LegalHold, Ref, RetentionPreview } from '@threadline/contracts';
import { Api } from '../../core/api';

/** What a hold is placed with; neither targets nor actors: everything. */
export interface NewHold {
  reason: string;
  targets: Ref[];
  actorIds: string[];
}

/** The signed record of a cut. */
export interface CutRecord {
  size: number;
  entries: number;
  at: string;
  firstAt: string;
  lastAt: string;
  reason: string;
}

@Injectable({ providedIn: 'root' })
export class RetentionApi {
  private readonly api = inject(Api);

  find(): Promise<AuditRetention> {
    return this.api.run(retentionFind<true>, {});
  }

  set(months: number | null): Promise<AuditRetention> {
    return this.api.run(retentionSet<true>, { body: { months } });
  }

  preview(months: number, signal?: AbortSignal): Promise<RetentionPreview> {
    return this.api.run(retentionPreview<true>, { query: { months } }, signal ? { signal } : {});
  }

  async cuts(): Promise<CutRecord[]> {
    return (await this.api.run(retentionCutList<true>, {})).items;
  }

  async holds(): Promise<{ items: LegalHold[]; asOf: number }> {
    const { items, asOf } = await this.api.run(retentionHoldList<true>, {});
    return { items: items.map(toHold), asOf };
  }

  async place(wanted: NewHold): Promise<LegalHold> {
    return toHold(await this.api.run(retentionPlace<true>, { body: wanted }));
  }

  async release(id: string): Promise<LegalHold> {
    return toHold(await this.api.run(retentionRelease<true>, { path: { id } }));
  }
}

/** Refs are strings in the description of the API. */
function toHold(hold: Omit<LegalHold, 'targets'> & { targets: string[] }): LegalHold {
  return { ...hold, targets: hold.targets as Ref[] };
}
