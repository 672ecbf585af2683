import { Injectable, inject } from '@angular/core';
import { invitationsInvite, invitationsList, invitationsResend, invitationsRevoke } from '@threadline/api-client';
import type { Invitation } from '@threadline/contracts';
import { Api } from '../../core/api';

export interface Inviting {
  email: string;
  roleId: string;
  teamIds: string[];
}

@Injectable({ providedIn: 'root' })
export class InvitationsApi {
  private readonly api = inject(Api);

  list(): Promise<{ items: Invitation[]; asOf: number }> {
    return this.api.run(invitationsList<true>, {});
  }

  invite(inviting: Inviting): Promise<Invitation> {
    return this.api.run(invitationsInvite<true>, { body: inviting });
  }

  resend(id: string): Promise<Invitation> {
    return this.api.run(invitationsResend<true>, { path: { id } });
  }

  async revoke(id: string): Promise<void> {
    await this.api.run(invitationsRevoke<true>, { path: { id } });
  }
}
