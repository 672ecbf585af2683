import { Component, ElementRef, effect, inject, input } from '@angular/core';
import { createElement, type IconNode } from 'lucide';

/**
 * A lucide icon. The caller imports the node by name, so that only the icons in use are bundled:
 * `import { Inbox } from 'lucide'` … `<tl-icon [icon]="icons.inbox" />`.
 * Without a `label` it is decoration and hidden from assistive technology.
 */
@Component({
  selector: 'tl-icon',
  template: '',
  host: {
    '[attr.role]': "label() ? 'img' : null",
    '[attr.aria-label]': 'label() || null',
    '[attr.aria-hidden]': "label() ? null : 'true'",
    '[style.width.px]': 'size()',
    '[style.height.px]': 'size()',
  },
  styles: `
    :host {
      display: inline-flex;
      flex: none;
    }
  `,
})
export class IconComponent {
  readonly icon = input.required<IconNode>();
  /** Edge in pixels: 14 in dense places, 16 beside text, 20 in the rail. */
  readonly size = input(16);
  readonly label = input('');

  constructor() {
    const host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
    effect(() => {
      const size = this.size();
      host.replaceChildren(createElement(this.icon(), { width: size, height: size, 'stroke-width': 1.75 }));
    });
  }
}
