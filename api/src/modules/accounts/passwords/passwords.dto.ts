import { MAX_PASSWORD } from '@threadline/contracts';
import { IsString, Length, MaxLength } from 'class-validator';
import { AccountAddress } from '../../../platform/http';

/** The longest a password can be in UTF-16 units; how many characters it has is for the rules to say. */
const UNITS = MAX_PASSWORD * 8;

export class ChangePasswordDto {
  /** The present one. */
  @IsString()
  @Length(1, UNITS)
  current: string;

  /** 15 characters or more (8 where a second factor stands beside it), up to 256, taken exactly as typed. */
  @IsString()
  @Length(1, UNITS)
  password: string;
}

export class ForgotPasswordDto {
  @AccountAddress()
  @MaxLength(320)
  email: string;
}

export class ResetPasswordDto {
  /** Of the link in the mail. */
  @IsString()
  @Length(1, 200)
  token: string;

  /** 15 characters or more (8 where a second factor stands beside it), up to 256, taken exactly as typed. */
  @IsString()
  @Length(1, UNITS)
  password: string;
}
