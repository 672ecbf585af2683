import { Component, computed, input } from '@angular/core';
import type { ConversationStatus, LeadStatus, MessageStatus, Priority } from '@threadline/contracts';
import { BadgeComponent, IconComponent } from '../ui';
import { CONVERSATION_STATUS_WORDS, LEAD_STATUS_WORDS, MESSAGE_STATUS_WORDS, PRIORITY_WORDS } from './status-words';

/** `<tl-lead-status [status]="lead.status" />`: dot and word. */
@Component({
  selector: 'tl-lead-status',
  imports: [BadgeComponent],
  template: `<tl-badge dot [tone]="word().tone">{{ word().word }}</tl-badge>`,
})
export class LeadStatusComponent {
  readonly status = input.required<LeadStatus>();
  protected readonly word = computed(() => LEAD_STATUS_WORDS[this.status()]);
}

/** `<tl-conversation-status [status]="conversation.status" />`: a tinted pill. */
@Component({
  selector: 'tl-conversation-status',
  imports: [BadgeComponent],
  template: `<tl-badge [tone]="word().tone">{{ word().word }}</tl-badge>`,
})
export class ConversationStatusComponent {
  readonly status = input.required<ConversationStatus>();
  protected readonly word = computed(() => CONVERSATION_STATUS_WORDS[this.status()]);
}

const ICON_AND_WORD = `
  :host {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    color: var(--ink-2);
    white-space: nowrap;
  }
  :host([data-tone='warn']) {
    color: var(--warn);
  }
  :host([data-tone='bad']) {
    color: var(--bad);
  }
`;

/** `<tl-message-status [status]="message.status" />`: icon and word, in the size of the text around it. */
@Component({
  selector: 'tl-message-status',
  imports: [IconComponent],
  template: `<tl-icon [icon]="word().icon" [size]="14" />{{ word().word }}`,
  host: { '[attr.data-tone]': 'word().tone' },
  styles: ICON_AND_WORD,
})
export class MessageStatusComponent {
  readonly status = input.required<MessageStatus>();
  protected readonly word = computed(() => MESSAGE_STATUS_WORDS[this.status()]);
}

const BARS: Record<Priority, number> = { low: 1, normal: 2, high: 3, urgent: 3 };

/** `<tl-priority [priority]="conversation.priority" />`: bars and word; `[iconOnly]="true"` for list rows. */
@Component({
  selector: 'tl-priority',
  template: `
    <svg
      viewBox="0 0 14 14"
      width="14"
      height="14"
      fill="currentColor"
      [attr.role]="iconOnly() ? 'img' : null"
      [attr.aria-label]="iconOnly() ? word().word + ' priority' : null"
      [attr.aria-hidden]="iconOnly() ? null : 'true'"
    >
      <rect x="1" y="8" width="3" height="5" rx="1" />
      <rect x="5.5" y="4.5" width="3" height="8.5" rx="1" [attr.opacity]="bars() > 1 ? 1 : 0.28" />
      <rect x="10" y="1" width="3" height="12" rx="1" [attr.opacity]="bars() > 2 ? 1 : 0.28" />
    </svg>
    @if (!iconOnly()) {
      {{ word().word }}
    }
  `,
  host: { '[attr.data-tone]': 'word().tone' },
  styles: ICON_AND_WORD,
})
export class PriorityComponent {
  readonly priority = input.required<Priority>();
  readonly iconOnly = input(false);
  protected readonly word = computed(() => PRIORITY_WORDS[this.priority()]);
  protected readonly bars = computed(() => BARS[this.priority()]);
}
