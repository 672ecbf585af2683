import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, inject, type Signal, signal } from '@angular/core';
import { NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms';
import type { AuditFormat, AuditFrequency, AuditSchedule, Member } from '@threadline/contracts';
import { asProblem, explain, showOnForm } from '../../../core/api';
import type { NewAuditSchedule } from '../../../data/audit-exports';
import { DialogFrameComponent } from '../../../shared/dialog';
import { FieldComponent, InputDirective } from '../../../shared/form';
import { ErrorStateComponent, type Explanation } from '../../../shared/page';
import { ButtonDirective } from '../../../shared/ui';
import { PeoplePickerComponent } from '../teams/people-picker.component';
import { WEEKDAYS } from './trail-words';

export interface ScheduleAsked {
  members: Signal<readonly Member[]>;
  create: (wanted: NewAuditSchedule) => Promise<AuditSchedule>;
}

/** A new scheduled export. */
@Component({
  selector: 'tl-new-schedule-dialog',
  imports: [
    ButtonDirective,
    DialogFrameComponent,
    ErrorStateComponent,
    FieldComponent,
    InputDirective,
    PeoplePickerComponent,
    ReactiveFormsModule,
  ],
  template: `
    <tl-dialog-frame heading="New scheduled export">
      <form id="tl-new-schedule" [formGroup]="form" (ngSubmit)="send()" novalidate>
        <tl-field label="Name"><input tlInput type="text" formControlName="name" autocomplete="off" /></tl-field>
        <div class="three">
          <tl-field label="Made">
            <select tlInput formControlName="frequency">
              <option value="daily">Every day</option>
              <option value="weekly">Every week</option>
              <option value="monthly">Every month</option>
            </select>
          </tl-field>
          @switch (form.controls.frequency.value) {
            @case ('weekly') {
              <tl-field label="On">
                <select tlInput formControlName="weekday">
                  @for (day of days; track day.value) {
                    <option [ngValue]="day.value">{{ day.label }}</option>
                  }
                </select>
              </tl-field>
            }
            @case ('monthly') {
              <tl-field label="On day"
                ><input tlInput type="number" min="1" max="31" formControlName="monthday"
              /></tl-field>
            }
          }
          <tl-field label="At"><input tlInput type="time" formControlName="time" /></tl-field>
        </div>
        <tl-field label="Time zone" hint="Such as Europe/Berlin">
          <input tlInput type="text" formControlName="timeZone" autocomplete="off" spellcheck="false" />
        </tl-field>
        <div class="two">
          <tl-field label="Entries">
            <select tlInput formControlName="covers">
              <option value="new">What is new since the last file</option>
              <option value="all">The whole log, to verify it</option>
            </select>
          </tl-field>
          <tl-field label="Format">
            <select tlInput formControlName="format">
              <option value="jsonl">JSONL</option>
              <option value="csv">CSV</option>
            </select>
          </tl-field>
        </div>
        <tl-people-picker label="Mail a link to" [people]="asked.members()" [(chosen)]="chosen" />
        @if (refused(); as error) {
          <tl-error [inline]="true" [error]="error" retry="" />
        }
      </form>
      <ng-container tlDialogFoot>
        <button tlButton type="button" (click)="dialog.close()">Cancel</button>
        <button tlButton look="primary" type="submit" form="tl-new-schedule" [busy]="busy()">Schedule it</button>
      </ng-container>
    </tl-dialog-frame>
  `,
  styleUrl: './trail-form.scss',
})
export class NewScheduleDialog {
  protected readonly asked = inject<ScheduleAsked>(DIALOG_DATA);
  protected readonly dialog = inject(DialogRef);
  protected readonly days = WEEKDAYS;
  protected readonly form = inject(NonNullableFormBuilder).group({
    name: ['', [Validators.required, Validators.maxLength(100)]],
    frequency: 'daily' as AuditFrequency,
    weekday: 1,
    monthday: [1, [Validators.min(1), Validators.max(31)]],
    time: ['06:00', Validators.required],
    timeZone: [Intl.DateTimeFormat().resolvedOptions().timeZone, Validators.required],
    covers: 'new' as 'new' | 'all',
    format: 'jsonl' as AuditFormat,
  });
  protected readonly chosen = signal<readonly string[]>([]);
  protected readonly busy = signal(false);
  protected readonly refused = signal<Explanation | null>(null);

  protected async send(): Promise<void> {
    if (this.busy()) return;
    this.form.markAllAsTouched();
    if (this.form.invalid) return;
    this.busy.set(true);
    this.refused.set(null);
    try {
      const { time, name, ...rest } = this.form.getRawValue();
      const [hour = 0, minute = 0] = time.split(':').map(Number);
      const recipientIds = [...this.chosen()];
      await this.asked.create({ ...rest, name: name.trim(), hour, minute, recipientIds });
      this.dialog.close(true);
    } catch (error) {
      this.refuse(error);
    } finally {
      this.busy.set(false);
    }
  }

  private refuse(error: unknown): void {
    const problem = asProblem(error);
    const outsider = problem.errors.find(({ path }) => path.startsWith('recipientIds'));
    if (outsider) {
      const userId = this.chosen()[Number(outsider.path.split('.')[1] ?? 0)];
      const person = this.asked.members().find((member) => member.userId === userId);
      return this.refused.set({
        ...explain(error, 'schedule it', 'Nothing was scheduled.'),
        what: `${person?.name ?? 'Somebody'} may not read the audit log.`,
      });
    }
    if (problem.code === 'invalid_input' && showOnForm(this.form, problem) === '') return;
    this.refused.set(explain(error, 'schedule it', 'Nothing was scheduled.'));
  }
}
