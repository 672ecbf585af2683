import { Component, computed, input } from '@angular/core';
import { keyCaps } from './keys';

/** Keys as caps: `<tl-kbd keys="mod+k" />`, `<tl-kbd keys="g i" />`. Nothing where there is no keyboard. */
@Component({
  selector: 'tl-kbd',
  template: `
    @for (chord of chords(); track $index) {
      @if ($index > 0) {
        <span class="then">then</span>
      }
      @for (cap of chord; track $index) {
        <kbd>{{ cap }}</kbd>
      }
    }
  `,
  styles: `
    :host {
      display: inline-flex;
      align-items: center;
      gap: 2px;
    }
    kbd {
      min-width: 18px;
      height: 18px;
      padding: 0 4px;
      border: 1px solid var(--line-strong);
      border-radius: 4px;
      background: var(--surface-1);
      color: var(--ink-2);
      font: 500 0.6875rem / 16px var(--font-sans);
      text-align: center;
    }
    .then {
      padding: 0 2px;
      color: var(--ink-3);
      font: var(--type-meta);
    }
    @media (hover: none) and (pointer: coarse) {
      :host {
        display: none;
      }
    }
  `,
})
export class KbdComponent {
  readonly keys = input.required<string>();
  protected readonly chords = computed(() => keyCaps(this.keys()));
}
