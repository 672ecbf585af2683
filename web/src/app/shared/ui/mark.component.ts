import { Component, input } from '@angular/core';

/** Threadline's mark: one line that turns back to where an answer comes from. */
@Component({
  selector: 'tl-mark',
  template: `
    <svg viewBox="0 0 32 32" [attr.width]="size()" [attr.height]="size()" aria-hidden="true">
      <rect width="32" height="32" rx="8" fill="var(--accent)" />
      <path
        d="M7 11h12a5 5 0 0 1 0 10h-5.5"
        fill="none"
        stroke="var(--accent-ink)"
        stroke-width="2.75"
        stroke-linecap="round"
      />
      <circle cx="9" cy="21" r="2.25" fill="var(--accent-ink)" />
    </svg>
  `,
  styles: `
    :host {
      display: inline-flex;
    }
  `,
})
export class MarkComponent {
  readonly size = input(28);
}
