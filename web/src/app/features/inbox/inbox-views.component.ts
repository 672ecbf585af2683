import { Component, input, output } from '@angular/core';
import { RouterLink } from '@angular/router';
import { PenLine } from 'lucide';
import { ButtonDirective, IconComponent, IntoViewDirective, TipDirective } from '../../shared/ui';
import { type View, VIEW_WORDS, VIEWS } from './inbox.views';

/** The views of the inbox: a pane of their own on a desk, chips side by side where there is no room for one. */
@Component({
  selector: 'tl-inbox-views',
  imports: [ButtonDirective, IconComponent, IntoViewDirective, RouterLink, TipDirective],
  template: `
    <nav aria-label="Views">
      @if (mayWrite()) {
        <button
          tlButton
          wide
          class="write"
          look="primary"
          type="button"
          tlTip="Write to a lead"
          tlTipKeys="c"
          (click)="write.emit()"
        >
          <tl-icon [icon]="icon" [size]="14" /> Write
        </button>
      }
      <ul>
        @for (each of views; track each) {
          <li>
            <a
              class="view"
              [routerLink]="['/inbox', each]"
              [queryParams]="{ q: q() || null, tag: tag() || null }"
              [attr.aria-current]="each === current() ? 'page' : null"
              [tlIntoView]="each === current() && !reading()"
            >
              <tl-icon [icon]="words[each].icon" />
              <span>{{ words[each].label }}</span>
            </a>
          </li>
        }
      </ul>
    </nav>
  `,
  styleUrl: './inbox-views.component.scss',
})
export class InboxViewsComponent {
  readonly current = input.required<View>();
  /** What is searched for, and the tag: they go along to another view. */
  readonly q = input<string>();
  readonly tag = input<string>();
  /** A conversation is open, which hides the views on a phone. */
  readonly reading = input.required<boolean>();
  readonly mayWrite = input.required<boolean>();
  readonly write = output();
  protected readonly icon = PenLine;
  protected readonly views = VIEWS;
  protected readonly words = VIEW_WORDS;
}
