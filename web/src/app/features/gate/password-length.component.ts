import { Component, computed, input } from '@angular/core';
import { Check } from 'lucide';
import { IconComponent } from '../../shared/ui';

/** How far a password is on its way to the one rule there is: its length, in characters as people count them. */
@Component({
  selector: 'tl-password-length',
  imports: [IconComponent],
  template: `
    <div class="bar" aria-hidden="true">
      <div [style.transform]="'scaleX(' + share() + ')'" [class.enough]="enough()"></div>
    </div>
    <p [class.enough]="enough()">
      @if (enough()) {
        <tl-icon [icon]="check" [size]="14" /> Long enough
      } @else if (length() > 0) {
        <span class="num">{{ least() - length() }}</span> more
        {{ least() - length() === 1 ? 'character' : 'characters' }}
      } @else {
        {{ least() }} characters or more. Length is the only rule; a short sentence works well.
      }
    </p>
    <span class="visually-hidden" role="status">{{ enough() ? 'Long enough' : '' }}</span>
  `,
  styles: `
    :host {
      display: block;
      margin-top: 8px;
    }
    .bar {
      height: 3px;
      border-radius: 2px;
      background: var(--line);
      overflow: hidden;
    }
    .bar div {
      height: 100%;
      background: var(--line-control);
      transform: scaleX(0);
      transform-origin: left;
      transition: transform var(--quick) var(--ease);
    }
    .bar .enough {
      background: var(--good);
    }
    p {
      display: flex;
      align-items: center;
      gap: 4px;
      margin-top: 6px;
      color: var(--ink-3);
      font: var(--type-meta);
    }
    p.enough {
      color: var(--good);
    }
  `,
})
export class PasswordLengthComponent {
  readonly password = input.required<string>();
  readonly least = input.required<number>();
  protected readonly check = Check;
  protected readonly length = computed(() => this.password().length);
  protected readonly enough = computed(() => this.length() >= this.least());
  protected readonly share = computed(() => Math.min(1, this.length() / this.least()));
}
