import { DestroyRef, Directive, ElementRef, afterNextRender, inject } from '@angular/core';

/**
 * Takes the focus when it appears, as what a press has opened: into its first field, or itself. When it goes with the
 * focus inside, the section around it gives the focus to its own button.
 */
@Directive({ selector: '[tlTakesFocus]', host: { tabindex: '-1' } })
export class TakesFocusDirective {
  constructor() {
    const host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
    let section: HTMLElement | null = null;
    afterNextRender(() => {
      section = host.closest('section');
      (host.querySelector<HTMLElement>('input') ?? host).focus();
    });
    inject(DestroyRef).onDestroy(() =>
      setTimeout(() => {
        if (document.activeElement === document.body) section?.querySelector<HTMLElement>('header button')?.focus();
      }),
    );
  }
}
