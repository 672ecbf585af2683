import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, ElementRef, type Signal, computed, effect, inject, signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms';
import type { Invitation, Role, Team } from '@threadline/contracts';
import { asProblem, explain, showOnForm } from '../../../../core/api';
import type { Inviting } from '../../../../data/invitations';
import { DialogFrameComponent } from '../../../../shared/dialog';
import { FieldComponent, InputDirective } from '../../../../shared/form';
import { ErrorStateComponent, type Explanation } from '../../../../shared/page';
import { ButtonDirective } from '../../../../shared/ui';

export interface InviteRequest {
  /** Those that the inviter may give, as the teams; none until they are loaded. */
  roles: Signal<readonly Role[]>;
  teams: Signal<readonly Team[]>;
  /** There is no mail server: the invitation waits in the Mailbox. */
  mailStaysHere: Signal<boolean>;
  invite: (inviting: Inviting) => Promise<Invitation>;
}

/** Whom to invite, and as what. Closes with the invitation. */
@Component({
  selector: 'tl-invite-dialog',
  imports: [
    ButtonDirective,
    DialogFrameComponent,
    ErrorStateComponent,
    FieldComponent,
    InputDirective,
    ReactiveFormsModule,
  ],
  template: `
    <tl-dialog-frame heading="Invite somebody">
      <form id="tl-invite" [formGroup]="form" (ngSubmit)="send()" novalidate>
        <tl-field label="E-mail" [hint]="where()">
          <input
            tlInput
            type="email"
            formControlName="email"
            autocomplete="off"
            autocapitalize="none"
            spellcheck="false"
          />
        </tl-field>
        <tl-field label="Role" [hint]="described()">
          <select tlInput formControlName="roleId">
            @for (role of asked.roles(); track role.id) {
              <option [value]="role.id">{{ role.name }}</option>
            }
          </select>
        </tl-field>
        @if (asked.teams().length > 0) {
          <fieldset>
            <legend>Teams <span class="ink-3">optional</span></legend>
            @for (team of asked.teams(); track team.id) {
              <label>
                <input type="checkbox" [checked]="chosen().has(team.id)" (change)="toggle(team.id)" />
                <span class="truncate">{{ team.name }}</span>
              </label>
            }
          </fieldset>
        }
      </form>
      @if (refused(); as error) {
        <tl-error [inline]="true" [error]="error" retry="" />
      }
      <ng-container tlDialogFoot>
        <button tlButton type="button" (click)="dialog.close()">Cancel</button>
        <button tlButton look="primary" type="submit" form="tl-invite" [busy]="busy()">Send the invitation</button>
      </ng-container>
    </tl-dialog-frame>
  `,
  styles: `
    form {
      display: grid;
      gap: 16px;
    }
    fieldset {
      display: grid;
      gap: 6px;
      max-height: 180px;
      padding: 0;
      border: 0;
      overflow-y: auto;
    }
    legend {
      margin-bottom: 6px;
      font-weight: 500;
    }
    label {
      display: flex;
      align-items: center;
      gap: 8px;
      min-height: 28px;
    }
    tl-error {
      margin-top: 14px;
    }
  `,
})
export class InviteDialog {
  protected readonly asked = inject<InviteRequest>(DIALOG_DATA);
  protected readonly dialog = inject<DialogRef<Invitation>>(DialogRef);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  protected readonly form = inject(NonNullableFormBuilder).group({
    email: ['', [Validators.required, Validators.email, Validators.maxLength(320)]],
    roleId: ['', [Validators.required]],
  });
  protected readonly chosen = signal<ReadonlySet<string>>(new Set());
  private readonly roleId = toSignal(this.form.controls.roleId.valueChanges, { initialValue: '' });
  protected readonly described = computed(
    () => this.asked.roles().find(({ id }) => id === this.roleId())?.description ?? '',
  );
  protected readonly where = computed(() =>
    this.asked.mailStaysHere()
      ? 'The link waits in the Mailbox, as there is no mail server here: pass it on. It works once, for seven days.'
      : 'A link goes there; it works once, for seven days.',
  );
  protected readonly busy = signal(false);
  protected readonly refused = signal<Explanation | null>(null);

  constructor() {
    effect(() => {
      const roles = this.asked.roles();
      const usual = roles.find(({ builtIn }) => builtIn === 'agent') ?? roles.at(-1);
      if (usual && this.form.controls.roleId.value === '') this.form.controls.roleId.setValue(usual.id);
    });
  }

  protected toggle(teamId: string): void {
    const next = new Set(this.chosen());
    if (!next.delete(teamId)) next.add(teamId);
    this.chosen.set(next);
  }

  protected async send(): Promise<void> {
    if (this.busy()) return;
    this.refused.set(null);
    this.form.markAllAsTouched();
    if (this.form.invalid) return this.focusFirstInvalid();
    this.busy.set(true);
    try {
      const { email, roleId } = this.form.getRawValue();
      this.dialog.close(await this.asked.invite({ email: email.trim(), roleId, teamIds: [...this.chosen()] }));
    } catch (error) {
      this.refuse(error);
    } finally {
      this.busy.set(false);
    }
  }

  private refuse(error: unknown): void {
    const problem = asProblem(error);
    const left = showOnForm(this.form, problem, { already_member: 'email', domain_not_allowed: 'email' });
    if (left === '') return this.focusFirstInvalid();
    this.refused.set(explain(problem, 'send the invitation'));
  }

  private focusFirstInvalid(): void {
    setTimeout(() => this.host.querySelector<HTMLElement>('.ng-invalid:is(input, select)')?.focus());
  }
}
