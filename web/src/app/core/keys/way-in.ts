import { DestroyRef, afterRenderEffect, inject, signal, untracked } from '@angular/core';
import { Shortcuts } from './shortcuts.service';

/** Takes the focus, and what was typed before it could. */
export type WayIn = (typed: string) => void;

/**
 * The way into a text field by key, also while the field is not on the page yet: what is typed from the press on is
 * written there instead of running as shortcuts. Given up when `where` is somewhere else by then.
 */
export function useWayIn(where: () => string | undefined, field: () => WayIn | null): () => void {
  const shortcuts = inject(Shortcuts);
  const asked = signal<{ where: string | undefined } | null>(null);
  const end = (): string => {
    asked.set(null);
    return shortcuts.release();
  };
  // After rendering: the field then shows what the page is about by now.
  afterRenderEffect(() => {
    const wish = asked();
    if (!wish) return;
    const enter = field();
    const given = !shortcuts.holding() || where() !== wish.where;
    if (given) untracked(end);
    else if (enter) untracked(() => enter(end()));
  });
  inject(DestroyRef).onDestroy(() => {
    if (asked()) end();
  });
  return () => {
    const enter = field();
    if (enter) return enter('');
    shortcuts.hold();
    asked.set({ where: where() });
  };
}
