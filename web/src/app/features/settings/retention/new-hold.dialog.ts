import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, type Signal, effect, inject, signal } from '@angular/core';
import { NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms';
import { type Lead, type LegalHold, type Member, ref } from '@threadline/contracts';
import { asProblem, explain, showOnForm } from '../../../core/api';
import type { NewHold } from '../../../data/retention';
import { DialogFrameComponent } from '../../../shared/dialog';
import { FieldComponent, InputDirective } from '../../../shared/form';
import { ErrorStateComponent, type Explanation } from '../../../shared/page';
import { ButtonDirective } from '../../../shared/ui';
import { LeadPickerComponent } from '../lead-picker.component';
import { LeadSearch } from '../lead-search';

export interface HoldAsked {
  /** None until they are loaded. */
  members: Signal<readonly Member[]>;
  search: (words: string, signal: AbortSignal) => Promise<Lead[]>;
  place: (wanted: NewHold) => Promise<LegalHold>;
}

/** Places a legal hold: why, and on what. Closes with the hold. */
@Component({
  selector: 'tl-new-hold-dialog',
  imports: [
    ButtonDirective,
    DialogFrameComponent,
    ErrorStateComponent,
    FieldComponent,
    InputDirective,
    LeadPickerComponent,
    ReactiveFormsModule,
  ],
  templateUrl: './new-hold.dialog.html',
  styleUrl: './new-hold.dialog.scss',
})
export class NewHoldDialog {
  protected readonly asked = inject<HoldAsked>(DIALOG_DATA);
  protected readonly dialog = inject<DialogRef<LegalHold>>(DialogRef);
  protected readonly search = new LeadSearch(this.asked.search);
  protected readonly form = inject(NonNullableFormBuilder).group({
    reason: ['', [Validators.required, Validators.minLength(3), Validators.maxLength(500)]],
    on: 'everything' as 'everything' | 'lead' | 'member',
    member: '',
  });
  protected readonly lead = signal<Lead | null>(null);
  protected readonly missing = signal(false);
  protected readonly busy = signal(false);
  protected readonly refused = signal<Explanation | null>(null);

  constructor() {
    const { member } = this.form.controls;
    effect(() => {
      const [first] = this.asked.members();
      if (first && member.value === '') member.setValue(first.userId);
    });
  }

  protected choose(lead: Lead | null): void {
    this.lead.set(lead);
    this.missing.set(false);
    if (lead === null) void this.search.ask('');
  }

  protected async send(): Promise<void> {
    if (this.busy()) return;
    this.form.markAllAsTouched();
    const { reason, on, member } = this.form.getRawValue();
    const lead = this.lead();
    this.missing.set(on === 'lead' && lead === null);
    if (this.form.invalid || this.missing()) return;
    this.busy.set(true);
    this.refused.set(null);
    try {
      this.dialog.close(
        await this.asked.place({
          reason: reason.trim(),
          targets: on === 'lead' && lead ? [ref('lead', lead.id)] : [],
          actorIds: on === 'member' ? [member] : [],
        }),
      );
    } catch (error) {
      const problem = asProblem(error);
      if (problem.code === 'invalid_input' && showOnForm(this.form, problem) === '') return;
      this.refused.set(explain(error, 'place the hold', 'Nothing is held by it.'));
    } finally {
      this.busy.set(false);
    }
  }
}
