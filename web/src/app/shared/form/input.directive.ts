import { Directive, ElementRef, inject, signal } from '@angular/core';
import { NgControl } from '@angular/forms';

let made = 0;

/**
 * Dresses a native `input`, `textarea` or `select`. Inside a `tl-field` it is wired to the label, hint and error by itself.
 */
@Directive({
  selector: 'input[tlInput], textarea[tlInput], select[tlInput]',
  host: {
    class: 'tl-input',
    '[id]': 'id',
    '[attr.aria-describedby]': 'describedBy() || null',
    '[attr.aria-invalid]': "invalid() ? 'true' : null",
  },
})
export class InputDirective {
  readonly element =
    inject<ElementRef<HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>>(ElementRef).nativeElement;
  readonly control = inject(NgControl, { optional: true, self: true });
  readonly id = this.element.id || `tl-input-${++made}`;
  /** Set by the field around it. */
  readonly describedBy = signal('');
  readonly invalid = signal(false);
}
