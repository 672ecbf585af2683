import { Component, computed, input } from '@angular/core';
import { encode } from 'uqr';

/** A text as a QR code, dark on light in either theme: cameras expect it so. */
@Component({
  selector: 'tl-qr',
  template: `
    <svg [attr.viewBox]="box()" role="img" [attr.aria-label]="label()">
      <path [attr.d]="path()" />
    </svg>
  `,
  styles: `
    :host {
      display: block;
      width: 184px;
      padding: 8px;
      border: 1px solid var(--line);
      border-radius: var(--radius-control);
      background: #fff;
    }
    svg {
      display: block;
      width: 100%;
      shape-rendering: crispedges;
    }
    path {
      fill: #111;
    }
  `,
})
export class QrComponent {
  readonly text = input.required<string>();
  readonly label = input.required<string>();
  private readonly code = computed(() => encode(this.text(), { border: 1 }));
  protected readonly box = computed(() => `0 0 ${this.code().size} ${this.code().size}`);
  protected readonly path = computed(() =>
    this.code()
      .data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])))
      .join(''),
  );
}
