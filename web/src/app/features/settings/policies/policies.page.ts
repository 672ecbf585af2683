import { Component, ElementRef, inject, signal } from '@angular/core';
import { NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms';
import type { WorkspacePolicies } from '@threadline/contracts';
import { asProblem, explain, showOnForm } from '../../../core/api';
import { Rights } from '../../../core/session';
import { PoliciesApi } from '../../../data/policies';
import { FieldComponent, InputDirective } from '../../../shared/form';
import { ErrorStateComponent, type Explanation, PageHeadComponent, SkeletonComponent } from '../../../shared/page';
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
  private readonly api = inject(PoliciesApi);
  private readonly toasts = inject(Toasts);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;

  protected readonly rights = inject(Rights);
  protected readonly state = signal<'loading' | 'shown' | 'failed'>('loading');
  protected readonly failure = signal<Explanation | null>(null);
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
    void this.load();
  }

  protected async load(): Promise<void> {
    this.state.set('loading');
    try {
      this.show(await this.api.read());
      this.state.set('shown');
    } catch (error) {
      this.failure.set(explain(error, 'load the policies', 'They hold as they are.'));
      this.state.set('failed');
    }
  }

  protected async save(): Promise<void> {
    if (this.busy()) return;
    this.form.markAllAsTouched();
    if (this.form.invalid) return this.focusFirstInvalid();
    this.busy.set(true);
    try {
      this.show(await this.api.replace(this.wanted()));
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
