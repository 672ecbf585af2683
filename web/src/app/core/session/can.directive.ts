import { Directive, TemplateRef, ViewContainerRef, effect, inject, input } from '@angular/core';
import type { Permission } from '@threadline/contracts';
import { Rights } from './rights.service';

/** Leaves out what the person may not do: `<button *tlCan="'leads:write'">Add lead</button>`. For pages, not for components. */
@Directive({ selector: '[tlCan]' })
export class CanDirective {
  readonly tlCan = input.required<Permission>();

  constructor() {
    const rights = inject(Rights);
    const view = inject(ViewContainerRef);
    const template = inject<TemplateRef<unknown>>(TemplateRef);
    effect(() => {
      const allowed = rights.can(this.tlCan());
      if (allowed && view.length === 0) view.createEmbeddedView(template);
      else if (!allowed) view.clear();
    });
  }
}
