import { Injectable, inject, signal } from '@angular/core';
import { AccountApi } from '../../data/account';

/** Whether everybody may create a workspace on this server, asked once. */
@Injectable({ providedIn: 'root' })
export class RegistrationHere {
  private readonly answer = signal(true);
  /** True until the server says otherwise: a form that is refused explains itself. */
  readonly open = this.answer.asReadonly();

  constructor() {
    inject(AccountApi)
      .registrationOpen()
      .then(
        (open) => this.answer.set(open),
        () => undefined, // the server is away, and says so itself
      );
  }
}
