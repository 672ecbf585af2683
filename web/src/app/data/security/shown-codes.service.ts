import { Injectable, computed, inject, signal } from '@angular/core';
import { kept } from '../../core/browser';
import { Session } from '../../core/session';

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
