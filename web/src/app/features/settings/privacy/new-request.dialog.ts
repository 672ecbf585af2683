import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, computed, inject, signal } from '@angular/core';
import { NonNullableFormBuilder, ReactiveFormsModule } from '@angular/forms';
import type { Lead, PrivacyKind, PrivacyRequest } from '@threadline/contracts';
import { explain } from '../../../core/api';
import { DialogFrameComponent } from '../../../shared/dialog';
import { FieldComponent, InputDirective } from '../../../shared/form';
import { ErrorStateComponent, type Explanation } from '../../../shared/page';
import { ButtonDirective } from '../../../shared/ui';
import { LeadPickerComponent } from '../lead-picker.component';
import { LeadSearch } from '../lead-search';

export interface RequestAsked {
  kind: PrivacyKind;
  /** Chosen already, when it is asked for on the lead's own page. */
  lead: Lead | null;
  search: (words: string, signal: AbortSignal) => Promise<Lead[]>;
  make: (kind: PrivacyKind, leadId: string) => Promise<PrivacyRequest>;
}

/** Asks for an export or an erasure. Erasing asks for the name to be typed: it cannot be undone. Closes with true. */
@Component({
  selector: 'tl-new-request-dialog',
  imports: [
    ButtonDirective,
    DialogFrameComponent,
    ErrorStateComponent,
    FieldComponent,
    InputDirective,
    LeadPickerComponent,
    ReactiveFormsModule,
  ],
  templateUrl: './new-request.dialog.html',
  styleUrl: './new-request.dialog.scss',
})
export class NewRequestDialog {
  protected readonly asked = inject<RequestAsked>(DIALOG_DATA);
  protected readonly dialog = inject<DialogRef<true>>(DialogRef);
  protected readonly erasing = this.asked.kind === 'erase';
  protected readonly search = new LeadSearch(this.asked.search);
  protected readonly lead = signal(this.asked.lead);
  protected readonly form = inject(NonNullableFormBuilder).group({ name: '' });
  protected readonly typed = signal('');
  protected readonly busy = signal(false);
  protected readonly refused = signal<Explanation | null>(null);
  protected readonly ready = computed(() => {
    const lead = this.lead();
    return lead !== null && (!this.erasing || this.typed().trim().toLowerCase() === lead.name.trim().toLowerCase());
  });

  protected choose(lead: Lead | null): void {
    this.lead.set(lead);
    this.form.reset();
    this.typed.set('');
    this.refused.set(null);
    if (lead === null) void this.search.ask('');
  }

  protected type(event: Event): void {
    this.typed.set((event.target as HTMLInputElement).value);
  }

  protected async send(): Promise<void> {
    const lead = this.lead();
    if (this.busy() || !lead || !this.ready()) return;
    this.busy.set(true);
    this.refused.set(null);
    try {
      await this.asked.make(this.asked.kind, lead.id);
      this.dialog.close(true);
    } catch (error) {
      const doing = this.erasing ? `erase ${lead.name}` : `collect what is known of ${lead.name}`;
      this.refused.set(explain(error, doing, 'Nothing was changed.'));
    } finally {
      this.busy.set(false);
    }
  }
}
