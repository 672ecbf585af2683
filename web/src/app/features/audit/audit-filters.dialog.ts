import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, inject } from '@angular/core';
import { NonNullableFormBuilder, ReactiveFormsModule } from '@angular/forms';
import { type AuditViewFilters, REF_KINDS, type RefKind } from '@threadline/contracts';
import { DialogFrameComponent } from '../../shared/dialog';
import { FieldComponent, InputDirective } from '../../shared/form';
import { localTime, momentOf } from '../../shared/format';
import { ButtonDirective } from '../../shared/ui';

/** Filters that are exact: from when to when, from where, which request, which thing. Closes with the filters. */
@Component({
  selector: 'tl-audit-filters-dialog',
  imports: [ButtonDirective, DialogFrameComponent, FieldComponent, InputDirective, ReactiveFormsModule],
  template: `
    <tl-dialog-frame heading="More filters">
      <form id="tl-audit-filters" [formGroup]="form" (ngSubmit)="send()" novalidate>
        <tl-field label="From" hint="By your clock">
          <input tlInput type="datetime-local" formControlName="from" />
        </tl-field>
        <tl-field label="Until">
          <input tlInput type="datetime-local" formControlName="to" />
        </tl-field>
        <tl-field label="IP address">
          <input tlInput class="mono" type="text" formControlName="ip" autocomplete="off" maxlength="45" />
        </tl-field>
        <tl-field label="Request id">
          <input tlInput class="mono" type="text" formControlName="requestId" autocomplete="off" maxlength="100" />
        </tl-field>
        <tl-field label="Kind of thing">
          <select tlInput formControlName="targetType">
            <option value="">Any</option>
            @for (kind of kinds; track kind.value) {
              <option [value]="kind.value">{{ kind.label }}</option>
            }
          </select>
        </tl-field>
        <tl-field label="Id of the thing">
          <input tlInput class="mono" type="text" formControlName="targetId" autocomplete="off" maxlength="100" />
        </tl-field>
      </form>
      <ng-container tlDialogFoot>
        <button tlButton type="button" (click)="dialog.close()">Cancel</button>
        <button tlButton look="primary" type="submit" form="tl-audit-filters">Show entries</button>
      </ng-container>
    </tl-dialog-frame>
  `,
  styles: `
    form {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(180px, 1fr));
      gap: 12px;
    }
  `,
})
export class AuditFiltersDialog {
  private readonly now = inject<AuditViewFilters>(DIALOG_DATA);
  protected readonly dialog = inject(DialogRef);
  protected readonly kinds = REF_KINDS.map((value) => ({ value, label: value.replaceAll('_', ' ') }));
  protected readonly form = inject(NonNullableFormBuilder).group({
    from: localTime(this.now.from),
    to: localTime(this.now.to),
    ip: this.now.ip ?? '',
    requestId: this.now.requestId ?? '',
    targetType: this.now.targetType ?? '',
    targetId: this.now.targetId ?? '',
  });

  protected send(): void {
    const { from, to, ip, requestId, targetType, targetId } = this.form.getRawValue();
    const exact = { from: momentOf(from), to: momentOf(to) };
    const days = exact.from || exact.to ? undefined : this.now.days;
    const filters: AuditViewFilters = {
      ...this.now,
      ...exact,
      days,
      ip: ip.trim() || undefined,
      requestId: requestId.trim() || undefined,
      targetType: (targetType as RefKind) || undefined,
      targetId: targetId.trim() || undefined,
    };
    this.dialog.close(filters);
  }
}
