import { Injectable, inject } from '@angular/core';
import {
  addressesAsk,
  addressesConfirm,
  authRegistrationState,
  invitationsAccept,
  invitationsPreview,
  passwordsChange,
  passwordsForgot,
  passwordsReset,
  profileAskForEmail,
  profileChange,
  profileConfirmEmail,
  workspacesCreate,
  workspacesOwn,
  workspacesSwitch,
} from '@threadline/api-client';
import type { AddressConfirmed, InvitationPreview, OwnWorkspace, SignedIn, User } from '@threadline/contracts';
import { Api } from '../../core/api';

/** What somebody who accepts an invitation shows. */
export interface Acceptance {
  token: string;
  name?: string;
  password?: string;
}

/** One's own account: its name, address and password, the links in its mails, and its workspaces. */
@Injectable({ providedIn: 'root' })
export class AccountApi {
  private readonly api = inject(Api);

  /** Whether everybody may create a workspace on this server. */
  async registrationOpen(): Promise<boolean> {
    return (await this.api.run(authRegistrationState<true>, {}, { anonymous: true })).open;
  }

  /** Answers alike whether or not there is such an account. */
  async forgotPassword(email: string): Promise<void> {
    await this.api.run(passwordsForgot<true>, { body: { email } }, { anonymous: true });
  }

  /** Rejects with `invalid_token`, and with `invalid_input` at `password`. */
  async resetPassword(token: string, password: string): Promise<void> {
    await this.api.run(passwordsReset<true>, { body: { token, password } }, { anonymous: true });
  }

  /** Ends every other session. Rejects with `invalid_credentials`, and with `invalid_input` at `password`. */
  async changePassword(current: string, password: string): Promise<void> {
    await this.api.run(passwordsChange<true>, { body: { current, password } });
  }

  /** Rejects with `invalid_token`. */
  preview(token: string): Promise<InvitationPreview> {
    return this.api.run(invitationsPreview<true>, { body: { token } }, { anonymous: true });
  }

  /** @param anonymous false: as the person who is signed in */
  accept(acceptance: Acceptance, { anonymous }: { anonymous: boolean }): Promise<SignedIn> {
    return this.api.run(invitationsAccept<true>, { body: acceptance }, { anonymous });
  }

  /** Rejects with `invalid_token`. */
  async confirmEmail(token: string): Promise<void> {
    await this.api.run(profileConfirmEmail<true>, { body: { token } }, { anonymous: true });
  }

  rename(name: string): Promise<User> {
    return this.api.run(profileChange<true>, { body: { name } });
  }

  /**
   * Mails a link to the new address; nothing changes until it is followed. Rejects with `invalid_credentials`.
   * @param password the present one, of who has one
   */
  async askForEmail(email: string, password: string): Promise<void> {
    await this.api.run(profileAskForEmail<true>, { body: { email, ...(password ? { password } : {}) } });
  }

  /** Mails the link that confirms one's address once more. */
  async askToConfirm(): Promise<void> {
    await this.api.run(addressesAsk<true>, {});
  }

  /** Rejects with `invalid_token`. */
  confirmAddress(token: string): Promise<AddressConfirmed> {
    return this.api.run(addressesConfirm<true>, { body: { token } }, { anonymous: true });
  }

  async workspaces(): Promise<OwnWorkspace[]> {
    return (await this.api.run(workspacesOwn<true>, {})).items;
  }

  createWorkspace(name: string): Promise<OwnWorkspace> {
    return this.api.run(workspacesCreate<true>, { body: { name } });
  }

  switchTo(id: string): Promise<SignedIn> {
    return this.api.run(workspacesSwitch<true>, { path: { id } });
  }
}
