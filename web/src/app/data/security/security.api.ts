import { Injectable, inject } from '@angular/core';
import {
  devicesEnd,
  devicesEndOthers,
  devicesList,
  mfaConfirm,
  mfaPasskeyOptions,
  mfaPropose,
  mfaRemove,
  mfaRenewRecoveryCodes,
  mfaState,
  passkeySignInOffer,
  passkeySignInOptions,
  passkeysAdd,
  passkeysOptions,
  passkeysRemove,
  passkeysRename,
} from '@threadline/api-client';
import type { Device, PasskeyOffer, SecondFactors } from '@threadline/contracts';
import { Api } from '../../core/api';
import type { PasskeyJson } from '../../core/browser';

/** A seed for an authenticator app. */
export interface TotpProposal {
  secret: string;
  otpauthUrl: string;
}

/** How an account is secured. What changes it asks for a proof of who one is, which the API client sees to. */
@Injectable({ providedIn: 'root' })
export class SecurityApi {
  private readonly api = inject(Api);

  state(): Promise<SecondFactors> {
    return this.api.run(mfaState<true>, {});
  }

  proposeTotp(): Promise<TotpProposal> {
    return this.api.run(mfaPropose<true>, {});
  }

  /** Answers the recovery codes. Rejects with `invalid_code`. */
  async confirmTotp(code: string): Promise<string[]> {
    return (await this.api.run(mfaConfirm<true>, { body: { code } })).recoveryCodes;
  }

  /** Rejects with `invalid_code`. */
  async removeTotp(code: string): Promise<void> {
    await this.api.run(mfaRemove<true>, { body: { code } });
  }

  async renewRecoveryCodes(): Promise<string[]> {
    return (await this.api.run(mfaRenewRecoveryCodes<true>, {})).recoveryCodes;
  }

  /** What the browser needs to make a passkey. */
  async askToAddPasskey(): Promise<PasskeyJson> {
    return (await this.api.run(passkeysOptions<true>, {})).options;
  }

  /** Answers the recovery codes when it is the first factor; null otherwise. */
  async addPasskey(response: PasskeyJson, name: string): Promise<string[] | null> {
    return (await this.api.run(passkeysAdd<true>, { body: { response, name } })).recoveryCodes;
  }

  async renamePasskey(id: string, name: string): Promise<void> {
    await this.api.run(passkeysRename<true>, { path: { id }, body: { name } });
  }

  async removePasskey(id: string): Promise<void> {
    await this.api.run(passkeysRemove<true>, { path: { id } });
  }

  async devices(): Promise<Device[]> {
    return (await this.api.run(devicesList<true>, {})).items;
  }

  async endDevice(id: string): Promise<void> {
    await this.api.run(devicesEnd<true>, { path: { id } });
  }

  async endOtherDevices(): Promise<void> {
    await this.api.run(devicesEndOthers<true>, {});
  }

  /** Whether passkeys work at this address; before signing in, too. */
  offer(): Promise<PasskeyOffer> {
    return this.api.run(passkeySignInOffer<true>, {}, { anonymous: true });
  }

  /** What a passkey has to sign to sign in. */
  async askToSignIn(): Promise<PasskeyJson> {
    return (await this.api.run(passkeySignInOptions<true>, {}, { anonymous: true })).options;
  }

  /** What a passkey has to sign as the second step. */
  async askForSecondStep(mfaToken: string): Promise<PasskeyJson> {
    return (await this.api.run(mfaPasskeyOptions<true>, { body: { mfaToken } }, { anonymous: true })).options;
  }
}
