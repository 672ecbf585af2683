import { Directive, TemplateRef, inject, input } from '@angular/core';

/** A column's cell: `<ng-template tlCell="name" let-row>…</ng-template>`. */
@Directive({ selector: 'ng-template[tlCell]' })
export class CellDirective {
  readonly tlCell = input.required<string>();
  readonly template = inject<TemplateRef<{ $implicit: unknown; index: number }>>(TemplateRef);
}

/** What appears at the end of a row on hover, focus and on the active row: `<ng-template tlRowActions let-row>…`. */
@Directive({ selector: 'ng-template[tlRowActions]' })
export class RowActionsDirective {
  readonly template = inject<TemplateRef<{ $implicit: unknown }>>(TemplateRef);
}

/** A row on phones, in place of the cells: `<ng-template tlRowCard let-row>…`; 64 pixels high. */
@Directive({ selector: 'ng-template[tlRowCard]' })
export class RowCardDirective {
  readonly template = inject<TemplateRef<{ $implicit: unknown }>>(TemplateRef);
}
