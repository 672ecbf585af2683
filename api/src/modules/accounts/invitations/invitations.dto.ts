import { type Invitation, type InvitationPreview, MAX_PASSWORD } from '@threadline/contracts';
import { ArrayMaxSize, ArrayUnique, IsArray, IsString, IsUUID, Length, MaxLength } from 'class-validator';
import { AccountAddress, DisplayName, Id, MayBeAbsent } from '../../../platform/http';

export class InviterDto {
  id: string;
  name: string;
}

export class InvitationDto implements Invitation {
  id: string;
  email: string;
  roleId: string;
  /** The built-in role's word, or the custom role's name. */
  role: string;
  teamIds: string[];
  status: 'pending' | 'accepted' | 'expired' | 'revoked';
  invitedBy: InviterDto | null;
  createdAt: string;
  /** When the last mail was sent. */
  sentAt: string;
  expiresAt: string;
}

export class InvitationListDto {
  items: InvitationDto[];
  /** Always null: they come as one page. */
  nextCursor: string | null;
  /** The log's position that this page contains. */
  asOf: number;
}

export class InviteDto {
  @AccountAddress()
  @MaxLength(320)
  email: string;

  /** One that reaches no further than the caller's own. */
  @Id()
  roleId: string;

  /** The teams they will belong to: those that the caller is in, or any for who may change teams. */
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(50)
  @ArrayUnique()
  @IsUUID('all', { each: true })
  teamIds?: string[];
}

export class InvitationParams {
  @Id()
  id: string;
}

export class InvitationTokenDto {
  /** Of the link in the mail. */
  @IsString()
  @Length(1, 200)
  token: string;
}

export class InvitationPreviewDto implements InvitationPreview {
  workspaceName: string;
  email: string;
  role: string;
  invitedBy: string | null;
  expiresAt: string;
}

export class AcceptInvitationDto extends InvitationTokenDto {
  /** Of a new account; not looked at when the password opens one that the address has. */
  @MayBeAbsent()
  @DisplayName()
  @Length(1, 200)
  name?: string;

  /** Of an account that the address has, or of the new one; not needed by who is signed in as that account. */
  @MayBeAbsent()
  @IsString()
  @Length(1, MAX_PASSWORD * 8)
  password?: string;
}
