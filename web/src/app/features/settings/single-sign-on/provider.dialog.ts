import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, ElementRef, type Signal, computed, effect, inject, signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { ReactiveFormsModule } from '@angular/forms';
import type { Role, SsoPreset, SsoProvider } from '@threadline/contracts';
import { Plus, X } from 'lucide';
import { v7 } from 'uuid';
import { asProblem, explain, showOnForm } from '../../../core/api';
import type { ProviderFields } from '../../../data/sso';
import { DialogFrameComponent } from '../../../shared/dialog';
import { FieldComponent, InputDirective, RevealComponent } from '../../../shared/form';
import { ErrorStateComponent, type Explanation } from '../../../shared/page';
import { ButtonDirective, CopyButtonComponent, IconComponent } from '../../../shared/ui';
import { PRESETS, presetOf } from './presets';
import { fieldsOf, groupForm, providerForm } from './provider.form';

export interface ProviderRequest {
  /** Null: a new one. */
  provider: SsoProvider | null;
  /** Those the person may give, without owners. */
  roles: Signal<readonly Role[]>;
  redirectUri: string;
  create: (fields: ProviderFields, key: string) => Promise<SsoProvider>;
  change: (id: string, fields: Partial<ProviderFields>) => Promise<SsoProvider>;
}

/** A provider is set up or changed. Closes with the provider. */
@Component({
  selector: 'tl-provider-dialog',
  imports: [
    ButtonDirective,
    CopyButtonComponent,
    DialogFrameComponent,
    ErrorStateComponent,
    FieldComponent,
    IconComponent,
    InputDirective,
    ReactiveFormsModule,
    RevealComponent,
  ],
  templateUrl: './provider.dialog.html',
  styleUrl: './provider.dialog.scss',
})
export class ProviderDialog {
  protected readonly asked = inject<ProviderRequest>(DIALOG_DATA);
  private readonly dialog = inject<DialogRef<SsoProvider>>(DialogRef);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  /** Of this provider to be, so that trying again after a cut line sets up one and not two. */
  private key = v7();

  protected readonly icons = { add: Plus, remove: X };
  protected readonly presets = PRESETS;
  protected readonly form = providerForm(this.asked.provider);
  private readonly chosen = toSignal(this.form.controls.preset.valueChanges, {
    initialValue: this.form.controls.preset.value,
  });
  protected readonly words = computed(() => presetOf(this.chosen()));
  protected readonly joining = toSignal(this.form.controls.joining.valueChanges, {
    initialValue: this.form.controls.joining.value,
  });
  protected readonly busy = signal(false);
  protected readonly refused = signal<Explanation | null>(null);

  constructor() {
    if (!this.asked.provider) this.prefill(this.form.controls.preset.value);
    const { defaultRoleId } = this.form.controls;
    effect(() => {
      const roles = this.asked.roles();
      const usual = roles.find(({ builtIn }) => builtIn === 'agent') ?? roles[0];
      if (usual && defaultRoleId.value === '') defaultRoleId.setValue(usual.id);
    });
  }

  /** Another kind of provider brings its own beginnings, where nobody has typed yet. */
  protected prefill(preset: SsoPreset): void {
    const { issuer, name, groupsClaim } = presetOf(preset);
    const { controls } = this.form;
    if (!controls.issuer.dirty) controls.issuer.setValue(issuer);
    if (!controls.name.dirty) controls.name.setValue(preset === 'custom' ? '' : name);
    if (!controls.groupsClaim.dirty) controls.groupsClaim.setValue(groupsClaim);
  }

  protected addGroup(): void {
    const { groupRoles, defaultRoleId } = this.form.controls;
    groupRoles.push(groupForm({ group: '', roleId: defaultRoleId.value }));
    setTimeout(() => this.host.querySelector<HTMLElement>('.group:last-of-type input')?.focus());
  }

  protected removeGroup(index: number): void {
    this.form.controls.groupRoles.removeAt(index);
  }

  protected close(): void {
    this.dialog.close();
  }

  protected async send(): Promise<void> {
    if (this.busy()) return;
    this.refused.set(null);
    this.form.markAllAsTouched();
    if (this.form.invalid) return this.focusFirstInvalid();
    this.busy.set(true);
    try {
      this.dialog.close(await this.save());
    } catch (error) {
      this.refuse(error);
    } finally {
      this.busy.set(false);
    }
  }

  private save(): Promise<SsoProvider> {
    const { provider, create, change } = this.asked;
    const { clientSecret, ...fields } = fieldsOf(this.form);
    if (provider) return change(provider.id, { ...fields, ...(clientSecret ? { clientSecret } : {}) });
    return create({ ...fields, clientSecret: clientSecret ?? '', enabled: true }, this.key);
  }

  private refuse(error: unknown): void {
    const problem = asProblem(error);
    if (!problem.away) this.key = v7();
    const places = { sso_failed: 'issuer', address_not_allowed: 'issuer', duplicate: 'clientId' };
    if (showOnForm(this.form, problem, places) === '') return this.focusFirstInvalid();
    this.refused.set(explain(error, this.asked.provider ? 'change the provider' : 'add the provider'));
  }

  private focusFirstInvalid(): void {
    // The invalid mark is on the element only after the next rendering.
    setTimeout(() => this.host.querySelector<HTMLElement>('.tl-input.ng-invalid')?.focus());
  }
}
