import { Component, computed, input, output } from '@angular/core';
import type { Suppression } from '@threadline/contracts';
import { MailX } from 'lucide';
import { SUPPRESSION_WORDS } from '../../../shared/conversation';
import { TimeComponent } from '../../../shared/format';
import { ButtonDirective, IconComponent } from '../../../shared/ui';

/** Says on a lead's page that nothing is sent to their address, why, and lets those lift it who may. */
@Component({
  selector: 'tl-suppression-notice',
  imports: [ButtonDirective, IconComponent, TimeComponent],
  template: `
    <tl-icon class="mark" [icon]="icon" />
    <p>Nothing is sent to {{ address() }}: {{ words() }} (<tl-time [at]="suppression().at" />).</p>
    @if (mayLift() && suppression().reason !== 'erased') {
      <button tlButton small look="secondary" type="button" (click)="lifted.emit()">Send there again…</button>
    }
  `,
  styles: `
    :host {
      display: flex;
      flex-wrap: wrap;
      gap: 8px 12px;
      align-items: center;
      padding: 8px 16px;
      border-bottom: 1px solid var(--line);
      background: var(--warn-soft);
    }
    .mark {
      flex: none;
      color: var(--warn);
    }
    p {
      flex: 1 1 240px;
      margin: 0;
      overflow-wrap: anywhere;
    }
  `,
  host: { role: 'status' },
})
export class SuppressionNoticeComponent {
  readonly suppression = input.required<Suppression>();
  readonly address = input.required<string>();
  readonly mayLift = input.required<boolean>();
  readonly lifted = output();
  protected readonly icon = MailX;
  protected readonly words = computed(() => SUPPRESSION_WORDS[this.suppression().reason]);
}
