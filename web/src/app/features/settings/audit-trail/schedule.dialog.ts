import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, inject, type Signal, signal } from '@angular/core';
import { NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms';
import type { AuditFormat, AuditFrequency, AuditOutcome, AuditSchedule, Member } from '@threadline/contracts';
import { asProblem, explain, showOnForm } from '../../../core/api';
import type { NewAuditSchedule } from '../../../data/audit-exports';
import { DialogFrameComponent } from '../../../shared/dialog';
import { FieldComponent, InputDirective } from '../../../shared/form';
import { ErrorStateComponent, type Explanation } from '../../../shared/page';
import { ButtonDirective } from '../../../shared/ui';
import { PeoplePickerComponent } from '../teams/people-picker.component';
import { ACTION, WEEKDAYS } from './trail-words';

export interface ScheduleAsked {
  members: Signal<readonly Member[]>;
  /** The one that is changed; left out: a new one. */
  schedule?: AuditSchedule;
  save: (wanted: NewAuditSchedule) => Promise<AuditSchedule>;
}

/** A scheduled export: a new one, or one that is changed. */
@Component({
  selector: 'tl-schedule-dialog',
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
    <tl-dialog-frame [heading]="was ? 'Scheduled export' : 'New scheduled export'">
      <form id="tl-schedule" [formGroup]="form" (ngSubmit)="send()" novalidate>
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
        <div class="two">
          <tl-field label="Action" optional hint="Such as lead or lead.updated">
            <input tlInput type="text" formControlName="action" autocomplete="off" spellcheck="false" />
          </tl-field>
          <tl-field label="Outcome">
            <select tlInput formControlName="outcome">
              <option value="">Any</option>
              <option value="allowed">Allowed</option>
              <option value="denied">Denied</option>
              <option value="failed">Failed</option>
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
        <button tlButton look="primary" type="submit" form="tl-schedule" [busy]="busy()">
          {{ was ? 'Save' : 'Schedule it' }}
        </button>
      </ng-container>
    </tl-dialog-frame>
  `,
  styleUrl: './trail-form.scss',
})
export class ScheduleDialog {
  protected readonly asked = inject<ScheduleAsked>(DIALOG_DATA);
  protected readonly dialog = inject(DialogRef);
  protected readonly was = this.asked.schedule;
  protected readonly days = WEEKDAYS;
  protected readonly form = inject(NonNullableFormBuilder).group({
    name: [this.was?.name ?? '', [Validators.required, Validators.maxLength(100)]],
    frequency: this.was?.frequency ?? ('daily' as AuditFrequency),
    weekday: this.was?.weekday ?? 1,
    monthday: [this.was?.monthday ?? 1, [Validators.min(1), Validators.max(31)]],
    time: [this.was ? timeOf(this.was) : '06:00', Validators.required],
    timeZone: [this.was?.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone, Validators.required],
    covers: this.was?.covers ?? ('new' as 'new' | 'all'),
    format: this.was?.format ?? ('jsonl' as AuditFormat),
    action: [this.was?.filters.action ?? '', Validators.pattern(ACTION)],
    outcome: this.was?.filters.outcome ?? ('' as AuditOutcome | ''),
  });
  protected readonly chosen = signal<readonly string[]>(this.was?.recipientIds ?? []);
  private readonly doing = this.was ? 'save it' : 'schedule it';
  private readonly safe = this.was ? 'Nothing was changed.' : 'Nothing was scheduled.';
  protected readonly busy = signal(false);
  protected readonly refused = signal<Explanation | null>(null);

  protected async send(): Promise<void> {
    if (this.busy()) return;
    this.form.markAllAsTouched();
    if (this.form.invalid) return;
    this.busy.set(true);
    this.refused.set(null);
    try {
      const { time, name, action, outcome, ...rest } = this.form.getRawValue();
      const [hour = 0, minute = 0] = time.split(':').map(Number);
      const recipientIds = [...this.chosen()];
      const { action: _, outcome: __, ...others } = this.was?.filters ?? {};
      const filters = {
        ...others,
        ...(action.trim() ? { action: action.trim() } : {}),
        ...(outcome ? { outcome } : {}),
      };
      await this.asked.save({ ...rest, name: name.trim(), hour, minute, filters, recipientIds });
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
        ...explain(error, this.doing, this.safe),
        what: `${person?.name ?? 'Somebody'} may not read the audit log.`,
      });
    }
    if (problem.code === 'invalid_input' && showOnForm(this.form, problem) === '') return;
    this.refused.set(explain(error, this.doing, this.safe));
  }
}

function timeOf({ hour, minute }: AuditSchedule): string {
  return [hour, minute].map((part) => String(part).padStart(2, '0')).join(':');
}
