import { DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, inject, signal } from '@angular/core';
import type { Member } from '@threadline/contracts';
import { explain } from '../../../core/api';
import { DialogFrameComponent } from '../../../shared/dialog';
import { ErrorStateComponent, type Explanation } from '../../../shared/page';
import { AvatarComponent, ButtonDirective } from '../../../shared/ui';

export interface HandOverRequest {
  member: Member;
  workspace: string;
  handOver: () => Promise<unknown>;
}

/** What handing the workspace over means. Closes with true when it is done. */
@Component({
  selector: 'tl-hand-over-dialog',
  imports: [AvatarComponent, ButtonDirective, DialogFrameComponent, ErrorStateComponent],
  template: `
    <tl-dialog-frame [heading]="'Hand ' + asked.workspace + ' over'">
      <div class="heir">
        <tl-avatar [name]="asked.member.name" [key]="asked.member.userId" [size]="32" />
        <span>
          <strong>{{ asked.member.name }}</strong> <span class="ink-2">{{ asked.member.email }}</span>
        </span>
      </div>
      <p>
        {{ asked.member.name }} becomes the owner and you become an admin. You keep all you can do but one thing: only
        an owner can hand the workspace back.
      </p>
      @if (refused(); as error) {
        <tl-error [inline]="true" [error]="error" retry="" />
      }
      <ng-container tlDialogFoot>
        <button tlButton type="button" (click)="dialog.close()">Cancel</button>
        <button tlButton look="danger" type="button" [busy]="busy()" (click)="handOver()">
          Make {{ asked.member.name }} the owner
        </button>
      </ng-container>
    </tl-dialog-frame>
  `,
  styles: `
    .heir {
      display: flex;
      align-items: center;
      gap: 10px;
      margin-bottom: 12px;
      > span {
        display: grid;
      }
    }
    p {
      color: var(--ink-2);
    }
    tl-error {
      margin-top: 14px;
    }
  `,
})
export class HandOverDialog {
  protected readonly asked = inject<HandOverRequest>(DIALOG_DATA);
  protected readonly dialog = inject<DialogRef<true>>(DialogRef);
  protected readonly busy = signal(false);
  protected readonly refused = signal<Explanation | null>(null);

  protected async handOver(): Promise<void> {
    this.busy.set(true);
    this.refused.set(null);
    try {
      await this.asked.handOver();
      this.dialog.close(true);
    } catch (error) {
      this.refused.set(explain(error, 'hand the workspace over'));
    } finally {
      this.busy.set(false);
    }
  }
}
