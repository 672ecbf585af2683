import { Component, inject, signal } from '@angular/core';
import { NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms';
import { asProblem, explain, showOnForm } from '../../../core/api';
import { Rights, Session } from '../../../core/session';
import { PoliciesApi } from '../../../data/policies';
import { askBeforeLeaving, unsaved } from '../../../shared/dialog';
import { FieldComponent, InputDirective } from '../../../shared/form';
import { PageHeadComponent } from '../../../shared/page';
import { Toasts } from '../../../shared/toast';
import { ButtonDirective, CopyButtonComponent } from '../../../shared/ui';

/** What the workspace is called, and the id that programs know it by. */
@Component({
  selector: 'tl-general-page',
  imports: [
    ButtonDirective,
    CopyButtonComponent,
    FieldComponent,
    InputDirective,
    PageHeadComponent,
    ReactiveFormsModule,
  ],
  template: `
    <tl-page-head heading="General" />
    @if (me(); as me) {
      <section aria-labelledby="general-name">
        <h2 id="general-name">Name</h2>
        @if (rights.can('workspace:write')) {
          <form [formGroup]="form" (ngSubmit)="rename()" novalidate>
            <tl-field label="Workspace name" hint="As everybody in it sees it, and in invitations">
              <input tlInput type="text" formControlName="name" autocomplete="organization" />
            </tl-field>
            <button tlButton look="secondary" type="submit" [busy]="busy()">Save name</button>
          </form>
        } @else {
          <p>{{ me.workspace.name }}</p>
          <p class="ink-2">Who may change the workspace can rename it.</p>
        }
      </section>
      <section aria-labelledby="general-id">
        <h2 id="general-id">Workspace id</h2>
        <p class="id">
          <code class="mono">{{ me.workspace.id }}</code> <tl-copy [text]="me.workspace.id" label="Copy workspace id" />
        </p>
        <p class="ink-2">Programs and events name the workspace by it. It never changes, and is no secret.</p>
      </section>
    }
  `,
  styleUrl: '../policies/policies.page.scss',
})
export class GeneralPage {
  private readonly api = inject(PoliciesApi);
  private readonly session = inject(Session);
  private readonly toasts = inject(Toasts);

  protected readonly rights = inject(Rights);
  protected readonly me = this.session.me;
  protected readonly busy = signal(false);
  protected readonly form = inject(NonNullableFormBuilder).group({
    name: [this.me()?.workspace.name ?? '', [Validators.required, Validators.maxLength(200)]],
  });

  constructor() {
    askBeforeLeaving(() =>
      this.form.dirty && this.form.getRawValue().name !== this.me()?.workspace.name
        ? unsaved('The name you typed is not saved yet.')
        : null,
    );
  }

  protected async rename(): Promise<void> {
    if (this.busy()) return;
    this.form.markAllAsTouched();
    if (this.form.invalid) return;
    this.busy.set(true);
    try {
      await this.api.rename(this.form.getRawValue().name.trim());
      this.form.markAsPristine();
      await this.session.reread();
      this.toasts.show({ text: 'The workspace’s name is saved' });
    } catch (error) {
      const left = showOnForm(this.form, asProblem(error));
      if (left === '') return;
      const { what, safe } = explain(error, 'save the name', 'Nothing was changed.');
      this.toasts.show({ text: `${what} ${safe}`.trim(), tone: 'bad' });
    } finally {
      this.busy.set(false);
    }
  }
}
