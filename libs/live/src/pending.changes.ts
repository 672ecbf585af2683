import type { Envelope } from '@threadline/contracts';
import { Subject } from 'rxjs';
import type { PendingOptions } from './store.types';

interface PendingChange<T, E> extends Required<PendingOptions<T, E>> {
  id: string;
  apply: (state: T) => T;
}

/** Own changes that are shown though the server has not confirmed them, in the order they were made. */
export class PendingChanges<T, E extends Envelope> {
  private changes: readonly PendingChange<T, E>[] = [];
  private readonly changed = new Subject<void>();
  readonly changed$ = this.changed.asObservable();

  /** @param failed told of a change that could not be applied; it counts no more */
  constructor(private readonly failed: (id: string, error: unknown) => void) {}

  get ids(): ReadonlySet<string> {
    return new Set(this.changes.map((change) => change.id));
  }

  /** One with the same id takes the place of the earlier one. */
  add(id: string, apply: (state: T) => T, options: PendingOptions<T, E>): void {
    const { confirmedBy = (event: E) => event.subject.id === id || event.id === id, foundIn = () => false } = options;
    this.changes = [...this.changes.filter((change) => change.id !== id), { id, apply, confirmedBy, foundIn }];
    this.announce();
  }

  /** Answers the change, which counts no more; undefined when it was confirmed already. `announce` when done. */
  take(id: string): { apply: (state: T) => T } | undefined {
    const found = this.changes.find((change) => change.id === id);
    if (found) this.changes = this.changes.filter((change) => change !== found);
    return found;
  }

  /** Lets what is shown be made anew. */
  announce(): void {
    this.changed.next();
  }

  /** An event confirms the oldest change that waits for it: several to one thing are confirmed one by one. */
  confirmBy(event: E): void {
    const found = this.changes.find((change) => change.confirmedBy(event));
    if (found) this.changes = this.changes.filter((change) => change !== found);
  }

  confirmIn(state: T): void {
    this.changes = this.changes.filter((change) => !change.foundIn(state));
  }

  /** The state as if all had come about. */
  over(state: T): T {
    let shown = state;
    for (const change of this.changes) {
      try {
        shown = change.apply(shown);
      } catch (error) {
        this.take(change.id);
        this.failed(change.id, error);
      }
    }
    return shown;
  }
}
