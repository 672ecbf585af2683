import { DestroyRef, Directive, ElementRef, inject, input } from '@angular/core';
import { keysText } from './keys';
import { TipLayer } from './tip-layer.service';

/**
 * A hint: `<button tlTip="Archive" tlTipKeys="e">`. The text may be a function, asked only when the hint is shown.
 * A hint adds; it never is the only place of something a person needs. Icon buttons carry an `aria-label` too.
 */
@Directive({ selector: '[tlTip]', host: { '[attr.data-tip]': "tlTip() ? '' : null" } })
export class TipDirective {
  readonly tlTip = input.required<string | (() => string)>();
  /** Keys of the shortcut, as the registry writes them: `mod+k`, `g i`. */
  readonly tlTipKeys = input('');
  readonly tlTipSide = input<'below' | 'above' | 'right'>('below');

  constructor() {
    const element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
    const layer = inject(TipLayer);
    layer.attach(element, {
      text: () => {
        const tip = this.tlTip();
        return typeof tip === 'function' ? tip() : tip;
      },
      keys: () => keysText(this.tlTipKeys()),
      side: () => this.tlTipSide(),
    });
    inject(DestroyRef).onDestroy(() => layer.detach(element));
  }
}
