import { Component, computed, DestroyRef, inject, input, signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import type { AuditExport, AuditSchedule, AuditStream, Member } from '@threadline/contracts';
import { startWith } from 'rxjs';
import { explain } from '../../../core/api';
import { Live } from '../../../core/live';
import { Rights, Session } from '../../../core/session';
import { AuditExportsStore, LOOK_SECONDS } from '../../../data/audit-exports';
import { MembersStore } from '../../../data/members';
import { Dialogs } from '../../../shared/dialog';
import { saveFile } from '../../../shared/file';
import { ErrorStateComponent, PageHeadComponent, SkeletonRowsComponent } from '../../../shared/page';
import { Toasts } from '../../../shared/toast';
import { ButtonDirective } from '../../../shared/ui';
import { CheckpointMailComponent } from './checkpoint-mail.component';
import { ExportListComponent } from './export-list.component';
import { NewExportDialog } from './new-export.dialog';
import { type ScheduleAsked, ScheduleDialog } from './schedule.dialog';
import { NewStreamDialog, StreamSecretDialog } from './new-stream.dialog';
import { ScheduleListComponent } from './schedule-list.component';
import { StreamListComponent } from './stream-list.component';

/** What leaves the audit log: files, by schedule, as streams, and its checkpoints by mail. */
@Component({
  selector: 'tl-audit-trail-page',
  imports: [
    ButtonDirective,
    CheckpointMailComponent,
    ErrorStateComponent,
    ExportListComponent,
    PageHeadComponent,
    ScheduleListComponent,
    SkeletonRowsComponent,
    StreamListComponent,
  ],
  templateUrl: './audit-trail.page.html',
  styleUrl: './audit-trail.page.scss',
})
export class AuditTrailPage {
  /** Of the address: the export that a mail spoke of. */
  readonly export = input<string>();
  private readonly store = inject(AuditExportsStore);
  private readonly rights = inject(Rights);
  private readonly session = inject(Session);
  private readonly dialogs = inject(Dialogs);
  private readonly toasts = inject(Toasts);

  protected readonly outlets = toSignal(this.store.outlets$.pipe(startWith(null)));
  private readonly status = toSignal(this.store.status$);
  protected readonly members = toSignal<readonly Member[], readonly Member[]>(inject(MembersStore).members$, {
    initialValue: [],
  });
  protected readonly mayWrite = computed(() => this.rights.can('audit:write'));
  protected readonly own = computed(() => this.session.me()?.user.id ?? '');
  /** What is being done, by the id of the thing. */
  protected readonly busy = signal<string | null>(null);
  protected readonly error = computed(() => {
    const cause = this.outlets() ? null : this.status()?.trouble?.cause;
    return cause ? explain(cause, 'load what leaves the audit log') : null;
  });

  constructor() {
    const { fetching } = inject(Live);
    fetching.set(LOOK_SECONDS);
    inject(DestroyRef).onDestroy(() => fetching.set(null));
  }

  protected refresh(): void {
    this.store.refresh();
  }

  protected async newExport(): Promise<void> {
    const data = { request: this.store.request.bind(this.store) };
    await this.dialogs.open(NewExportDialog, { label: 'New export', data, allowed: this.mayWrite });
  }

  protected async cancel({ id }: AuditExport): Promise<void> {
    await this.does(id, 'cancel the export', async () => {
      await this.store.cancel(id);
      return 'The export was cancelled';
    });
  }

  protected async download({ id, createdAt, format }: AuditExport): Promise<void> {
    await this.does(id, 'download the file', async () => {
      saveFile(await this.store.file(id), `audit-${createdAt.slice(0, 10)}-${id.slice(-6)}.${format}`);
      return null;
    });
  }

  protected async newSchedule(): Promise<void> {
    await this.dialogs.open(ScheduleDialog, {
      label: 'New scheduled export',
      data: { members: this.members, save: this.store.createSchedule.bind(this.store) } satisfies ScheduleAsked,
      width: 560,
      allowed: this.mayWrite,
    });
  }

  protected async editSchedule(schedule: AuditSchedule): Promise<void> {
    await this.dialogs.open(ScheduleDialog, {
      label: 'Scheduled export',
      data: {
        members: this.members,
        schedule,
        save: (wanted) => this.store.changeSchedule(schedule.id, wanted),
      } satisfies ScheduleAsked,
      width: 560,
      allowed: this.mayWrite,
    });
  }

  protected async setSchedule({ id, name, state }: AuditSchedule): Promise<void> {
    const next = state === 'active' ? 'paused' : 'active';
    await this.does(id, `change ${name}`, async () => {
      await this.store.changeSchedule(id, { state: next });
      return next === 'paused' ? `${name} is paused` : `${name} goes on`;
    });
  }

  protected async deleteSchedule({ id, name }: AuditSchedule): Promise<void> {
    await this.does(id, `delete ${name}`, async () => {
      await this.store.deleteSchedule(id);
      return `${name} was deleted`;
    });
  }

  protected async newStream(): Promise<void> {
    const data = { create: this.store.createStream.bind(this.store) };
    await this.dialogs.open(NewStreamDialog, { label: 'New stream', data, width: 560 });
  }

  protected async setStream({ id, name, state }: AuditStream): Promise<void> {
    const next = state === 'active' ? 'paused' : 'active';
    await this.does(id, `change ${name}`, async () => {
      await this.store.setStream(id, next);
      return next === 'paused' ? `${name} is paused` : `${name} goes on where it stopped`;
    });
  }

  protected async testStream({ id, name }: AuditStream): Promise<void> {
    await this.does(id, `test ${name}`, async () => {
      const { ok, tookMs, error } = await this.store.testStream(id);
      if (ok) return `${name} took the test in ${tookMs} ms`;
      this.toasts.show({ text: `${name} did not take the test. ${error ?? ''}`.trim(), tone: 'bad' });
      return null;
    });
  }

  protected async deleteStream({ id, name }: AuditStream): Promise<void> {
    await this.does(id, `delete ${name}`, async () => {
      await this.store.deleteStream(id);
      return `${name} was deleted`;
    });
  }

  protected async rotateSecret({ id, name }: AuditStream): Promise<void> {
    await this.does(id, `renew the secret of ${name}`, async () => {
      const { secret } = await this.store.rotateSecret(id);
      if (secret) await this.dialogs.open(StreamSecretDialog, { label: 'The new secret', data: { secret } });
      return null;
    });
  }

  protected async setDelivery({
    recipientIds,
    every,
  }: {
    recipientIds: string[];
    every: 'hour' | 'day';
  }): Promise<void> {
    await this.does('delivery', 'save who is mailed', async () => {
      await this.store.setDelivery(recipientIds, every);
      return 'Saved';
    });
  }

  protected async sendCheckpoint(): Promise<void> {
    await this.does('checkpoint', 'make a checkpoint', async () => {
      const { size, mailedTo, streams } = await this.store.sendCheckpoint();
      const people = `${mailedTo} ${mailedTo === 1 ? 'person' : 'people'}`;
      const ways = `${streams} ${streams === 1 ? 'stream' : 'streams'}`;
      return `A checkpoint of ${size.toLocaleString('en')} entries goes to ${people} and ${ways}`;
    });
  }

  private async does(id: string, what: string, work: () => Promise<string | null>): Promise<void> {
    if (this.busy()) return;
    this.busy.set(id);
    try {
      const text = await work();
      if (text) this.toasts.show({ text });
    } catch (error) {
      const said = explain(error, what, 'Nothing has changed.');
      this.toasts.show({ text: `${said.what} ${said.safe}`.trim(), tone: 'bad' });
    } finally {
      this.busy.set(null);
    }
  }
}
