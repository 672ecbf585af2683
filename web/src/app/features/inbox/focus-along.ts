import { afterRenderEffect, signal } from '@angular/core';

/**
 * Takes the focus along into what a key opens, once `shown` says that it is there: from where it was then, or from
 * nowhere, but not from where the person took it meanwhile.
 */
export function useFocusAlong(
  shown: () => string | undefined,
  place: () => HTMLElement | undefined,
): (to: string) => void {
  const asked = signal<{ to: string; from: Element | null } | null>(null);
  afterRenderEffect(() => {
    const wish = asked();
    const target = place();
    if (!wish || !target || wish.to !== shown()) return;
    asked.set(null);
    const at = document.activeElement;
    const stayed = at === wish.from || at === document.body;
    if (stayed && !target.contains(at)) target.focus();
  });
  return (to) => asked.set({ to, from: document.activeElement });
}
