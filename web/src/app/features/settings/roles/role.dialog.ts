import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, ElementRef, type Signal, computed, inject, signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms';
import {
  EVERYTHING,
  isNarrow,
  type Permission,
  type Role,
  type Scope,
  SCOPES,
  WHOLE_WORKSPACE,
} from '@threadline/contracts';
import { asProblem, explain, showOnForm } from '../../../core/api';
import { further, type Reach, type RoleFields, SCOPE_WORDS, within } from '../../../data/roles';
import { DialogFrameComponent } from '../../../shared/dialog';
import { FieldComponent, InputDirective } from '../../../shared/form';
import { ErrorStateComponent, type Explanation } from '../../../shared/page';
import { ButtonDirective } from '../../../shared/ui';

export interface RoleRequest {
  /** The role to change; null for a new one. */
  role: Role | null;
  roles: Signal<readonly Role[]>;
  me: Reach;
  save: (fields: RoleFields) => Promise<Role>;
}

/** Name, description and reach of a role; for a new one also what it begins with. Closes with the role as it was saved. */
@Component({
  selector: 'tl-role-dialog',
  imports: [
    ButtonDirective,
    DialogFrameComponent,
    ErrorStateComponent,
    FieldComponent,
    InputDirective,
    ReactiveFormsModule,
  ],
  template: `
    <tl-dialog-frame [heading]="asked.role ? asked.role.name : 'New role'">
      <form id="tl-role" [formGroup]="form" (ngSubmit)="save()" novalidate>
        <tl-field label="Name"><input tlInput type="text" formControlName="name" autocomplete="off" /></tl-field>
        <tl-field label="Description" optional hint="For whoever chooses a role for somebody.">
          <input tlInput type="text" formControlName="description" autocomplete="off" />
        </tl-field>
        @if (!asked.role) {
          <tl-field label="Begins with" hint="You tick and untick in the table afterwards.">
            <select tlInput formControlName="base">
              <option value="">Nothing</option>
              @for (role of bases(); track role.id) {
                <option [value]="role.id">What {{ role.name }} may do</option>
              }
            </select>
          </tl-field>
        }
        <div class="scopes">
          @for (scope of scopes; track scope.of) {
            <tl-field [label]="scope.label">
              <select tlInput [formControlName]="scope.of">
                @for (each of choices; track each) {
                  <option [value]="each" [disabled]="beyond(scope.of, each)">{{ words[each] }}</option>
                }
              </select>
            </tl-field>
          }
        </div>
        @if (losesSome()) {
          <p class="ink-2">
            Analytics, the audit log, webhooks, data subject requests, making teams and setting up single sign-on
            concern the whole workspace, so a role that reaches a part of it goes without them.
          </p>
        }
      </form>
      @if (refused(); as error) {
        <tl-error [inline]="true" [error]="error" retry="" />
      }
      <ng-container tlDialogFoot>
        <button tlButton type="button" (click)="dialog.close()">Cancel</button>
        <button tlButton look="primary" type="submit" form="tl-role" [busy]="busy()">
          {{ asked.role ? 'Save' : 'Add role' }}
        </button>
      </ng-container>
    </tl-dialog-frame>
  `,
  styles: `
    form {
      display: grid;
      gap: 14px;
    }
    .scopes {
      display: grid;
      grid-template-columns: 1fr 1fr;
      gap: 12px;
    }
    tl-error {
      margin-top: 14px;
    }
    @media (max-width: 480px) {
      .scopes {
        grid-template-columns: minmax(0, 1fr);
      }
    }
  `,
})
export class RoleDialog {
  protected readonly asked = inject<RoleRequest>(DIALOG_DATA);
  protected readonly dialog = inject<DialogRef<Role>>(DialogRef);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;

  protected readonly words = SCOPE_WORDS;
  protected readonly choices = SCOPES;
  protected readonly scopes = [
    { of: 'leads', label: 'Leads they reach' },
    { of: 'conversations', label: 'Conversations they reach' },
  ] as const;
  protected readonly bases = computed(() => this.asked.roles().filter((role) => within(role, this.asked.me)));
  protected readonly form = inject(NonNullableFormBuilder).group({
    name: [this.asked.role?.name ?? '', [Validators.required, Validators.maxLength(60)]],
    description: [this.asked.role?.description ?? '', [Validators.maxLength(300)]],
    base: '',
    leads: this.asked.role?.scopes.leads ?? this.widest('leads'),
    conversations: this.asked.role?.scopes.conversations ?? this.widest('conversations'),
  });
  private readonly value = toSignal(this.form.valueChanges, { initialValue: this.form.getRawValue() });
  private readonly narrow = computed(() => {
    const { leads = 'all', conversations = 'all' } = this.value();
    return isNarrow({ leads, conversations });
  });
  protected readonly losesSome = computed(
    () => this.narrow() && this.begun().some((permission) => WHOLE_WORKSPACE.includes(permission)),
  );
  protected readonly busy = signal(false);
  protected readonly refused = signal<Explanation | null>(null);

  protected beyond(of: 'leads' | 'conversations', scope: Scope): boolean {
    return further(scope, this.asked.me.scopes[of]);
  }

  protected async save(): Promise<void> {
    if (this.busy()) return;
    this.refused.set(null);
    this.form.markAllAsTouched();
    if (this.form.invalid) return this.focusFirstInvalid();
    this.busy.set(true);
    try {
      this.dialog.close(await this.asked.save(this.fields()));
    } catch (error) {
      if (showOnForm(this.form, asProblem(error), { duplicate: 'name' }) === '') this.focusFirstInvalid();
      else this.refused.set(explain(error, this.asked.role ? 'change the role' : 'add the role'));
    } finally {
      this.busy.set(false);
    }
  }

  /** What the role gives before anything is ticked. */
  private begun(): readonly Permission[] {
    if (this.asked.role) return this.asked.role.permissions;
    return this.bases().find(({ id }) => id === this.value().base)?.permissions ?? [];
  }

  private fields(): RoleFields {
    const { name, description, leads, conversations } = this.form.getRawValue();
    const permissions = this.begun().filter((permission) => !this.narrow() || !WHOLE_WORKSPACE.includes(permission));
    return { name: name.trim(), description: description.trim(), permissions, scopes: { leads, conversations } };
  }

  private widest(of: 'leads' | 'conversations'): Scope {
    return further(EVERYTHING[of], this.asked.me.scopes[of]) ? this.asked.me.scopes[of] : EVERYTHING[of];
  }

  private focusFirstInvalid(): void {
    // The invalid mark is on the element only after the next rendering.
    setTimeout(() => this.host.querySelector<HTMLElement>('.tl-input.ng-invalid')?.focus());
  }
}
