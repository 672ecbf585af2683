import { Component, booleanAttribute, computed, input } from '@angular/core';
import { initials, personGround } from './person-colour';

/**
 * A person as initials on a quiet ground that is always the same for them. Decoration beside a visible name;
 * alone it takes `alone`, which speaks the name. `here` adds the presence dot.
 */
@Component({
  selector: 'tl-avatar',
  template: `
    <span class="disc" [style.background]="ground()" [attr.data-letters]="letters()"></span>
    @if (here()) {
      <span class="here"></span>
    }
  `,
  host: {
    '[attr.role]': "alone() ? 'img' : null",
    '[attr.aria-label]': "alone() ? name() + (here() ? ', here now' : '') : null",
    '[attr.aria-hidden]': "alone() ? null : 'true'",
    '[style.--_size.px]': 'size()',
  },
  styles: `
    :host {
      position: relative;
      display: inline-flex;
      flex: none;
      width: var(--_size);
      height: var(--_size);
    }
    .disc {
      display: flex;
      align-items: center;
      justify-content: center;
      width: 100%;
      height: 100%;
      border-radius: 50%;
      color: var(--avatar-ink);
      font: 600 calc(var(--_size) * 0.385) / 1 var(--font-sans);
      letter-spacing: 0.01em;
      user-select: none;
    }
    /* Drawn, not written: to a screen reader "ML" is noise. */
    .disc::before {
      content: attr(data-letters);
    }
    .here {
      position: absolute;
      right: -1px;
      bottom: -1px;
      width: max(8px, calc(var(--_size) * 0.28));
      aspect-ratio: 1;
      border: 2px solid var(--surface-1);
      border-radius: 50%;
      background: var(--good);
    }
  `,
})
export class AvatarComponent {
  readonly name = input.required<string>();
  /** What the colour hangs on: an id, so that a new name keeps the colour. The name when absent. */
  readonly key = input('');
  readonly size = input(28);
  readonly here = input(false, { transform: booleanAttribute });
  readonly alone = input(false, { transform: booleanAttribute });

  protected readonly letters = computed(() => initials(this.name()));
  protected readonly ground = computed(() => `var(--avatar-${personGround(this.key() || this.name())})`);
}
