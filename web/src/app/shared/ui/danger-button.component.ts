import { Component, DestroyRef, booleanAttribute, inject, input, output, signal } from '@angular/core';
import type { IconNode } from 'lucide';
import { IconComponent } from './icon.component';
import { ButtonDirective } from './button.directive';

const ARMED_MS = 5_000;

/**
 * A dangerous action that asks inside its own button, in place of a dialog: the first click turns "Delete" into the
 * consequence ("Delete 3 leads for good"), the second within five seconds does it. Leaving the button disarms it.
 * Where the action can be undone, prefer doing it at once with a toast that undoes.
 */
@Component({
  selector: 'tl-danger-button',
  imports: [ButtonDirective, IconComponent],
  template: `
    <button
      tlButton
      type="button"
      [look]="armed() ? 'danger' : 'danger-quiet'"
      [small]="small()"
      [busy]="busy()"
      (click)="press()"
      (blur)="disarm()"
      (keydown.escape)="disarm()"
    >
      @if (icon(); as node) {
        <tl-icon [icon]="node" [size]="small() ? 14 : 16" />
      }
      <span aria-live="polite">{{ armed() ? consequence() : label() }}</span>
    </button>
  `,
})
export class DangerButtonComponent {
  readonly label = input.required<string>();
  /** What will have happened, in the button's own words. */
  readonly consequence = input.required<string>();
  readonly icon = input<IconNode | null>(null);
  readonly small = input(false, { transform: booleanAttribute });
  readonly busy = input(false, { transform: booleanAttribute });
  readonly confirmed = output();

  protected readonly armed = signal(false);
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    inject(DestroyRef).onDestroy(() => clearTimeout(this.timer));
  }

  protected press(): void {
    if (this.armed()) {
      this.disarm();
      this.confirmed.emit();
      return;
    }
    this.armed.set(true);
    this.timer = setTimeout(() => this.armed.set(false), ARMED_MS);
  }

  protected disarm(): void {
    clearTimeout(this.timer);
    this.armed.set(false);
  }
}
