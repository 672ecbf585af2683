import { Injectable } from '@angular/core';

/** What a hint says and where it stands. */
export interface Tip {
  text: () => string;
  keys: () => string;
  side: () => 'below' | 'above' | 'right';
}

const FIRST_MS = 450;
const NEXT_MS = 60;
const WARM_MS = 500;
const LEAVE_MS = 120;
const TAP_MS = 2_500;
/** A tap leaves so long for every letter, so that a whole sentence can be read. */
const LETTER_MS = 60;
const GAP = 6;

/**
 * One hint for the whole app, placed by one set of listeners on the document: a list of a thousand times costs nothing
 * until one of them is pointed at. Shows on hover, on keyboard focus, and on tap for what is not itself a control;
 * stays while the pointer is on it; goes with Escape.
 */
@Injectable({ providedIn: 'root' })
export class TipLayer {
  private readonly tips = new WeakMap<Element, Tip>();
  private panel: HTMLElement | null = null;
  private shown: Element | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private hiddenAt = 0;

  constructor() {
    document.addEventListener('pointerover', (event) => this.point(event));
    document.addEventListener('pointerdown', (event) => this.press(event));
    document.addEventListener('focusin', (event) => this.focus(event));
    // A tap also takes the focus from wherever it was; that does not concern the hint it has just called.
    document.addEventListener('focusout', (event) => {
      if (this.target(event) === this.shown) this.hide();
    });
    document.addEventListener('scroll', () => this.hide(), { capture: true, passive: true });
    document.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') this.hide();
    });
  }

  attach(element: Element, tip: Tip): void {
    this.tips.set(element, tip);
  }

  detach(element: Element): void {
    this.tips.delete(element);
    if (this.shown === element) this.hide();
  }

  private target(event: Event): Element | null {
    return event.target instanceof Element ? event.target.closest('[data-tip]') : null;
  }

  private point(event: PointerEvent): void {
    if (event.pointerType === 'touch') return;
    if (event.target instanceof Node && this.panel?.contains(event.target)) {
      clearTimeout(this.timer);
      return;
    }
    const target = this.target(event);
    if (target === this.shown && target) {
      clearTimeout(this.timer);
      return;
    }
    clearTimeout(this.timer);
    if (!target) {
      if (this.shown) this.timer = setTimeout(() => this.hide(), LEAVE_MS);
      return;
    }
    const warm = this.shown !== null || event.timeStamp - this.hiddenAt < WARM_MS;
    this.timer = setTimeout(() => this.show(target), warm ? NEXT_MS : FIRST_MS);
  }

  private press(event: PointerEvent): void {
    this.hide();
    if (event.pointerType !== 'touch') return;
    const target = this.target(event);
    if (!target || target.closest('a, button, [role="row"], [role="option"]')) return;
    this.show(target);
    const letters = this.tips.get(target)?.text().length ?? 0;
    this.timer = setTimeout(() => this.hide(), Math.max(TAP_MS, letters * LETTER_MS));
  }

  private focus(event: FocusEvent): void {
    const target = this.target(event);
    if (target?.matches(':focus-visible')) this.show(target);
  }

  private show(target: Element): void {
    const tip = this.tips.get(target);
    const text = tip?.text() ?? '';
    if (!tip || !text || !target.isConnected) return;
    this.hide();
    const panel = this.ensurePanel();
    const words = document.createElement('span');
    words.textContent = text;
    panel.replaceChildren(words);
    const keys = tip.keys();
    if (keys) {
      const hint = document.createElement('span');
      hint.className = 'tl-tip__keys';
      hint.textContent = keys;
      panel.append(hint);
    }
    this.shown = target;
    if (target.getAttribute('aria-label') !== text) target.setAttribute('aria-describedby', panel.id);
    panel.showPopover?.();
    this.place(panel, target.getBoundingClientRect(), tip.side());
  }

  private hide(): void {
    clearTimeout(this.timer);
    if (!this.shown || !this.panel) return;
    if (this.shown.getAttribute('aria-describedby') === this.panel.id) this.shown.removeAttribute('aria-describedby');
    this.shown = null;
    this.hiddenAt = performance.now();
    this.panel.hidePopover?.();
  }

  private place(panel: HTMLElement, at: DOMRect, side: 'below' | 'above' | 'right'): void {
    const { offsetWidth: width, offsetHeight: height } = panel;
    const room = { right: window.innerWidth, bottom: window.innerHeight };
    let left = at.left + at.width / 2 - width / 2;
    let top = at.bottom + GAP;
    if (side === 'right' && at.right + GAP + width < room.right) {
      left = at.right + GAP;
      top = at.top + at.height / 2 - height / 2;
    } else if (side === 'above' || top + height > room.bottom - GAP) {
      top = at.top - height - GAP;
    }
    panel.style.left = `${Math.round(Math.max(GAP, Math.min(left, room.right - width - GAP)))}px`;
    panel.style.top = `${Math.round(Math.max(GAP, top))}px`;
  }

  private ensurePanel(): HTMLElement {
    if (this.panel) return this.panel;
    const panel = document.createElement('div');
    panel.id = 'tl-tip';
    panel.className = 'tl-tip';
    panel.setAttribute('role', 'tooltip');
    panel.setAttribute('popover', 'manual');
    document.body.append(panel);
    this.panel = panel;
    return panel;
  }
}
