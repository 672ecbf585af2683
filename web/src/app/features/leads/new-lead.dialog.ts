import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, ElementRef, inject, signal, type Signal } from '@angular/core';
import {
  type AbstractControl,
  NonNullableFormBuilder,
  ReactiveFormsModule,
  Validators,
  type ValidationErrors,
} from '@angular/forms';
import { RouterLink } from '@angular/router';
import { type Lead, LEAD_STATUSES, type LeadStatus, type Member } from '@threadline/contracts';
import { v7 } from 'uuid';
import { asProblem, explain, showOnForm } from '../../core/api';
import type { NewLead } from '../../data/leads';
import { DialogFrameComponent } from '../../shared/dialog';
import { FieldComponent, InputDirective } from '../../shared/form';
import { phoneProblem } from '../../shared/lead';
import { ErrorStateComponent, type Explanation } from '../../shared/page';
import { LEAD_STATUS_WORDS } from '../../shared/status';
import { ButtonDirective } from '../../shared/ui';

export interface NewLeadRequest {
  members: Signal<readonly Member[]>;
  /** A name or an e-mail address to begin with; empty for none. */
  who: string;
  /** Who owns it unless somebody else is chosen. */
  ownerId: string | null;
  create: (lead: NewLead) => Promise<Lead>;
}

/** A new lead: a dialog on a desk, a sheet on a phone. Closes with the lead that was made. */
@Component({
  selector: 'tl-new-lead-dialog',
  imports: [
    ButtonDirective,
    DialogFrameComponent,
    ErrorStateComponent,
    FieldComponent,
    InputDirective,
    ReactiveFormsModule,
    RouterLink,
  ],
  templateUrl: './new-lead.dialog.html',
  styles: `
    .fields {
      display: grid;
      grid-template-columns: 1fr 1fr;
      gap: 14px 12px;
    }
    .wide {
      grid-column: 1 / -1;
    }
    .twin {
      flex-basis: 100%;
      color: var(--ink-2);
    }
    tl-error {
      margin-top: 14px;
    }
    @media (max-width: 480px) {
      .fields {
        grid-template-columns: minmax(0, 1fr);
      }
    }
  `,
})
export class NewLeadDialog {
  protected readonly asked = inject<NewLeadRequest>(DIALOG_DATA);
  private readonly dialog = inject<DialogRef<Lead>>(DialogRef);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  /** Of the lead to be, so that trying again after a cut line makes one lead and not two. */
  private id = v7();

  protected readonly statuses = LEAD_STATUSES.map((status) => ({ status, word: LEAD_STATUS_WORDS[status].word }));
  protected readonly form = inject(NonNullableFormBuilder).group({
    name: [this.asked.who.includes('@') ? '' : this.asked.who, [Validators.required, Validators.maxLength(200)]],
    email: [this.asked.who.includes('@') ? this.asked.who : '', [Validators.email, Validators.maxLength(320)]],
    phone: ['', [Validators.maxLength(50), phone]],
    company: ['', [Validators.maxLength(200)]],
    title: ['', [Validators.maxLength(200)]],
    status: 'new' as LeadStatus,
    ownerId: this.asked.ownerId ?? '',
    tags: '',
  });
  protected readonly busy = signal(false);
  protected readonly refused = signal<Explanation | null>(null);
  /** The lead that has the address already. */
  protected readonly twin = signal<Lead | null>(null);

  protected async send(): Promise<void> {
    if (this.busy()) return;
    this.refused.set(null);
    this.twin.set(null);
    this.form.markAllAsTouched();
    if (this.form.invalid) return this.focusFirstInvalid();
    this.busy.set(true);
    try {
      this.dialog.close(await this.asked.create(this.lead()));
    } catch (error) {
      this.refuse(error);
    } finally {
      this.busy.set(false);
    }
  }

  protected close(): void {
    this.dialog.close();
  }

  private lead(): NewLead {
    const { name, email, phone, company, title, status, ownerId, tags } = this.form.getRawValue();
    return {
      id: this.id,
      name: name.trim(),
      email: email.trim() || null,
      phone: phone.trim() || null,
      company: company.trim() || null,
      title: title.trim() || null,
      status,
      ownerId: ownerId || null,
      tags: tags.split(',').flatMap((tag) => tag.trim() || []),
    };
  }

  private refuse(error: unknown): void {
    const problem = asProblem(error);
    // What the key of the refused attempt remembers is the refusal.
    if (!problem.away) this.id = v7();
    const current = problem.current as Lead | undefined;
    if (problem.code === 'duplicate' && current?.id) {
      this.twin.set(current);
      this.form.controls.email.setErrors({ server: 'Somebody has this address already.' });
      this.form.controls.email.markAsTouched();
      return this.focusFirstInvalid();
    }
    if (showOnForm(this.form, problem, { duplicate: 'email' }) === '') return this.focusFirstInvalid();
    this.refused.set(explain(error, 'add the lead'));
  }

  private focusFirstInvalid(): void {
    // The invalid mark is on the element only after the next rendering.
    setTimeout(() => this.host.querySelector<HTMLElement>('.tl-input.ng-invalid')?.focus());
  }
}

function phone({ value }: AbstractControl<string>): ValidationErrors | null {
  const problem = phoneProblem(value);
  return problem === null ? null : { phone: problem };
}
