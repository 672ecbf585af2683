import { Component, computed, input, output } from '@angular/core';
import type { ProviderEvent, ProviderEventState } from '@threadline/contracts';
import { explain } from '../../../core/api';
import { TimeComponent } from '../../../shared/format';
import { ErrorStateComponent, SkeletonRowsComponent } from '../../../shared/page';
import { BadgeComponent, ButtonDirective } from '../../../shared/ui';
import { KIND_WORDS, STATE_WORDS } from './provider-words';

const SHOWN: readonly { state: ProviderEventState | null; label: string }[] = [
  { state: null, label: 'All' },
  { state: 'applied', label: 'Applied' },
  { state: 'unmatched', label: 'Unmatched' },
  { state: 'unreadable', label: 'Unreadable' },
  { state: 'failed', label: 'Failed' },
];

/** What a provider told, the newest first, and what became of it. */
@Component({
  selector: 'tl-provider-events',
  imports: [BadgeComponent, ButtonDirective, ErrorStateComponent, SkeletonRowsComponent, TimeComponent],
  template: `
    <div class="filter" role="group" aria-label="Show events">
      @for (each of shown; track each.label) {
        <button
          tlButton
          small
          look="secondary"
          type="button"
          [attr.aria-pressed]="state() === each.state"
          (click)="stateChosen.emit(each.state)"
        >
          {{ each.label }}
        </button>
      }
    </div>
    @if (error(); as error) {
      <tl-error [inline]="true" [error]="error" (again)="again.emit()" />
    } @else if (events(); as list) {
      @if (list.length === 0) {
        <p class="ink-2 none">{{ state() ? 'None of these in the last 30 days.' : 'Nothing came in yet.' }}</p>
      } @else {
        <ul>
          @for (event of list; track event.id) {
            <li>
              <span class="kind">{{ kinds[event.kind] }}</span>
              <tl-badge [tone]="states[event.state].tone">{{ states[event.state].label }}</tl-badge>
              <span class="reason ink-2">{{ event.reason }}</span>
              <span class="at ink-2"><tl-time [at]="event.happenedAt ?? event.receivedAt" /></span>
              <code class="id mono ink-3">{{ event.eventId }}</code>
            </li>
          }
        </ul>
        @if (more()) {
          <p class="ink-2 none">The newest 50 are shown.</p>
        }
      }
    } @else {
      <tl-skeleton-rows label="Loading events" [count]="3" height="32px" />
    }
  `,
  styles: `
    .filter {
      display: flex;
      flex-wrap: wrap;
      gap: 8px;
      margin-bottom: 8px;
    }
    .filter [aria-pressed='true'] {
      border-color: var(--accent);
      background: var(--accent-soft);
      color: var(--accent-text);
    }
    ul {
      margin: 0;
      padding: 0;
      list-style: none;
      border-top: 1px solid var(--line);
    }
    li {
      display: grid;
      grid-template-columns: 104px 96px minmax(0, 1fr) auto;
      gap: 2px 12px;
      align-items: baseline;
      padding: 8px 0;
      border-bottom: 1px solid var(--line);
    }
    tl-badge {
      justify-self: start;
    }
    .reason,
    .id {
      overflow-wrap: anywhere;
    }
    .id {
      grid-column: 1 / -1;
      font: var(--type-meta);
      font-family: var(--font-mono);
    }
    .none {
      padding: 8px 0;
    }
    @media (max-width: 720px) {
      li {
        grid-template-columns: minmax(0, 1fr) auto;
      }
      .reason {
        grid-column: 1 / -1;
        grid-row: 2;
      }
      .at {
        grid-column: 1 / -1;
        grid-row: 3;
      }
      .filter button {
        min-height: 44px;
      }
    }
  `,
})
export class ProviderEventsComponent {
  /** Null while they are read. */
  readonly events = input.required<readonly ProviderEvent[] | null>();
  readonly more = input(false);
  readonly trouble = input<unknown>(null);
  /** Which are shown; null for all. */
  readonly state = input.required<ProviderEventState | null>();
  readonly stateChosen = output<ProviderEventState | null>();
  readonly again = output();

  protected readonly shown = SHOWN;
  protected readonly kinds = KIND_WORDS;
  protected readonly states = STATE_WORDS;
  protected readonly error = computed(() => (this.trouble() ? explain(this.trouble(), 'load what came in') : null));
}
