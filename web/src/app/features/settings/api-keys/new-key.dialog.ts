import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { DOCUMENT } from '@angular/common';
import { Component, ElementRef, computed, inject, signal } from '@angular/core';
import { NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms';
import { RouterLink } from '@angular/router';
import type { Permission } from '@threadline/contracts';
import { asProblem, explain, showOnForm } from '../../../core/api';
import { exampleCall, type MadeApiKey, type NewApiKey } from '../../../data/api-keys';
import { DialogFrameComponent } from '../../../shared/dialog';
import { FieldComponent, InputDirective } from '../../../shared/form';
import { Ticker } from '../../../shared/format';
import { ErrorStateComponent, type Explanation } from '../../../shared/page';
import { ButtonDirective, CopyButtonComponent } from '../../../shared/ui';
import { SecretShownComponent } from '../secret-shown.component';
import { expiryAfter, groupsOf, LIVES, networksIn, readOnly } from './key-words';

export interface NewKeyRequest {
  /** What the maker may do: no key can do more. */
  held: readonly Permission[];
  create: (wanted: NewApiKey) => Promise<MadeApiKey>;
}

/** A new API key: first what it is for, then the key itself, this once. */
@Component({
  selector: 'tl-new-key-dialog',
  imports: [
    ButtonDirective,
    CopyButtonComponent,
    DialogFrameComponent,
    ErrorStateComponent,
    FieldComponent,
    InputDirective,
    ReactiveFormsModule,
    RouterLink,
    SecretShownComponent,
  ],
  templateUrl: './new-key.dialog.html',
  styleUrl: './new-key.dialog.scss',
})
export class NewKeyDialog {
  protected readonly asked = inject<NewKeyRequest>(DIALOG_DATA);
  protected readonly dialog = inject(DialogRef);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly origin = inject(DOCUMENT).location.origin;
  private readonly ticker = inject(Ticker);

  /** Its pages open in another tab: this one shows the key for the only time. */
  protected readonly seesDevelopers = this.asked.held.includes('webhooks:read');
  protected readonly lives = LIVES;
  protected readonly groups = groupsOf(this.asked.held);
  protected readonly form = inject(NonNullableFormBuilder).group({
    name: ['', [Validators.required, Validators.maxLength(100)]],
    life: '90',
    allowedNetworks: '',
  });
  protected readonly chosen = signal<ReadonlySet<Permission>>(new Set(readOnly(this.asked.held)));
  protected readonly noneChosen = signal(false);
  protected readonly busy = signal(false);
  protected readonly refused = signal<Explanation | null>(null);
  protected readonly made = signal<{ key: string; example: string | null } | null>(null);

  protected readonly preset = computed(() => {
    const chosen = [...this.chosen()];
    if (chosen.length === this.asked.held.length) return 'all';
    return chosen.length > 0 && sameAs(chosen, readOnly(this.asked.held)) ? 'read' : '';
  });

  protected choose(preset: 'read' | 'all'): void {
    this.chosen.set(new Set(preset === 'all' ? this.asked.held : readOnly(this.asked.held)));
    this.noneChosen.set(false);
  }

  protected toggle(permission: Permission): void {
    const next = new Set(this.chosen());
    if (!next.delete(permission)) next.add(permission);
    this.chosen.set(next);
    this.noneChosen.set(next.size === 0);
  }

  protected async send(): Promise<void> {
    if (this.busy()) return;
    this.refused.set(null);
    this.form.markAllAsTouched();
    this.noneChosen.set(this.chosen().size === 0);
    if (this.form.invalid || this.noneChosen()) return this.focusFirstInvalid();
    this.busy.set(true);
    try {
      const made = await this.asked.create(this.wanted());
      const key = made.key ?? '';
      this.made.set({ key, example: exampleCall(this.origin, key, made.permissions) });
    } catch (error) {
      this.refuse(error);
    } finally {
      this.busy.set(false);
    }
  }

  private wanted(): NewApiKey {
    const { name, life, allowedNetworks } = this.form.getRawValue();
    return {
      name: name.trim(),
      permissions: this.asked.held.filter((permission) => this.chosen().has(permission)),
      expiresAt: expiryAfter(life, this.ticker.now()),
      allowedNetworks: networksIn(allowedNetworks),
    };
  }

  private refuse(error: unknown): void {
    const problem = asProblem(error);
    const network = problem.errors.find(({ path }) => path.startsWith('allowedNetworks'));
    if (network) {
      const at = networksIn(this.form.getRawValue().allowedNetworks)[Number(network.path.split('.')[1] ?? 0)] ?? '';
      this.form.controls.allowedNetworks.setErrors({ server: `“${at}” is no address and no network.` });
      return this.focusFirstInvalid();
    }
    if (problem.code === 'invalid_input' && showOnForm(this.form, problem) === '') return this.focusFirstInvalid();
    this.refused.set(explain(error, 'make the key', 'No key was made.'));
  }

  private focusFirstInvalid(): void {
    // The invalid mark is on the element only after the next rendering.
    setTimeout(() => this.host.querySelector<HTMLElement>('.tl-input.ng-invalid, .none .tl-check')?.focus());
  }
}

function sameAs(one: readonly Permission[], other: readonly Permission[]): boolean {
  return one.length === other.length && one.every((each) => other.includes(each));
}
