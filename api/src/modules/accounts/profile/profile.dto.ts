import { MAX_PASSWORD, type User } from '@threadline/contracts';
import { IsString, Length, MaxLength } from 'class-validator';
import { AccountAddress, DisplayName, MayBeAbsent } from '../../../platform/http';

export class ProfileDto implements User {
  id: string;
  email: string;
  name: string;
}

export class ProfileChangeDto {
  /** As colleagues see it. */
  @MayBeAbsent()
  @DisplayName()
  @Length(1, 200)
  name?: string;
}

export class EmailChangeDto {
  @AccountAddress()
  @MaxLength(320)
  email: string;

  /** The present one, of who has a password. */
  @MayBeAbsent()
  @IsString()
  @Length(1, MAX_PASSWORD * 8)
  password?: string;
}

export class ConfirmEmailDto {
  /** Of the link in the mail. */
  @IsString()
  @Length(1, 200)
  token: string;
}
