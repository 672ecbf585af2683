import { Directive, booleanAttribute, input } from '@angular/core';

export type ButtonLook = 'primary' | 'secondary' | 'ghost' | 'danger' | 'danger-quiet';

/**
 * Dresses a native button or link: `<button tlButton look="primary" [busy]="saving()">Send</button>`.
 * One `primary` per view. `busy` keeps focus and width, shows a turning ring and swallows clicks.
 * A button that is only an icon takes `iconOnly`, an `aria-label`, and a `tlTip` that repeats it.
 */
@Directive({
  selector: 'button[tlButton], a[tlButton]',
  host: {
    class: 'tl-button',
    '[class.tl-button--primary]': "look() === 'primary'",
    '[class.tl-button--secondary]': "look() === 'secondary'",
    '[class.tl-button--danger]': "look() === 'danger'",
    '[class.tl-button--danger-quiet]': "look() === 'danger-quiet'",
    '[class.tl-button--small]': 'small()',
    '[class.tl-button--wide]': 'wide()',
    '[class.tl-button--icon]': 'iconOnly()',
    '[attr.aria-busy]': "busy() ? 'true' : null",
    '(click)': 'hold($event)',
  },
})
export class ButtonDirective {
  readonly look = input<ButtonLook>('ghost');
  readonly small = input(false, { transform: booleanAttribute });
  readonly wide = input(false, { transform: booleanAttribute });
  readonly iconOnly = input(false, { transform: booleanAttribute });
  readonly busy = input(false, { transform: booleanAttribute });

  protected hold(event: Event): void {
    if (!this.busy()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }
}
