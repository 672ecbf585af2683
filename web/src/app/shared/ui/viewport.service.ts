import { DestroyRef, Injectable, inject, signal, type Signal } from '@angular/core';

/** What kind of glass this is. Prefer CSS; ask here only where another template is shown. */
@Injectable({ providedIn: 'root' })
export class Viewport {
  private readonly destroyed = inject(DestroyRef);
  /** One pane at a time: up to 720 pixels wide. */
  readonly phone = this.matches('(max-width: 720px)');
  /** Room for three panes and the lead panel. */
  readonly wide = this.matches('(min-width: 1200px)');
  /** Fingers: rows are 44 pixels high. */
  readonly touch = this.matches('(pointer: coarse)');

  private matches(query: string): Signal<boolean> {
    if (typeof window.matchMedia !== 'function') return signal(false).asReadonly();
    const list = window.matchMedia(query);
    const state = signal(list.matches);
    const follow = (): void => state.set(list.matches);
    list.addEventListener('change', follow);
    this.destroyed.onDestroy(() => list.removeEventListener('change', follow));
    return state.asReadonly();
  }
}
