import { Component, input, output, signal } from '@angular/core';

const STEP = 16;

/** The line between two panes: dragged, or moved with the arrow keys; a double click gives the usual width back. */
@Component({
  selector: 'tl-pane-edge',
  template: '',
  host: {
    role: 'separator',
    tabindex: '0',
    'aria-orientation': 'vertical',
    '[attr.aria-label]': 'label()',
    '[attr.aria-valuenow]': 'width()',
    '[attr.aria-valuemin]': 'least()',
    '[attr.aria-valuemax]': 'most()',
    '[class.dragged]': 'from() !== null',
    '(pointerdown)': 'begin($event)',
    '(pointermove)': 'drag($event)',
    '(pointerup)': 'end()',
    '(pointercancel)': 'end()',
    '(dblclick)': 'resized.emit(usual())',
    '(keydown)': 'press($event)',
  },
  styles: `
    :host {
      position: relative;
      z-index: 2;
      width: 1px;
      background: var(--line);
      cursor: col-resize;
      touch-action: none;
      outline: none;
    }
    :host::after {
      content: '';
      position: absolute;
      inset: 0 -4px;
    }
    :host(:hover),
    :host(.dragged),
    :host(:focus-visible) {
      background: var(--accent);
      box-shadow:
        1px 0 0 var(--accent),
        -1px 0 0 transparent;
    }
  `,
})
export class PaneEdgeComponent {
  readonly label = input.required<string>();
  readonly width = input.required<number>();
  readonly least = input.required<number>();
  readonly most = input.required<number>();
  readonly usual = input.required<number>();
  /** The pane stands to the right of its edge. */
  readonly after = input(false);
  readonly resized = output<number>();

  protected readonly from = signal<{ x: number; width: number } | null>(null);

  protected begin(event: PointerEvent): void {
    if (event.button !== 0) return;
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    this.from.set({ x: event.clientX, width: this.width() });
    event.preventDefault();
  }

  protected drag(event: PointerEvent): void {
    const from = this.from();
    if (!from) return;
    const by = event.clientX - from.x;
    this.resized.emit(from.width + (this.after() ? -by : by));
  }

  protected end(): void {
    this.from.set(null);
  }

  protected press(event: KeyboardEvent): void {
    const by = { ArrowLeft: -STEP, ArrowRight: STEP }[event.key];
    if (by !== undefined) this.resized.emit(this.width() + (this.after() ? -by : by));
    else if (event.key === 'Home') this.resized.emit(this.least());
    else if (event.key === 'End') this.resized.emit(this.most());
    else if (event.key === 'Enter') this.resized.emit(this.usual());
    else return;
    event.preventDefault();
  }
}
