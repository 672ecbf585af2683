import { Injectable, inject } from '@angular/core';
import type { Invitation } from '@threadline/contracts';
import { LiveStore } from '@threadline/live';
import { Live } from '../../core/live';
import { InvitationsApi, type Inviting } from './invitations.api';
import { reduceInvitations } from './invitations.rules';

/** Who was asked into the workspace. */
@Injectable({ providedIn: 'root' })
export class InvitationsStore {
  private readonly api = inject(InvitationsApi);
  private readonly store = new LiveStore<readonly Invitation[], 'activity'>({
    source: inject(Live).connection,
    services: ['activity'],
    snapshot: () => this.api.list().then(({ items, asOf }) => ({ state: items, asOf })),
    reduce: reduceInvitations,
  });

  readonly invitations$ = this.store.state$;
  readonly status$ = this.store.status$;

  refresh(): void {
    this.store.refresh();
  }

  /** Its mail is on its way; the list follows by its event. */
  invite(inviting: Inviting): Promise<Invitation> {
    return this.api.invite(inviting);
  }

  resend(id: string): Promise<Invitation> {
    return this.api.resend(id);
  }

  revoke(id: string): Promise<void> {
    return this.api.revoke(id);
  }
}
