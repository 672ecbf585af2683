import {
  MAX_PASSWORD,
  type Me,
  MIN_PASSWORD,
  type Permission,
  type RoleScopes,
  type Scope,
  type SecondStepDue,
  type SecondStepMethod,
  type SignedIn,
  type User,
  type UserSettings,
  type Workspace,
} from '@threadline/contracts';
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  IsBoolean,
  IsDefined,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsTimeZone,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateNested,
} from 'class-validator';
import { AccountAddress, DisplayName, MayBeAbsent } from '../../platform/http';

export class RegisterDto {
  /** Becomes the sign-in name. */
  @AccountAddress()
  @MaxLength(320)
  email: string;

  /** 15 characters or more, up to 256, taken exactly as typed. */
  @IsString()
  @MinLength(MIN_PASSWORD)
  @MaxLength(MAX_PASSWORD)
  @Matches(/^[^\0]*$/, { message: 'password must not contain a NUL character' })
  password: string;

  @DisplayName()
  @Length(1, 200)
  name: string;

  @DisplayName()
  @Length(1, 200)
  workspaceName: string;

  /** The token of the one-time set-up link, for the first person of an installation. */
  @IsOptional()
  @IsString()
  @MaxLength(200)
  setupToken?: string;
}

export class RegistrationStateDto {
  /** False: workspaces are made with a set-up link only; people come in by invitation, single sign-on or provisioning. */
  open: boolean;
}

export class LoginDto {
  /** What is no address opens nothing, as any that is unknown. */
  @IsString()
  @MaxLength(320)
  email: string;

  @IsString()
  @MinLength(1)
  @MaxLength(MAX_PASSWORD)
  password: string;
}

export class UserDto implements User {
  id: string;
  email: string;
  name: string;
}

export class WorkspaceDto implements Workspace {
  id: string;
  name: string;
  createdAt: string;
  /** True for the workspace of made-up leads. */
  demo: boolean;
}

export class WorkspaceChangeDto {
  @MayBeAbsent()
  @DisplayName()
  @Length(1, 200)
  name?: string;
}

export class SignedInDto implements SignedIn {
  accessToken: string;
  /** Seconds. */
  expiresIn: number;
  user: UserDto;
  workspace: WorkspaceDto;
}

export class SecondStepDueDto implements SecondStepDue {
  /** Not signed in yet: the account has a second factor. */
  @ApiProperty({ enum: [true] })
  mfaRequired: true;
  /** Stands for this sign-in; good for one sign-in within five minutes, and no bearer token. */
  mfaToken: string;
  /** What the account can show. */
  methods: SecondStepMethod[];
}

export class RefreshedDto {
  accessToken: string;
  /** Seconds. */
  expiresIn: number;
}

export class InstallationDto {
  /** True while mail goes to the built-in mailbox. */
  mailbox: boolean;
}

export class RoleScopesDto implements RoleScopes {
  leads: Scope;
  conversations: Scope;
}

export class MeDto implements Me {
  user: UserDto;
  /** Whether the address is confirmed to be theirs, by a link that was mailed there. */
  addressConfirmed: boolean;
  workspace: WorkspaceDto;
  roleId: string;
  /** The built-in role's word, or the custom role's name. */
  role: string;
  permissions: Permission[];
  /** How far the permissions reach among leads and conversations. */
  scopes: RoleScopesDto;
  /** True while the workspace asks for a second factor that this person has not added; little else is open then. */
  secondFactorMissing: boolean;
  installation: InstallationDto;
}

export class NotificationSettingsDto {
  @IsBoolean()
  replies: boolean;
  @IsBoolean()
  opens: boolean;
  @IsBoolean()
  clicks: boolean;
  @IsBoolean()
  assignments: boolean;
  @IsBoolean()
  desktop: boolean;
}

export class UserSettingsDto implements UserSettings {
  @IsBoolean()
  autonomousMode: boolean;

  @IsDefined()
  @ValidateNested()
  @Type(() => NotificationSettingsDto)
  notifications: NotificationSettingsDto;

  /** IANA name, for example Europe/Paris. */
  @IsTimeZone()
  timezone: string;

  @IsIn(['system', 'light', 'dark'])
  theme: 'system' | 'light' | 'dark';

  /** Seconds a sent message can be taken back. */
  @IsInt()
  @Min(0)
  @Max(30)
  undoSeconds: number;

  /** In answers: false while these are the defaults, because the caller has never saved any. A PUT may repeat it. */
  @IsOptional()
  @IsBoolean()
  saved?: boolean;
}
