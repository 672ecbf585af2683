import { Directive, ElementRef, afterRenderEffect, inject, input } from '@angular/core';

/** Brings its element into view when it becomes the chosen one of those that scroll: `[tlIntoView]="chosen()"`. */
@Directive({ selector: '[tlIntoView]' })
export class IntoViewDirective {
  readonly tlIntoView = input.required<boolean>();

  constructor() {
    const host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
    afterRenderEffect(() => {
      if (this.tlIntoView()) host.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    });
  }
}
