import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, ElementRef, type Signal, inject, signal } from '@angular/core';
import { NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms';
import type { Member, Team } from '@threadline/contracts';
import { asProblem, explain, showOnForm } from '../../../core/api';
import type { TeamFields } from '../../../data/teams';
import { DialogFrameComponent } from '../../../shared/dialog';
import { FieldComponent, InputDirective } from '../../../shared/form';
import { ErrorStateComponent, type Explanation } from '../../../shared/page';
import { ButtonDirective } from '../../../shared/ui';
import { PeoplePickerComponent } from './people-picker.component';

export interface TeamRequest {
  /** The team to change; null for a new one. */
  team: Team | null;
  members: Signal<readonly Member[]>;
  save: (fields: TeamFields) => Promise<Team>;
}

/** A team's name and who is in it. Closes with the team as it was saved. */
@Component({
  selector: 'tl-team-dialog',
  imports: [
    ButtonDirective,
    DialogFrameComponent,
    ErrorStateComponent,
    FieldComponent,
    InputDirective,
    PeoplePickerComponent,
    ReactiveFormsModule,
  ],
  template: `
    <tl-dialog-frame [heading]="asked.team ? asked.team.name : 'New team'">
      <form id="tl-team" [formGroup]="form" (ngSubmit)="save()" novalidate>
        <tl-field label="Name"><input tlInput type="text" formControlName="name" autocomplete="off" /></tl-field>
        <tl-people-picker label="Members" [people]="asked.members()" [(chosen)]="chosen" />
      </form>
      @if (refused(); as error) {
        <tl-error [inline]="true" [error]="error" retry="" />
      }
      <ng-container tlDialogFoot>
        <button tlButton type="button" (click)="dialog.close()">Cancel</button>
        <button tlButton look="primary" type="submit" form="tl-team" [busy]="busy()">
          {{ asked.team ? 'Save' : 'Add team' }}
        </button>
      </ng-container>
    </tl-dialog-frame>
  `,
  styles: `
    form {
      display: grid;
      gap: 14px;
    }
    tl-error {
      margin-top: 14px;
    }
  `,
})
export class TeamDialog {
  protected readonly asked = inject<TeamRequest>(DIALOG_DATA);
  protected readonly dialog = inject<DialogRef<Team>>(DialogRef);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  protected readonly form = inject(NonNullableFormBuilder).group({
    name: [this.asked.team?.name ?? '', [Validators.required, Validators.maxLength(60)]],
  });
  protected readonly chosen = signal<readonly string[]>(this.asked.team?.memberIds ?? []);
  protected readonly busy = signal(false);
  protected readonly refused = signal<Explanation | null>(null);

  protected async save(): Promise<void> {
    if (this.busy()) return;
    this.refused.set(null);
    this.form.markAllAsTouched();
    if (this.form.invalid) return this.focusName();
    this.busy.set(true);
    try {
      const name = this.form.getRawValue().name.trim();
      this.dialog.close(await this.asked.save({ name, memberIds: [...this.chosen()] }));
    } catch (error) {
      if (showOnForm(this.form, asProblem(error), { duplicate: 'name' }) === '') this.focusName();
      else this.refused.set(explain(error, this.asked.team ? 'change the team' : 'add the team'));
    } finally {
      this.busy.set(false);
    }
  }

  private focusName(): void {
    this.host.querySelector<HTMLElement>('[formcontrolname=name]')?.focus();
  }
}
