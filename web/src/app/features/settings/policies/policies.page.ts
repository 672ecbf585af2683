import { Component, ElementRef, computed, effect, inject, signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms';
import type { WorkspacePolicies } from '@threadline/contracts';
import { asProblem, explain, showOnForm } from '../../../core/api';
import { Rights } from '../../../core/session';
import { PoliciesStore } from '../../../data/policies';
import { askBeforeLeaving, unsaved } from '../../../shared/dialog';
import { FieldComponent, InputDirective } from '../../../shared/form';
import { ErrorStateComponent, PageHeadComponent, SkeletonComponent } from '../../../shared/page';
import { Toasts } from '../../../shared/toast';
import { ButtonDirective } from '../../../shared/ui';
import { listFrom, textFrom } from './policy-list';

const days = (most: number) => [
  Validators.required,
  Validators.min(1),
  Validators.max(most),
  Validators.pattern(/^\d+$/u),
];

/** What the workspace asks of everybody who uses it, each with what follows from it. */
@Component({
  selector: 'tl-policies-page',
  imports: [
    ButtonDirective,
    ErrorStateComponent,
    FieldComponent,
    InputDirective,
    PageHeadComponent,
    ReactiveFormsModule,
    SkeletonComponent,
  ],
  templateUrl: './policies.page.html',
  styleUrl: './policies.page.scss',
})
export class PoliciesPage {
  private readonly store = inject(PoliciesStore);
  private readonly toasts = inject(Toasts);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;

  protected readonly rights = inject(Rights);
  private readonly policies = toSignal(this.store.state$);
  private readonly status = toSignal(this.store.status$);
  protected readonly shown = computed(() => this.policies() !== undefined);
  protected readonly failure = computed(() => {
    const trouble = this.shown() ? null : this.status()?.trouble;
    return trouble ? explain(trouble.cause, 'load the policies', 'They hold as they are.') : null;
  });
  protected readonly busy = signal(false);
  protected readonly form = inject(NonNullableFormBuilder).group({
    secondFactorRequired: [false],
    ssoOnly: [false],
    sessionIdleDays: [7, days(30)],
    sessionMaxDays: [30, days(90)],
    allowedEmailDomains: [''],
    allowedNetworks: [''],
  });

  constructor() {
    effect(() => {
      const policies = this.policies();
      if (policies) this.follow(policies);
    });
    askBeforeLeaving(() =>
      this.form.enabled && this.form.dirty ? unsaved('The policies you changed here are not saved yet.') : null,
    );
  }

  protected load(): void {
    this.store.refresh();
  }

  protected async save(): Promise<void> {
    if (this.busy()) return;
    this.form.markAllAsTouched();
    if (this.form.invalid) return this.focusFirstInvalid();
    this.busy.set(true);
    try {
      this.show(await this.store.replace(this.wanted()));
      this.toasts.show({ text: 'The policies are saved and hold from now on' });
    } catch (error) {
      this.refuse(error);
    } finally {
      this.busy.set(false);
    }
  }

  /** The server's sentence for a checkbox, which has no field around it. */
  protected said(name: 'secondFactorRequired' | 'ssoOnly'): string {
    const said: unknown = this.form.controls[name].errors?.['server'];
    return typeof said === 'string' ? said : '';
  }

  private wanted(): WorkspacePolicies {
    const { allowedEmailDomains, allowedNetworks, ...rest } = this.form.getRawValue();
    return {
      ...rest,
      sessionIdleDays: Number(rest.sessionIdleDays),
      sessionMaxDays: Number(rest.sessionMaxDays),
      allowedEmailDomains: listFrom(allowedEmailDomains),
      allowedNetworks: listFrom(allowedNetworks),
    };
  }

  /** What was changed elsewhere; what is being changed here stays. */
  private follow(policies: WorkspacePolicies): void {
    const unsaved = Object.entries(this.form.controls).filter(([, control]) => control.dirty);
    const kept = unsaved.map(([name, control]) => [name, control.value] as const);
    this.show(policies);
    this.form.patchValue(Object.fromEntries(kept));
    for (const [, control] of unsaved) control.markAsDirty();
  }

  private show({ allowedEmailDomains, allowedNetworks, ...rest }: WorkspacePolicies): void {
    const lists = { allowedEmailDomains: textFrom(allowedEmailDomains), allowedNetworks: textFrom(allowedNetworks) };
    this.form.reset({ ...rest, ...lists });
    if (this.rights.can('policies:write')) this.form.enable();
    else this.form.disable();
  }

  private refuse(error: unknown): void {
    const left = showOnForm(this.form, asProblem(error));
    if (left === '') return this.focusFirstInvalid();
    const { what, safe } = explain(error, 'save the policies', 'They hold as they were.');
    this.toasts.show({ text: `${what} ${safe}`.trim(), tone: 'bad' });
  }

  private focusFirstInvalid(): void {
    this.host.querySelector<HTMLElement>('.ng-invalid:is(input, textarea)')?.focus();
  }
}
