import { Component, input } from '@angular/core';
import type { IconNode } from 'lucide';
import { IconComponent } from '../ui';

/**
 * One line that says what this place is for, and one action:
 * `<tl-empty [icon]="icons.users" text="Leads you add or import are listed here."><button tlButton …>Add a lead</button></tl-empty>`.
 */
@Component({
  selector: 'tl-empty',
  imports: [IconComponent],
  template: `
    @if (icon(); as node) {
      <tl-icon [icon]="node" [size]="20" />
    }
    <p>{{ text() }}</p>
    <div class="action"><ng-content /></div>
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      align-items: center;
      justify-content: center;
      gap: 12px;
      padding: 48px 24px;
      color: var(--ink-2);
      text-align: center;
    }
    tl-icon {
      color: var(--ink-3);
    }
    p {
      max-width: 44ch;
      font: var(--type-read);
      text-wrap: balance;
    }
    .action {
      display: flex;
      flex-wrap: wrap;
      justify-content: center;
      gap: 8px;
    }
    .action:empty {
      display: none;
    }
  `,
})
export class EmptyStateComponent {
  readonly text = input.required<string>();
  readonly icon = input<IconNode | null>(null);
}
