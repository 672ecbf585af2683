import type { AddressConfirmed } from '@threadline/contracts';
import { IsString, Length } from 'class-validator';

export class ConfirmAddressDto {
  /** Of the link in the mail. */
  @IsString()
  @Length(1, 200)
  token: string;
}

export class AddressConfirmedDto implements AddressConfirmed {
  /** `moved` where another account had proved the address before: it has taken the place of the new one. */
  outcome: 'confirmed' | 'moved';
  /** The name of the workspace that the account was made with. */
  workspace: string;
}
