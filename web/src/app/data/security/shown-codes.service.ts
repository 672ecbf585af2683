import { Injectable, type Signal, computed, effect, inject, signal, untracked } from '@angular/core';
import { kept } from '../../core/browser';
import { Session } from '../../core/session';
import { type Loss, askBeforeLeaving } from '../../shared/dialog';

const CODES_NOT_KEPT: Loss = {
  heading: 'Have you kept your recovery codes?',
  text: 'They are not shown again. Without them, whoever loses their second factor cannot sign in.',
  leave: 'Leave without them',
  stay: 'Stay and keep them',
};

/**
 * Whether recovery codes were shown in this browser and nobody said that they kept them. The server cannot know it,
 * and another browser does not: there it is never said.
 */
@Injectable({ providedIn: 'root' })
export class ShownCodes {
  private readonly session = inject(Session);
  private readonly name = computed(() => `recovery-codes-not-kept:${this.session.me()?.user.id ?? ''}`);
  private readonly changes = signal(0);
  readonly unkept = computed(() => {
    this.changes();
    return kept.read(this.name()) !== null;
  });

  shown(): void {
    kept.write(this.name(), 'true');
    this.changes.update((count) => count + 1);
  }

  /** They were kept, or open nothing any more. */
  settled(): void {
    kept.remove(this.name());
    this.changes.update((count) => count + 1);
  }
}

/** Remembers that the codes on the screen were shown, and asks before they are left. */
export function keepShownCodes(codes: Signal<readonly string[] | null>): void {
  const [shown, session] = [inject(ShownCodes), inject(Session)];
  effect(() => {
    if (codes()) untracked(() => shown.shown());
  });
  askBeforeLeaving(() => (codes() && session.me() ? CODES_NOT_KEPT : null));
}
