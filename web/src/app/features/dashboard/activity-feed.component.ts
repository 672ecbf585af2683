import { Component, computed, input, output } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { Envelope } from '@threadline/contracts';
import { Activity, CircleAlert, Eye, MessageSquare, Reply, SendHorizontal, UserRound, UsersRound } from 'lucide';
import { TimeComponent } from '../../shared/format';
import { EmptyStateComponent, SkeletonRowsComponent } from '../../shared/page';
import { IconComponent } from '../../shared/ui';
import { type ActivityMark, activityLines } from './activity-words';

type NameMap = ReadonlyMap<string, string>;

const MARKS = {
  engaged: Eye,
  in: Reply,
  out: SendHorizontal,
  trouble: CircleAlert,
  lead: UserRound,
  conversation: MessageSquare,
  person: UsersRound,
} as const satisfies Record<ActivityMark, unknown>;
const NEAR_END_PX = 400;

/** What happens in the workspace, newest on top, in sentences; grows at the foot as one scrolls. */
@Component({
  selector: 'tl-activity-feed',
  imports: [EmptyStateComponent, IconComponent, RouterLink, SkeletonRowsComponent, TimeComponent],
  template: `
    <h2 id="tl-activity">Activity</h2>
    <div
      #scroller
      class="scroller"
      tabindex="0"
      role="region"
      aria-labelledby="tl-activity"
      (scroll)="scrolled(scroller)"
    >
      @if (items(); as events) {
        @if (events.length === 0) {
          <tl-empty [icon]="icons.none" text="What you and your leads do stands here as it happens." />
        } @else {
          <ol>
            @for (line of lines(); track line.event.id) {
              <li [attr.data-mark]="line.sentence.mark">
                <tl-icon [icon]="marks[line.sentence.mark]" [size]="14" />
                <p>
                  @if (line.sentence.path; as path) {
                    <a [routerLink]="path"
                      ><b>{{ line.sentence.who }}</b> {{ line.sentence.did }} <b>{{ line.sentence.what }}</b>
                      {{ line.sentence.then }}</a
                    >
                  } @else {
                    <b>{{ line.sentence.who }}</b> {{ line.sentence.did }} <b>{{ line.sentence.what }}</b>
                    {{ line.sentence.then }}
                  }
                </p>
                <tl-time [at]="line.event.occurredAt" />
              </li>
            }
          </ol>
          @if (more()) {
            <tl-skeleton-rows label="Loading older activity" [count]="3" />
          }
        }
      } @else {
        <tl-skeleton-rows label="Loading the activity" [count]="10" />
      }
    </div>
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      min-height: 0;
    }
    h2 {
      padding: 14px 16px 10px;
    }
    .scroller {
      flex: 1;
      min-height: 0;
      overflow-y: auto;
      overscroll-behavior: contain;
      border-top: 1px solid var(--line);
    }
    .scroller:focus-visible {
      outline-offset: -2px;
    }
    li {
      position: relative;
      display: grid;
      grid-template-columns: 14px minmax(0, 1fr) auto;
      gap: 10px;
      align-items: start;
      padding: 8px 16px;
      border-bottom: 1px solid var(--line);
      animation: tl-arrive 1s var(--ease);
    }
    li:last-child {
      border-bottom: 0;
    }
    li:has(a):hover {
      background: var(--hover);
    }
    @keyframes tl-arrive {
      from {
        background: var(--glow);
      }
    }
    tl-icon {
      margin-top: 3px;
      color: var(--ink-3);
    }
    [data-mark='engaged'] tl-icon,
    [data-mark='in'] tl-icon {
      color: var(--accent-text);
    }
    [data-mark='trouble'] tl-icon {
      color: var(--bad);
    }
    p {
      color: var(--ink-2);
      overflow-wrap: anywhere;
    }
    b {
      color: var(--ink-1);
      font-weight: 500;
    }
    a {
      color: inherit;
      text-decoration: none;
    }
    a::after {
      content: '';
      position: absolute;
      inset: 0;
    }
    a:focus-visible {
      outline: none;
    }
    a:focus-visible::after {
      outline: var(--focus);
      outline-offset: -2px;
    }
    tl-time {
      position: relative;
      z-index: 1;
      margin-top: 2px;
      color: var(--ink-3);
      font: var(--type-meta);
    }
  `,
})
export class ActivityFeedComponent {
  /** Newest first; null while they are on their way. */
  readonly items = input.required<readonly Envelope[] | null>();
  readonly leads = input.required<NameMap>();
  readonly members = input.required<NameMap>();
  /** There is more below. */
  readonly more = input(false);
  readonly older = output();

  protected readonly icons = { none: Activity };
  protected readonly marks = MARKS;
  protected readonly lines = computed(() =>
    activityLines(this.items() ?? [], {
      lead: (id) => this.leads().get(id),
      member: (id) => this.members().get(id),
    }),
  );

  protected scrolled(scroller: HTMLElement): void {
    const left = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight;
    if (this.more() && left < NEAR_END_PX) this.older.emit();
  }
}
