import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts';
import { PeopleModule } from '../people';
import { Challenge } from './challenge.service';
import { Codes } from './codes/codes.service';
import { DevicesController } from './devices/devices.controller';
import { Devices } from './devices/devices.service';
import { Factors } from './factors.service';
import { MfaController } from './mfa.controller';
import { PasskeyChallenges } from './passkeys/passkey-challenges';
import { PasskeySignInController } from './passkeys/passkey-sign-in.controller';
import { PasskeysController } from './passkeys/passkeys.controller';
import { Passkeys } from './passkeys/passkeys.service';
import { RelyingParty } from './passkeys/relying-party';
import { ProofController } from './proof.controller';
import { ProofAccounts } from './proof-accounts';
import { Proof } from './proof.service';
import { Totp } from './totp.service';

/** Second factors, passkeys, proving again who one is, and the devices that are signed in. */
@Module({
  imports: [AccountsModule, PeopleModule],
  controllers: [MfaController, ProofController, PasskeysController, PasskeySignInController, DevicesController],
  providers: [
    Challenge,
    Codes,
    Devices,
    Factors,
    PasskeyChallenges,
    Passkeys,
    Proof,
    ProofAccounts,
    RelyingParty,
    Totp,
  ],
})
export class MfaModule {}
