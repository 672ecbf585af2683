import { Component, computed, input, output } from '@angular/core';
import { CircleAlert, RotateCw } from 'lucide';
import { ButtonDirective, CopyButtonComponent, IconComponent } from '../ui';

/** An error for people. `core` makes one from a problem with `explain(problem, …)`. */
export interface Explanation {
  /** What happened. */
  what: string;
  /** What is safe: nothing lost, nothing sent. */
  safe: string;
  /** What to do. */
  todo: string;
  /** For whoever looks into it; null where the server never saw the request. */
  requestId: string | null;
}

/**
 * What happened, what is safe, what to do, and the request id to copy. Stands where the content would have stood;
 * `inline` is one strip above content that is still there.
 */
@Component({
  selector: 'tl-error',
  imports: [ButtonDirective, CopyButtonComponent, IconComponent],
  template: `
    <tl-icon [icon]="icons.alert" [size]="inline() ? 16 : 20" />
    <div class="words">
      <p class="what">{{ error().what }}</p>
      @if (rest(); as text) {
        <p class="rest">{{ text }}</p>
      }
      @if (error().requestId; as id) {
        <p class="id">
          Request <code class="mono">{{ id }}</code><tl-copy [text]="id" label="Copy request id" />
        </p>
      }
    </div>
    @if (retry()) {
      <button tlButton look="secondary" type="button" [small]="inline()" (click)="again.emit()">
        <tl-icon [icon]="icons.again" [size]="14" /> {{ retry() }}
      </button>
    }
    <ng-content />
  `,
  host: { role: 'alert', '[class.inline]': 'inline()' },
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      align-items: center;
      justify-content: center;
      gap: 12px;
      padding: 48px 24px;
      text-align: center;
    }
    :host > tl-icon {
      color: var(--bad);
    }
    .words {
      display: grid;
      gap: 4px;
      justify-items: center;
      max-width: 56ch;
      font: var(--type-read);
    }
    .what {
      font-weight: 500;
    }
    .rest {
      color: var(--ink-2);
      text-wrap: balance;
    }
    .id {
      color: var(--ink-3);
      font: var(--type-meta);
    }
    code {
      overflow-wrap: anywhere;
      user-select: all;
    }
    tl-copy {
      display: inline-block;
      vertical-align: middle;
    }
    :host(.inline) {
      flex-direction: row;
      flex-wrap: wrap;
      justify-content: flex-start;
      gap: 8px 12px;
      padding: 8px 12px;
      border: 1px solid color-mix(in oklch, var(--bad) 30%, transparent);
      border-radius: var(--radius-control);
      background: var(--bad-soft);
      text-align: left;
    }
    :host(.inline) .words {
      flex: 1 1 220px;
      max-width: none;
      justify-items: start;
      gap: 0;
      font: var(--type-ui);
    }
  `,
})
export class ErrorStateComponent {
  readonly error = input.required<Explanation>();
  /** The button's word; empty for none. */
  readonly retry = input('Try again');
  readonly inline = input(false);
  readonly again = output();
  protected readonly icons = { alert: CircleAlert, again: RotateCw };
  protected readonly rest = computed(() => [this.error().safe, this.error().todo].filter(Boolean).join(' '));
}
