import { Component, input, output } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Inbox, PenLine, UserRoundPlus } from 'lucide';
import { EmptyStateComponent } from '../../shared/page';
import { ButtonDirective, IconComponent } from '../../shared/ui';

/** What to do where there is no conversation to choose. */
@Component({
  selector: 'tl-inbox-start',
  imports: [ButtonDirective, EmptyStateComponent, IconComponent, RouterLink],
  template: `
    <tl-empty [icon]="icons.inbox" [text]="text()">
      @if (mayWrite()) {
        <button tlButton look="primary" type="button" (click)="write.emit()">
          <tl-icon [icon]="icons.write" [size]="14" /> Write to somebody
        </button>
      }
      @if (mayAdd()) {
        <a tlButton look="secondary" routerLink="/leads" [queryParams]="{ new: '1' }">
          <tl-icon [icon]="icons.add" [size]="14" /> Add a lead
        </a>
      }
    </tl-empty>
  `,
})
export class InboxStartComponent {
  readonly text = input('There is no conversation here. Write to somebody, or add a lead first.');
  readonly mayWrite = input.required<boolean>();
  readonly mayAdd = input.required<boolean>();
  readonly write = output();
  protected readonly icons = { inbox: Inbox, write: PenLine, add: UserRoundPlus };
}
