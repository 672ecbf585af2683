import { Component, ElementRef, effect, inject, input } from '@angular/core';
import { createElement, type IconNode } from 'lucide';

/** Made once per icon and copied, because lists show the same few a hundred times over. */
const drawings = new Map<IconNode, SVGElement>();

function drawing(icon: IconNode): SVGElement {
  let drawn = drawings.get(icon);
  if (!drawn)
    drawings.set(icon, (drawn = createElement(icon, { width: '100%', height: '100%', 'stroke-width': 1.75 })));
  return drawn.cloneNode(true) as SVGElement;
}

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
    effect(() => host.replaceChildren(drawing(this.icon())));
  }
}
