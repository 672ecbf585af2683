import { Component, computed, input, output } from '@angular/core';
import type { Envelope, Member } from '@threadline/contracts';
import { TimeComponent } from '../format';
import { EmptyStateComponent, SkeletonRowsComponent } from '../page';
import { ButtonDirective, IconComponent } from '../ui';
import { eventLine } from './event-words';

/** What happened to a lead, newest first, growing by itself. */
@Component({
  selector: 'tl-timeline',
  imports: [ButtonDirective, EmptyStateComponent, IconComponent, SkeletonRowsComponent, TimeComponent],
  template: `
    @if (events() === null) {
      @if (failed()) {
        <tl-empty text="Couldn’t load what happened so far.">
          <button tlButton small look="secondary" type="button" (click)="again.emit()">Try again</button>
        </tl-empty>
      } @else {
        <tl-skeleton-rows label="Loading the timeline" [count]="6" />
      }
    } @else {
      <ol>
        @for (each of lines(); track each.id) {
          <li [attr.data-tone]="each.line.tone">
            <span class="icon"><tl-icon [icon]="each.line.icon" [size]="14" /></span>
            <span class="words">
              {{ each.line.text }}
              @if (each.line.more) {
                <span class="more">{{ each.line.more }}</span>
              }
            </span>
            <tl-time class="when" [at]="each.at" [withClock]="true" />
          </li>
        } @empty {
          <li><span class="words ink-3">Nothing has happened yet.</span></li>
        }
      </ol>
      @if (cursor(); as from) {
        <button tlButton small look="secondary" type="button" (click)="earlier.emit(from)">Earlier</button>
      }
    }
  `,
  styles: `
    :host {
      display: block;
    }
    li {
      position: relative;
      display: flex;
      gap: 8px;
      padding: 6px 0;
    }
    li:not(:last-child)::after {
      content: '';
      position: absolute;
      top: 30px;
      bottom: -4px;
      left: 11px;
      width: 1px;
      background: var(--line);
    }
    .icon {
      display: flex;
      flex: none;
      align-items: center;
      justify-content: center;
      width: 23px;
      height: 23px;
      border: 1px solid var(--line);
      border-radius: 50%;
      background: var(--surface-1);
      color: var(--ink-2);
    }
    [data-tone='accent'] .icon {
      border-color: transparent;
      background: var(--accent-soft);
      color: var(--accent-text);
    }
    [data-tone='bad'] .icon {
      border-color: transparent;
      background: var(--bad-soft);
      color: var(--bad);
    }
    .words {
      flex: 1;
      min-width: 0;
      padding-top: 2px;
      overflow-wrap: anywhere;
    }
    .more {
      display: block;
      color: var(--ink-3);
      font: var(--type-meta);
    }
    .when {
      padding-top: 4px;
      color: var(--ink-3);
      font: var(--type-meta);
    }
    button {
      margin: 4px 0 0 31px;
    }
  `,
})
export class TimelineComponent {
  /** Newest first; null while they are on their way. */
  readonly events = input.required<readonly Envelope[] | null>();
  readonly failed = input(false);
  readonly cursor = input<string | null>(null);
  readonly members = input.required<ReadonlyMap<string, Member>>();
  readonly leadName = input.required<string>();
  readonly earlier = output<string>();
  readonly again = output();

  protected readonly lines = computed(() =>
    (this.events() ?? []).flatMap((event) => {
      const line = eventLine(event, this.members(), this.leadName());
      return line ? [{ id: event.id, at: event.occurredAt, line }] : [];
    }),
  );
}
