import { ElementRef, afterNextRender, inject } from '@angular/core';
import { Viewport } from '../../shared/ui';

/** Puts the focus in the first field once it is there; not under fingers, where it would push a keyboard up. */
export function focusFirst(): void {
  const host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  const { touch } = inject(Viewport);
  afterNextRender(() => {
    if (!touch()) host.querySelector('input')?.focus();
  });
}
