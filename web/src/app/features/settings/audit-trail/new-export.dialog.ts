import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, inject, signal } from '@angular/core';
import { NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms';
import type { AuditExport, AuditExportFilters, AuditFormat, AuditOutcome } from '@threadline/contracts';
import { explain } from '../../../core/api';
import { DialogFrameComponent } from '../../../shared/dialog';
import { FieldComponent, InputDirective } from '../../../shared/form';
import { ErrorStateComponent, type Explanation } from '../../../shared/page';
import { ButtonDirective } from '../../../shared/ui';
import { ACTION } from './trail-words';

export interface ExportAsked {
  request: (format: AuditFormat, filters: AuditExportFilters) => Promise<AuditExport>;
}

/** A new file of the audit log. */
@Component({
  selector: 'tl-new-export-dialog',
  imports: [
    ButtonDirective,
    DialogFrameComponent,
    ErrorStateComponent,
    FieldComponent,
    InputDirective,
    ReactiveFormsModule,
  ],
  template: `
    <tl-dialog-frame heading="New export">
      <form id="tl-new-export" [formGroup]="form" (ngSubmit)="send()" novalidate>
        <tl-field label="Format">
          <select tlInput formControlName="format">
            <option value="jsonl">JSONL, to verify offline</option>
            <option value="csv">CSV, to read</option>
          </select>
        </tl-field>
        <tl-field label="Entries" [hint]="some() ? 'A part of the log cannot be verified against a checkpoint.' : ''">
          <select tlInput formControlName="what">
            <option value="all">The whole log</option>
            <option value="some">Only some</option>
          </select>
        </tl-field>
        @if (some()) {
          <div class="two">
            <tl-field label="From" optional><input tlInput type="date" formControlName="from" /></tl-field>
            <tl-field label="To" optional><input tlInput type="date" formControlName="to" /></tl-field>
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
        }
        @if (refused(); as error) {
          <tl-error [inline]="true" [error]="error" retry="" />
        }
      </form>
      <ng-container tlDialogFoot>
        <button tlButton type="button" (click)="dialog.close()">Cancel</button>
        <button tlButton look="primary" type="submit" form="tl-new-export" [busy]="busy()">Export</button>
      </ng-container>
    </tl-dialog-frame>
  `,
  styleUrl: './trail-form.scss',
})
export class NewExportDialog {
  protected readonly dialog = inject(DialogRef);
  private readonly asked = inject<ExportAsked>(DIALOG_DATA);
  protected readonly form = inject(NonNullableFormBuilder).group({
    format: 'jsonl' as AuditFormat,
    what: 'all' as 'all' | 'some',
    from: '',
    to: '',
    action: ['', Validators.pattern(ACTION)],
    outcome: '' as AuditOutcome | '',
  });
  protected readonly busy = signal(false);
  protected readonly refused = signal<Explanation | null>(null);

  protected some(): boolean {
    return this.form.controls.what.value === 'some';
  }

  protected async send(): Promise<void> {
    if (this.busy()) return;
    this.form.markAllAsTouched();
    if (this.some() && this.form.invalid) return;
    this.busy.set(true);
    this.refused.set(null);
    try {
      await this.asked.request(this.form.controls.format.value, this.filters());
      this.dialog.close(true);
    } catch (error) {
      this.refused.set(explain(error, 'begin the export', 'Nothing was exported.'));
    } finally {
      this.busy.set(false);
    }
  }

  private filters(): AuditExportFilters {
    if (!this.some()) return {};
    const { from, to, action, outcome } = this.form.getRawValue();
    // Days are those of the person: the last one counts to its end.
    const start = (day: string, days = 0) => {
      const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
      return new Date(year, month - 1, date + days).toISOString();
    };
    return {
      ...(from ? { from: start(from) } : {}),
      ...(to ? { to: start(to, 1) } : {}),
      ...(action.trim() ? { action: action.trim() } : {}),
      ...(outcome ? { outcome } : {}),
    };
  }
}
