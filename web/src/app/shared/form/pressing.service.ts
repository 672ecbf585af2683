import { DOCUMENT, DestroyRef, Injectable, inject, signal } from '@angular/core';

/**
 * Whether something is being pressed. A press takes the focus away from where it was long before it becomes a click:
 * what answers to that by appearing or going waits for the release, so that nothing moves away from under the press.
 */
@Injectable({ providedIn: 'root' })
export class Pressing {
  private readonly pressed = signal(false);
  readonly held = this.pressed.asReadonly();
  private readonly waiting: (() => void)[] = [];

  constructor() {
    const document = inject(DOCUMENT);
    const listening = new AbortController();
    const options = { capture: true, passive: true, signal: listening.signal };
    document.addEventListener('pointerdown', () => this.pressed.set(true), options);
    // The click follows its release within the same task.
    const release = (): unknown => setTimeout(() => this.release());
    for (const end of ['pointerup', 'pointercancel', 'dragend']) document.addEventListener(end, release, options);
    // Of the window alone: in the capture phase it would hear every field that is left.
    document.defaultView?.addEventListener('blur', release, { signal: listening.signal });
    inject(DestroyRef).onDestroy(() => listening.abort());
  }

  /** Does it now, or as soon as nothing is pressed any more. */
  afterwards(work: () => void): void {
    if (this.pressed()) this.waiting.push(work);
    else work();
  }

  private release(): void {
    this.pressed.set(false);
    for (const work of this.waiting.splice(0)) work();
  }
}
