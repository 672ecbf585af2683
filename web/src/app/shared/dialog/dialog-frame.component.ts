import { DialogRef } from '@angular/cdk/dialog';
import { Component, ElementRef, booleanAttribute, effect, inject, input, signal } from '@angular/core';
import { X } from 'lucide';
import { ButtonDirective, IconComponent } from '../ui';
import { Dialogs } from './dialogs.service';

/** Fields with words of one's own; what one searches for or proves oneself with is typed again soon. */
const WORDS =
  ':is(input:is([type="text"], [type="email"], [type="tel"], [type="url"]), textarea)' +
  ':not([role="combobox"], [autocomplete="one-time-code"])';

/**
 * Inside of a dialog: title with a cross, a body that scrolls, a foot with the buttons (the primary one last):
 * `<tl-dialog-frame heading="New lead">… <ng-container tlDialogFoot><button tlButton …></ng-container></tl-dialog-frame>`.
 * What was typed is thrown away by a button only: from then on Escape, Back and a click beside it leave the dialog as it is.
 */
@Component({
  selector: 'tl-dialog-frame',
  imports: [ButtonDirective, IconComponent],
  template: `
    <header>
      <h2 class="truncate">{{ heading() }}</h2>
    </header>
    <div class="body"><ng-content /></div>
    @if (stayed() && typed()) {
      <p class="stayed" role="status">What you typed is still here. Only the buttons close this.</p>
    } @else if (stayed() && once()) {
      <p class="stayed" role="status">This is not shown again. Only the button closes it.</p>
    }
    <footer><ng-content select="[tlDialogFoot]" /></footer>
    <!-- Last, so that the focus goes to what the dialog is about. -->
    @if (!once()) {
      <button tlButton iconOnly small class="close" type="button" aria-label="Close" (click)="dialog?.close()">
        <tl-icon [icon]="close" />
      </button>
    }
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
    .stayed {
      padding: 0 20px 12px;
      color: var(--ink-2);
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
  host: { '(input)': 'look($event)', '(keydown.escape)': 'stayed.set(true)' },
})
export class DialogFrameComponent {
  readonly heading = input.required<string>();
  /** It shows what is never shown again: only the button in the foot closes it. */
  readonly once = input(false, { transform: booleanAttribute });
  protected readonly typed = signal(false);
  protected readonly stayed = signal(false);
  protected readonly dialog = inject(DialogRef, { optional: true });
  protected readonly close = X;
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;

  constructor() {
    const { stayed } = inject(Dialogs);
    effect(() => {
      if (this.dialog && stayed()?.by === this.dialog) this.stayed.set(true);
    });
    effect(() => {
      if (this.dialog) this.dialog.disableClose = this.once() || this.typed();
    });
  }

  protected look({ target }: Event): void {
    if (!(target instanceof Element) || !target.matches(WORDS)) return;
    const fields = [...this.host.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(WORDS)];
    this.typed.set(fields.some(({ value }) => value.trim() !== ''));
    this.stayed.set(false);
  }
}
