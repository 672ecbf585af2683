import { DestroyRef, Injectable, inject, signal } from '@angular/core';

const MINUTE = 60_000;

/** The present, in the one place where the interface reads the clock. */
@Injectable({ providedIn: 'root' })
export class Ticker {
  private readonly at = signal(this.now());
  /** Milliseconds; moves at every full minute, so that "yesterday" comes true while a page stands open. */
  readonly minute = this.at.asReadonly();
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    const wake = (): void => {
      if (document.visibilityState === 'visible') this.at.set(this.now());
    };
    document.addEventListener('visibilitychange', wake);
    inject(DestroyRef).onDestroy(() => {
      clearTimeout(this.timer);
      document.removeEventListener('visibilitychange', wake);
    });
    this.wait();
  }

  /** Milliseconds since the epoch. */
  now(): number {
    return Date.now();
  }

  private wait(): void {
    this.timer = setTimeout(
      () => {
        this.at.set(this.now());
        this.wait();
      },
      MINUTE - (this.now() % MINUTE) + 20,
    );
  }
}
