import { CdkMenu, CdkMenuItem, CdkMenuTrigger } from '@angular/cdk/menu';
import { Component, computed, input, output } from '@angular/core';
import { LEAD_STATUSES, type LeadStatus } from '@threadline/contracts';
import { ChevronUp, Trash2, X } from 'lucide';
import { LEAD_STATUS_WORDS, LeadStatusComponent } from '../../shared/status';
import { ButtonDirective, IconComponent, TipDirective } from '../../shared/ui';

/** What can be done to all selected leads at once, at the foot of the list. */
@Component({
  selector: 'tl-bulk-bar',
  imports: [ButtonDirective, CdkMenu, CdkMenuItem, CdkMenuTrigger, IconComponent, LeadStatusComponent, TipDirective],
  template: `
    <span class="count num" aria-live="polite">{{ words() }}</span>
    @if (mayWrite()) {
      <button tlButton look="secondary" small type="button" [cdkMenuTriggerFor]="statuses" [busy]="busy()">
        Set status <tl-icon [icon]="icons.up" [size]="14" />
      </button>
    }
    @if (mayDelete()) {
      <button tlButton look="danger-quiet" small type="button" [busy]="busy()" (click)="delete.emit()">
        <tl-icon [icon]="icons.delete" [size]="14" /> Delete
      </button>
    }
    <button
      tlButton
      iconOnly
      small
      type="button"
      aria-label="Clear selection"
      tlTip="Clear selection"
      tlTipKeys="escape"
      (click)="clear.emit()"
    >
      <tl-icon [icon]="icons.clear" [size]="14" />
    </button>

    <ng-template #statuses>
      <div class="tl-menu" cdkMenu>
        @for (status of all; track status) {
          <button
            class="tl-menu-item"
            cdkMenuItem
            type="button"
            [cdkMenuitemTypeaheadLabel]="label(status)"
            (cdkMenuItemTriggered)="choose.emit(status)"
          >
            <tl-lead-status [status]="status" />
          </button>
        }
      </div>
    </ng-template>
  `,
  host: { role: 'toolbar', 'aria-label': 'Selected leads' },
  styles: `
    :host {
      position: absolute;
      z-index: 5;
      bottom: 16px;
      left: 50%;
      display: flex;
      align-items: center;
      gap: 8px;
      max-width: calc(100% - 24px);
      padding: 6px 6px 6px 14px;
      border-radius: var(--radius-panel);
      background: var(--surface-3);
      box-shadow: var(--shadow-overlay);
      transform: translateX(-50%);
      animation: tl-fade var(--quick) var(--ease);
    }
    .count {
      margin-right: 8px;
      font-weight: 500;
      white-space: nowrap;
    }
  `,
})
export class BulkBarComponent {
  readonly count = input.required<number>();
  readonly mayWrite = input.required<boolean>();
  readonly mayDelete = input.required<boolean>();
  readonly busy = input(false);
  readonly choose = output<LeadStatus>();
  readonly delete = output();
  readonly clear = output();

  protected readonly all = LEAD_STATUSES;
  protected readonly icons = { up: ChevronUp, delete: Trash2, clear: X };
  protected readonly words = computed(() => `${this.count()} selected`);

  protected label(status: LeadStatus): string {
    return LEAD_STATUS_WORDS[status].word;
  }
}
