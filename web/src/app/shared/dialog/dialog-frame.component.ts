import { DialogRef } from '@angular/cdk/dialog';
import { Component, inject, input } from '@angular/core';
import { X } from 'lucide';
import { ButtonDirective, IconComponent } from '../ui';

/**
 * Inside of a dialog: title with a cross, a body that scrolls, a foot with the buttons (the primary one last):
 * `<tl-dialog-frame heading="New lead">… <ng-container tlDialogFoot><button tlButton …></ng-container></tl-dialog-frame>`.
 */
@Component({
  selector: 'tl-dialog-frame',
  imports: [ButtonDirective, IconComponent],
  template: `
    <header>
      <h2 class="truncate">{{ heading() }}</h2>
    </header>
    <div class="body"><ng-content /></div>
    <footer><ng-content select="[tlDialogFoot]" /></footer>
    <!-- Last, so that the focus goes to what the dialog is about. -->
    <button tlButton iconOnly small class="close" type="button" aria-label="Close" (click)="dialog?.close()">
      <tl-icon [icon]="close" />
    </button>
  `,
  styles: `
    :host {
      position: relative;
      display: flex;
      flex-direction: column;
      min-height: 0;
      max-height: inherit;
    }
    header {
      padding: 17px 56px 9px 20px;
    }
    .close {
      position: absolute;
      top: calc(27px - var(--control-small) / 2);
      right: 12px;
    }
    .body {
      flex: 1;
      min-height: 0;
      padding: 6px 20px 16px;
      overflow-y: auto;
    }
    footer {
      display: flex;
      justify-content: flex-end;
      gap: 8px;
      padding: 12px 20px;
      border-top: 1px solid var(--line);
    }
    footer:empty {
      display: none;
    }
  `,
})
export class DialogFrameComponent {
  readonly heading = input.required<string>();
  protected readonly dialog = inject(DialogRef, { optional: true });
  protected readonly close = X;
}
