import { Injectable, inject, signal } from '@angular/core';
import { passkeys } from '../../core/browser';
import { SecurityApi } from '../../data/security';

/** Whether passkeys can be used on this page, asked once. */
@Injectable({ providedIn: 'root' })
export class PasskeysHere {
  private readonly answer = signal<string | null>(null);
  /** Why not, as a sentence; empty when they can; null while that is not known. */
  readonly why = this.answer.asReadonly();

  constructor() {
    // Who cannot be told signs in by other means, as if they were not there.
    inject(SecurityApi)
      .offer()
      .then(
        (offer) => this.answer.set(passkeys.why(offer)),
        () => this.answer.set('It is not known yet whether passkeys work here.'),
      );
  }
}
