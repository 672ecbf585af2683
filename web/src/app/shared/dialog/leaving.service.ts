import { DOCUMENT, DestroyRef, Injectable, inject, signal } from '@angular/core';
import { Dialogs } from './dialogs.service';
import { LeavingDialog } from './leaving.dialog';

/** What leaving would lose, in the words that ask about it. */
export interface Loss {
  /** The question: `Leave without saving?` */
  heading: string;
  /** What is lost. */
  text: string;
  /** The button that leaves all the same. */
  leave: string;
  /** The button that stays. */
  stay: string;
}

/** Knows what on the screen would be lost by leaving it, and asks first: by the router's guards, and as the tab closes. */
@Injectable({ providedIn: 'root' })
export class Leaving {
  private readonly dialogs = inject(Dialogs);
  private readonly holders = signal<readonly (() => Loss | null)[]>([]);

  constructor() {
    const listening = new AbortController();
    inject(DOCUMENT).defaultView?.addEventListener(
      'beforeunload',
      (event) => {
        if (this.loss()) event.preventDefault();
      },
      { signal: listening.signal },
    );
    inject(DestroyRef).onDestroy(() => listening.abort());
  }

  /** @returns what ends it */
  hold(loss: () => Loss | null): () => void {
    this.holders.update((holders) => [...holders, loss]);
    return () => this.holders.update((holders) => holders.filter((each) => each !== loss));
  }

  /** Whether the screen may be left: at once when nothing would be lost, otherwise as the person says. */
  async allowed(): Promise<boolean> {
    const loss = this.loss();
    if (!loss) return true;
    const left = await this.dialogs.open<boolean, Loss>(LeavingDialog, {
      label: loss.heading,
      data: loss,
      width: 420,
      focus: '.stay',
    });
    return left === true;
  }

  private loss(): Loss | null {
    for (const holder of this.holders()) {
      const loss = holder();
      if (loss) return loss;
    }
    return null;
  }
}

/** Asks before something is lost, for as long as the component lives. */
export function askBeforeLeaving(loss: () => Loss | null): void {
  inject(DestroyRef).onDestroy(inject(Leaving).hold(loss));
}

/** The words for a page with changes that are not saved. */
export function unsaved(what: string): Loss {
  return { heading: 'Leave without saving?', text: what, leave: 'Leave without saving', stay: 'Stay' };
}
