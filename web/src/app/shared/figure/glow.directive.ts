import { Directive, ElementRef, effect, inject, input } from '@angular/core';

/**
 * Glows softly for a second when the value becomes another: `<span [tlGlow]="stats().messagesSent">`.
 * Silent on the first value and while the value is null, and switched off by reduced motion.
 */
@Directive({ selector: '[tlGlow]' })
export class GlowDirective {
  readonly tlGlow = input.required<unknown>();

  constructor() {
    const element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
    let before: unknown = null;
    effect(() => {
      const value = this.tlGlow();
      const changed = before !== null && value !== null && value !== before;
      before = value;
      if (!changed) return;
      element.classList.remove('tl-glow');
      // Reading a measure lets the removal take effect, so that the animation starts over.
      void element.offsetWidth;
      element.classList.add('tl-glow');
    });
  }
}
