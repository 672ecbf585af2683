import { Clipboard } from '@angular/cdk/clipboard';
import { Component, DestroyRef, inject, input, signal } from '@angular/core';
import { Check, Copy } from 'lucide';
import { ButtonDirective } from './button.directive';
import { IconComponent } from './icon.component';
import { TipDirective } from './tip.directive';

/** Copies a text and says so for a moment: `<tl-copy [text]="requestId" label="Copy request id" />`. */
@Component({
  selector: 'tl-copy',
  imports: [ButtonDirective, IconComponent, TipDirective],
  template: `
    <button tlButton iconOnly small type="button" [attr.aria-label]="label()" [tlTip]="label()" (click)="copy()">
      <tl-icon [icon]="copied() ? icons.done : icons.copy" [size]="14" />
    </button>
    <span class="visually-hidden" aria-live="polite">{{ said() }}</span>
  `,
})
export class CopyButtonComponent {
  readonly text = input.required<string>();
  readonly label = input('Copy');
  protected readonly copied = signal(false);
  protected readonly said = signal('');
  protected readonly icons = { copy: Copy, done: Check };
  private readonly clipboard = inject(Clipboard);
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    inject(DestroyRef).onDestroy(() => clearTimeout(this.timer));
  }

  protected copy(): void {
    const copied = this.clipboard.copy(this.text());
    this.tell(copied, copied ? 'Copied' : 'Could not be copied; select the text instead');
  }

  private tell(copied: boolean, words: string): void {
    clearTimeout(this.timer);
    this.copied.set(copied);
    this.said.set(words);
    this.timer = setTimeout(() => {
      this.copied.set(false);
      this.said.set('');
    }, 1_600);
  }
}
