import type { Passkey, PasskeyOffer, ProofMethod, SecondFactors } from '@threadline/contracts';
import { IsNotEmpty, IsObject, IsString, Length, MaxLength, MinLength, ValidateIf } from 'class-validator';
import { Id, Line } from '../../platform/http';

export class CodeDto {
  /** Six digits of the authenticator app, or a recovery code; spaces and dashes do not matter. */
  @IsString()
  @IsNotEmpty()
  @MaxLength(100)
  code: string;
}

export class TotpProposalDto {
  /** The seed in base 32, for typing it into an app. */
  secret: string;
  /** What the QR code says. */
  otpauthUrl: string;
}

export class RecoveryCodesDto {
  /** Shown this once; each is good once. */
  recoveryCodes: string[];
}

export class MfaTokenDto {
  /** From the answer of POST /api/auth/login. */
  @IsString()
  @MaxLength(4_000)
  mfaToken: string;
}

export class ChallengeDto extends MfaTokenDto {
  /** Six digits of the authenticator app, or a recovery code. */
  @ValidateIf((body: ChallengeDto) => body.response === undefined)
  @IsString()
  @IsNotEmpty()
  @MaxLength(100)
  code?: string;

  /** What the passkey signed, in place of a code. */
  @ValidateIf((body: ChallengeDto) => body.code === undefined)
  @IsObject()
  response?: Record<string, unknown>;
}

export class ProveDto {
  /** Where the account has no second factor. */
  @ValidateIf((body: ProveDto) => body.code === undefined && body.response === undefined)
  @IsString()
  @MinLength(1)
  @MaxLength(256)
  password?: string;

  /** Six digits of the authenticator app, or a recovery code. */
  @ValidateIf((body: ProveDto) => body.password === undefined && body.response === undefined)
  @IsString()
  @IsNotEmpty()
  @MaxLength(100)
  code?: string;

  /** What a passkey signed of POST /api/auth/prove/options. */
  @ValidateIf((body: ProveDto) => body.password === undefined && body.code === undefined)
  @IsObject()
  response?: Record<string, unknown>;
}

export class ProofOptionsDto {
  /** What does; empty for who has to sign in again. */
  methods: ProofMethod[];
  /** PublicKeyCredentialRequestOptionsJSON, when a passkey is among it. */
  passkey: Record<string, unknown> | null;
}

export class PasskeyOptionsDto {
  /** PublicKeyCredentialCreationOptionsJSON or PublicKeyCredentialRequestOptionsJSON, for the browser. */
  options: Record<string, unknown>;
}

export class PasskeyResponseDto {
  /** What the browser answered, as JSON. */
  @IsObject()
  response: Record<string, unknown>;
}

export class PasskeyNameDto {
  @Line()
  @Length(1, 100)
  name: string;
}

export class AddPasskeyDto extends PasskeyNameDto {
  /** What the browser answered, as JSON. */
  @IsObject()
  response: Record<string, unknown>;
}

export class PasskeyDto implements Passkey {
  id: string;
  name: string;
  createdAt: string;
  lastUsedAt: string | null;
  /** True when it is kept in step between devices by a password manager. */
  backedUp: boolean;
}

export class AddedPasskeyDto extends PasskeyDto {
  /** Shown this once, when it is the account's first factor. */
  recoveryCodes: string[] | null;
}

export class PasskeyListDto {
  items: PasskeyDto[];
  /** Always null: a person's passkeys come as one page. */
  nextCursor: string | null;
}

export class PasskeyOfferDto implements PasskeyOffer {
  offered: boolean;
  /** The one address at which they work. */
  origin: string;
  /** Why they do not; null when they do. */
  reason: 'address_is_a_number' | 'not_encrypted' | null;
}

export class ConfirmedTotpDto {
  confirmedAt: string;
}

export class SecondFactorsDto implements SecondFactors {
  totp: ConfirmedTotpDto | null;
  passkeys: PasskeyDto[];
  /** Recovery codes that are still good. */
  recoveryCodesLeft: number;
}

export class IdParams {
  @Id()
  id: string;
}
