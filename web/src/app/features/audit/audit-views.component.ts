import { CdkMenu, CdkMenuItem, CdkMenuTrigger } from '@angular/cdk/menu';
import { Component, input, output } from '@angular/core';
import type { AuditView } from '@threadline/contracts';
import { Bookmark, Ellipsis, Users } from 'lucide';
import { ButtonDirective, IconComponent, TipDirective } from '../../shared/ui';

/** What can be done with a saved view. */
export type ViewAct = 'save' | 'rename' | 'share' | 'keep' | 'delete';

/** The saved looks at the log as a row of chips; the one that is open has a menu. */
@Component({
  selector: 'tl-audit-views',
  imports: [ButtonDirective, CdkMenu, CdkMenuItem, CdkMenuTrigger, IconComponent, TipDirective],
  templateUrl: './audit-views.component.html',
  styleUrl: './audit-views.component.scss',
})
export class AuditViewsComponent {
  readonly views = input.required<readonly AuditView[]>();
  /** The view that is open. */
  readonly open = input<AuditView | null>(null);
  /** What is shown is not what the open view was saved with. */
  readonly changed = input(false);
  /** Whether what is shown can be saved as a new view. */
  readonly savable = input(false);
  /** Whether the person may change the open view, and share it. */
  readonly mayChange = input(false);
  readonly mayShare = input(false);
  readonly choose = output<AuditView | null>();
  readonly act = output<ViewAct>();
  readonly saveNew = output();

  protected readonly icons = { more: Ellipsis, shared: Users, save: Bookmark };
}
