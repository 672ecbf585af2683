import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, inject, signal } from '@angular/core';
import { NonNullableFormBuilder, ReactiveFormsModule } from '@angular/forms';
import type { Member } from '@threadline/contracts';
import { explain } from '../../../core/api';
import type { Owned } from '../../../data/members';
import { DialogFrameComponent } from '../../../shared/dialog';
import { FieldComponent, InputDirective } from '../../../shared/form';
import { ErrorStateComponent, type Explanation } from '../../../shared/page';
import { ButtonDirective } from '../../../shared/ui';
import { ownedWords } from './owned-words';

export interface RemovalRequest {
  member: Member;
  /** Who can take over. */
  others: readonly Member[];
  /** What the member owns; rejects where that cannot be known. */
  count: () => Promise<Owned>;
  /** @param to the user id of who takes over; null for nobody */
  remove: (to: string | null) => Promise<void>;
}

/** What removing somebody means, and who takes over what they own. Closes with true when it is done. */
@Component({
  selector: 'tl-removal-dialog',
  imports: [
    ButtonDirective,
    DialogFrameComponent,
    ErrorStateComponent,
    FieldComponent,
    InputDirective,
    ReactiveFormsModule,
  ],
  template: `
    <tl-dialog-frame [heading]="'Remove ' + asked.member.name">
      <p>
        {{ asked.member.name }} is signed out everywhere at once and leaves their teams. What they wrote stays. They can
        be invited again.
      </p>
      <form id="tl-removal" [formGroup]="form" (ngSubmit)="remove()">
        <tl-field [label]="label()" hint="Handed over within moments of the removal.">
          <select tlInput formControlName="to">
            <option value="">Nobody</option>
            @for (other of asked.others; track other.id) {
              <option [value]="other.userId">{{ other.name }}</option>
            }
          </select>
        </tl-field>
      </form>
      @if (refused(); as error) {
        <tl-error [inline]="true" [error]="error" retry="" />
      }
      <ng-container tlDialogFoot>
        <button tlButton type="button" (click)="dialog.close()">Cancel</button>
        <button tlButton look="danger" type="submit" form="tl-removal" [busy]="busy()">
          Remove {{ asked.member.name }}
        </button>
      </ng-container>
    </tl-dialog-frame>
  `,
  styles: `
    p {
      margin-bottom: 16px;
      color: var(--ink-2);
    }
    tl-error {
      margin-top: 14px;
    }
  `,
})
export class RemovalDialog {
  protected readonly asked = inject<RemovalRequest>(DIALOG_DATA);
  protected readonly dialog = inject<DialogRef<true>>(DialogRef);
  protected readonly form = inject(NonNullableFormBuilder).group({ to: '' });
  protected readonly label = signal(ownedWords(null));
  protected readonly busy = signal(false);
  protected readonly refused = signal<Explanation | null>(null);

  constructor() {
    // Without the counts the question is the same.
    this.asked.count().then(
      (owned) => this.label.set(ownedWords(owned)),
      () => this.label.set(ownedWords(null)),
    );
  }

  protected async remove(): Promise<void> {
    if (this.busy()) return;
    this.busy.set(true);
    this.refused.set(null);
    try {
      await this.asked.remove(this.form.getRawValue().to || null);
      this.dialog.close(true);
    } catch (error) {
      this.refused.set(explain(error, `remove ${this.asked.member.name}`));
    } finally {
      this.busy.set(false);
    }
  }
}
