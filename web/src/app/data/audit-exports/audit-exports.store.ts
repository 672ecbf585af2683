import { Injectable, inject } from '@angular/core';
import type { AuditExport, AuditExportFilters, AuditFormat, AuditSchedule, AuditStream } from '@threadline/contracts';
import { LiveStore } from '@threadline/live';
import { filter, map, merge, timer } from 'rxjs';
import { Live } from '../../core/live';
import {
  type AuditScheduleChange,
  AuditExportsApi,
  type MadeAuditStream,
  type NewAuditSchedule,
  type NewAuditStream,
} from './audit-exports.api';
import { type AuditOutlets, withProgress } from './audit-exports.rules';

/** How often is asked how the streams fare, and what others do here: the log of events tells auditors nothing. */
export const LOOK_SECONDS = 4;

/** Exports, schedules, streams and mailed checkpoints of the audit log; exports move as the server tells of them. */
@Injectable({ providedIn: 'root' })
export class AuditExportsStore {
  private readonly api = inject(AuditExportsApi);
  private readonly connection = inject(Live).connection;
  private readonly progress$ = this.connection.state('task_progress');
  private readonly store = new LiveStore<AuditOutlets, 'activity'>({
    source: this.connection,
    services: [],
    snapshot: async () => {
      const [exports, schedules, streams, delivery] = await Promise.all([
        this.api.exports(),
        this.api.schedules(),
        this.api.streams(),
        this.api.delivery(),
      ]);
      return { state: { exports, schedules, streams, delivery }, asOf: 0 };
    },
    reduce: (state) => state,
    moments$: this.progress$.pipe(map((told) => (state: AuditOutlets) => withProgress(state, told))),
    refresh$: merge(
      this.connection.joined('task_progress'),
      this.progress$.pipe(filter(({ done, total }) => done === total)),
      timer(LOOK_SECONDS * 1_000, LOOK_SECONDS * 1_000).pipe(filter(() => document.visibilityState === 'visible')),
    ),
  });

  readonly outlets$ = this.store.state$;
  readonly status$ = this.store.status$;

  refresh(): void {
    this.store.refresh();
  }

  request(format: AuditFormat, filters: AuditExportFilters): Promise<AuditExport> {
    return this.afterwards(this.api.request(format, filters));
  }

  cancel(id: string): Promise<AuditExport> {
    return this.afterwards(this.api.cancel(id));
  }

  file(id: string): Promise<Blob> {
    return this.api.file(id);
  }

  createSchedule(wanted: NewAuditSchedule): Promise<AuditSchedule> {
    return this.afterwards(this.api.createSchedule(wanted));
  }

  changeSchedule(id: string, change: AuditScheduleChange): Promise<AuditSchedule> {
    return this.afterwards(this.api.changeSchedule(id, change));
  }

  deleteSchedule(id: string): Promise<void> {
    return this.afterwards(this.api.deleteSchedule(id));
  }

  createStream(wanted: NewAuditStream): Promise<MadeAuditStream> {
    return this.afterwards(this.api.createStream(wanted));
  }

  setStream(id: string, state: 'active' | 'paused'): Promise<AuditStream> {
    return this.afterwards(this.api.setStream(id, state));
  }

  deleteStream(id: string): Promise<void> {
    return this.afterwards(this.api.deleteStream(id));
  }

  testStream(id: string): Promise<{ ok: boolean; tookMs: number; error: string | null }> {
    return this.afterwards(this.api.testStream(id));
  }

  rotateSecret(id: string): Promise<{ secret: string | null }> {
    return this.api.rotateSecret(id);
  }

  setDelivery(recipientIds: string[], every: 'hour' | 'day'): Promise<void> {
    return this.afterwards(this.api.setDelivery(recipientIds, every).then(() => undefined));
  }

  sendCheckpoint(): Promise<{ size: number; mailedTo: number; streams: number }> {
    return this.afterwards(this.api.sendCheckpoint());
  }

  private async afterwards<T>(done: Promise<T>): Promise<T> {
    const result = await done;
    this.store.refresh();
    return result;
  }
}
