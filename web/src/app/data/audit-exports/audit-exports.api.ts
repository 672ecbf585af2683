import { Injectable, inject } from '@angular/core';
import {
  auditExportsCancel,
  auditExportsList,
  auditExportsRequest,
  auditSchedulesChange,
  auditSchedulesCreate,
  auditSchedulesDelete,
  auditSchedulesList,
  auditStreamsChange,
  auditStreamsCreate,
  auditStreamsDelete,
  auditStreamsList,
  auditStreamsRotateSecret,
  auditStreamsTest,
  checkpointDeliverySend,
  checkpointDeliverySet,
  checkpointDeliveryShown,
  type AuditScheduleChangeDto,
  type NewAuditScheduleDto,
  type NewAuditStreamDto,
} from '@threadline/api-client';
import type {
  AuditExport,
  AuditExportFilters,
  AuditFormat,
  AuditSchedule,
  AuditStream,
  CheckpointDelivery,
} from '@threadline/contracts';
import { Api } from '../../core/api';

export type NewAuditSchedule = NewAuditScheduleDto;
export type AuditScheduleChange = AuditScheduleChangeDto;
export type NewAuditStream = NewAuditStreamDto;
/** A stream that was just made; `secret` is in this answer alone. */
export type MadeAuditStream = AuditStream & { secret: string | null };

@Injectable({ providedIn: 'root' })
export class AuditExportsApi {
  private readonly api = inject(Api);

  async exports(): Promise<AuditExport[]> {
    return (await this.api.run(auditExportsList<true>, {})).items;
  }

  request(format: AuditFormat, filters: AuditExportFilters): Promise<AuditExport> {
    return this.api.run(auditExportsRequest<true>, { body: { format, filters } });
  }

  cancel(id: string): Promise<AuditExport> {
    return this.api.run(auditExportsCancel<true>, { path: { id } });
  }

  file(id: string): Promise<Blob> {
    return this.api.download(`/api/audit/exports/${id}/file`);
  }

  async schedules(): Promise<AuditSchedule[]> {
    return (await this.api.run(auditSchedulesList<true>, {})).items;
  }

  createSchedule(body: NewAuditSchedule): Promise<AuditSchedule> {
    return this.api.run(auditSchedulesCreate<true>, { body });
  }

  changeSchedule(id: string, body: AuditScheduleChange): Promise<AuditSchedule> {
    return this.api.run(auditSchedulesChange<true>, { path: { id }, body });
  }

  async deleteSchedule(id: string): Promise<void> {
    await this.api.run(auditSchedulesDelete<true>, { path: { id } });
  }

  async streams(): Promise<AuditStream[]> {
    return (await this.api.run(auditStreamsList<true>, {})).items;
  }

  createStream(body: NewAuditStream): Promise<MadeAuditStream> {
    return this.api.run(auditStreamsCreate<true>, { body });
  }

  setStream(id: string, state: 'active' | 'paused'): Promise<AuditStream> {
    return this.api.run(auditStreamsChange<true>, { path: { id }, body: { state } });
  }

  async deleteStream(id: string): Promise<void> {
    await this.api.run(auditStreamsDelete<true>, { path: { id } });
  }

  testStream(id: string): Promise<{ ok: boolean; tookMs: number; error: string | null }> {
    return this.api.run(auditStreamsTest<true>, { path: { id } }, { timeout: 30_000 });
  }

  rotateSecret(id: string): Promise<{ secret: string | null }> {
    return this.api.run(auditStreamsRotateSecret<true>, { path: { id } });
  }

  delivery(): Promise<CheckpointDelivery> {
    return this.api.run(checkpointDeliveryShown<true>, {});
  }

  setDelivery(recipientIds: string[], every: 'hour' | 'day'): Promise<CheckpointDelivery> {
    return this.api.run(checkpointDeliverySet<true>, { body: { recipientIds, every } });
  }

  sendCheckpoint(): Promise<{ size: number; mailedTo: number; streams: number }> {
    return this.api.run(checkpointDeliverySend<true>, {});
  }
}
