import { Component, DestroyRef, computed, effect, inject, input, output, signal } from '@angular/core';
import { Ticker } from '../format';
import { ButtonDirective } from '../ui';
import type { UndoOffer } from './desk.types';

/** "Sending in 8 s", with the way back. */
@Component({
  selector: 'tl-undo-bar',
  imports: [ButtonDirective],
  template: `
    <span class="words" role="status"
      ><span class="visually-hidden"
        >Message on its way{{ untitled() ? ' without a subject' : '' }}; it can be taken back.</span
      >
      <span aria-hidden="true"
        >Sending{{ untitled() ? ' without a subject' : '' }} in <span class="num">{{ left() }}</span> s</span
      ></span
    >
    <button tlButton small look="secondary" type="button" [busy]="offer().busy" (click)="undo.emit()">Undo</button>
    <span class="time" aria-hidden="true" [style.width.%]="share()"></span>
  `,
  styles: `
    :host {
      position: relative;
      display: flex;
      align-items: center;
      gap: 12px;
      margin-bottom: 8px;
      padding: 6px 6px 6px 12px;
      overflow: hidden;
      border: 1px solid var(--line);
      border-radius: var(--radius-panel);
      background: var(--surface-2);
    }
    .words {
      flex: 1;
      font-weight: 500;
    }
    .time {
      position: absolute;
      left: 0;
      bottom: 0;
      height: 2px;
      background: var(--accent);
      transition: width 250ms linear;
    }
  `,
})
export class UndoBarComponent {
  readonly offer = input.required<UndoOffer>();
  /** The message has no subject: most people forgot it. */
  readonly untitled = input(false);
  readonly undo = output();
  readonly over = output();

  private readonly ticker = inject(Ticker);
  private readonly now = signal(this.ticker.now());
  private readonly remaining = computed(() => Math.max(0, this.offer().until - this.now()));
  protected readonly left = computed(() => Math.ceil(this.remaining() / 1_000));
  protected readonly share = computed(() => Math.min(100, (this.remaining() / (this.offer().seconds * 1_000)) * 100));

  constructor() {
    const timer = setInterval(() => this.now.set(this.ticker.now()), 250);
    inject(DestroyRef).onDestroy(() => clearInterval(timer));
    effect(() => {
      if (this.remaining() === 0 && !this.offer().busy) this.over.emit();
    });
  }
}
