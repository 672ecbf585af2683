import { Component, ElementRef, effect, inject } from '@angular/core';
import { X } from 'lucide';
import { IconComponent } from '../ui';
import { Toasts } from './toasts.service';

/** Where toasts stand; once, in the root component. In the top layer, so that no dialog covers them. */
@Component({
  selector: 'tl-toasts',
  imports: [IconComponent],
  template: `
    @for (toast of toasts.shown(); track toast.id) {
      <div
        class="toast"
        [class.bad]="toast.tone === 'bad'"
        [class.timed]="toast.action && toast.seconds"
        [style.--_seconds.s]="toast.seconds"
        animate.enter="enter"
        animate.leave="leave"
      >
        <span class="text">{{ toast.text }}</span>
        @if (toast.action; as action) {
          <button type="button" class="action" (click)="toasts.end(toast.id, 'action')">{{ action.label }}</button>
        }
        <button type="button" class="close" aria-label="Dismiss" (click)="toasts.end(toast.id, 'dismissed')">
          <tl-icon [icon]="close" [size]="14" />
        </button>
        @if (toast.seconds) {
          <span class="time" (animationend)="toasts.end(toast.id, 'timeout')"></span>
        }
      </div>
    }
  `,
  host: { popover: 'manual', role: 'region', 'aria-label': 'Notices' },
  styles: `
    :host {
      position: fixed;
      inset: auto auto calc(16px + var(--bottom-bar)) calc(var(--rail) + 16px);
      display: flex;
      flex-direction: column;
      gap: 8px;
      width: min(420px, calc(100vw - 32px));
      margin: 0;
      padding: 0;
      border: 0;
      background: none;
      color: inherit;
      overflow: visible;
      pointer-events: none;
    }
    :host:not(:popover-open) {
      display: none;
    }
    .toast {
      position: relative;
      display: flex;
      align-items: center;
      gap: 4px;
      min-height: 40px;
      padding: 4px 4px 4px 14px;
      border-radius: 8px;
      background: var(--inverse);
      color: var(--inverse-ink);
      box-shadow: var(--shadow-overlay);
      overflow: hidden;
      pointer-events: auto;
    }
    .enter {
      animation: tl-rise var(--calm) var(--ease);
    }
    .leave {
      opacity: 0;
      transition: opacity var(--quick) var(--ease);
    }
    .text {
      flex: 1;
      padding: 6px 8px 6px 0;
    }
    .bad .text::before {
      content: '';
      display: inline-block;
      width: 8px;
      height: 8px;
      margin-right: 8px;
      border-radius: 50%;
      background: oklch(0.7 0.17 25);
    }
    button {
      display: inline-flex;
      align-items: center;
      justify-content: center;
      min-width: 32px;
      height: 32px;
      border-radius: var(--radius-control);
      color: var(--inverse-ink-2);
      transition: background-color var(--quick) var(--ease);
    }
    button:hover {
      background: oklch(1 0 0 / 0.1);
    }
    button:focus-visible {
      outline-color: var(--inverse-accent);
      outline-offset: -2px;
    }
    .action {
      padding: 0 10px;
      color: var(--inverse-accent);
      font-weight: 600;
    }
    /* Carries the toast's life: its animation's end is the toast's end, and pausing it stops the clock. */
    .time {
      position: absolute;
      inset: auto 0 0 0;
      height: 2px;
      transform-origin: left;
      animation: pass var(--_seconds) linear forwards;
      animation-duration: var(--_seconds) !important;
    }
    .timed .time {
      background: var(--inverse-accent);
    }
    .toast:hover .time,
    .toast:focus-within .time {
      animation-play-state: paused;
    }
    @media (prefers-reduced-motion: reduce) {
      .timed .time {
        background: none;
      }
    }
    @keyframes pass {
      to {
        transform: scaleX(0);
      }
    }
    @media (pointer: coarse) {
      button {
        min-width: 40px;
        height: 40px;
      }
    }
  `,
})
export class ToastOutletComponent {
  protected readonly toasts = inject(Toasts);
  protected readonly close = X;

  constructor() {
    const host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
    let newest = 0;
    effect(() => {
      const latest = this.toasts.shown().at(-1)?.id ?? 0;
      if (latest <= newest) return;
      newest = latest;
      // Shown anew, so that it lies over whatever came to the top layer since.
      host.hidePopover?.();
      host.showPopover?.();
    });
  }
}
