import { Component, input, output } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { MailboxMail } from '@threadline/contracts';
import { TimeComponent } from '../../shared/format';
import { SkeletonRowsComponent } from '../../shared/page';
import { AvatarComponent, BadgeComponent } from '../../shared/ui';

const NEAR_END_PX = 400;

/** The mails that arrived, newest first, with what was done to them. */
@Component({
  selector: 'tl-mail-list',
  imports: [AvatarComponent, BadgeComponent, RouterLink, SkeletonRowsComponent, TimeComponent],
  template: `
    @for (mail of mails(); track mail.id) {
      <a
        class="mail"
        [routerLink]="['/mailbox', mail.id]"
        [class.on]="mail.id === chosen()"
        [attr.aria-current]="mail.id === chosen() ? 'true' : null"
        [class.unread]="!mail.openedAt"
      >
        <tl-avatar [name]="mail.to.name || mail.to.address" [key]="mail.to.id ?? mail.to.address" />
        <span class="words">
          <span class="line">
            <span class="to truncate">{{ mail.to.name || mail.to.address }}</span>
            <tl-time [at]="mail.receivedAt" />
          </span>
          <span class="subject truncate">{{ mail.subject || 'No subject' }}</span>
          <span class="line">
            <span class="preview truncate">{{ mail.preview }}</span>
            <span class="states">
              @if (mail.bouncedAt) {
                <tl-badge tone="bad">Bounced</tl-badge>
              } @else if (mail.answeredAt) {
                <tl-badge tone="good">Answered</tl-badge>
              } @else if (mail.openedAt) {
                <tl-badge tone="accent">Opened</tl-badge>
              }
            </span>
          </span>
        </span>
      </a>
    }
    @if (more()) {
      <tl-skeleton-rows label="Loading older mails" avatar height="76px" [count]="2" [lines]="2" />
    }
  `,
  host: { role: 'navigation', 'aria-label': 'Mails', '(scroll)': 'scrolled($event)' },
  styles: `
    :host {
      display: block;
      overflow-y: auto;
      overscroll-behavior: contain;
    }
    .mail {
      position: relative;
      display: flex;
      gap: 10px;
      padding: 10px 14px 10px 16px;
      border-bottom: 1px solid var(--line);
      color: var(--ink-1);
      text-decoration: none;
    }
    .mail:hover {
      background: var(--hover);
    }
    .mail.on {
      background: var(--accent-soft);
    }
    .mail:focus-visible {
      outline-offset: -2px;
    }
    .mail.unread::before {
      content: '';
      position: absolute;
      top: 20px;
      left: 5px;
      width: 6px;
      height: 6px;
      border-radius: 50%;
      background: var(--accent);
    }
    .words {
      display: grid;
      flex: 1;
      min-width: 0;
    }
    .line {
      display: flex;
      align-items: center;
      justify-content: space-between;
      gap: 8px;
      min-width: 0;
      min-height: 20px;
    }
    .to {
      font-weight: 500;
    }
    .unread .to,
    .unread .subject {
      font-weight: 600;
    }
    tl-time,
    .preview {
      color: var(--ink-3);
    }
    tl-time {
      font: var(--type-meta);
    }
    .states {
      flex: none;
    }
  `,
})
export class MailListComponent {
  readonly mails = input.required<readonly MailboxMail[]>();
  readonly chosen = input<string>();
  readonly more = input(false);
  readonly older = output();

  protected scrolled(event: Event): void {
    const list = event.currentTarget as HTMLElement;
    if (this.more() && list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_END_PX) this.older.emit();
  }
}
