import {
  MAX_PASSWORD,
  type Me,
  type Member,
  MIN_PASSWORD,
  type Permission,
  type RoleScopes,
  type Scope,
  type SignedIn,
  type User,
  type UserSettings,
  type Workspace,
} from '@threadline/contracts';
import { Type } from 'class-transformer';
import {
  IsBoolean,
  IsDefined,
  IsEmail,
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
import { MayBeAbsent } from '../../platform/http';

const VISIBLE = /^[^\p{Cc}]*\S[^\p{Cc}]*$/u;

export class RegisterDto {
  /** Becomes the sign-in name. */
  @IsEmail()
  @MaxLength(320)
  email: string;

  /** 15 characters or more, up to 256, taken exactly as typed. */
  @IsString()
  @MinLength(MIN_PASSWORD)
  @MaxLength(MAX_PASSWORD)
  @Matches(/^[^\0]*$/, { message: 'password must not contain a NUL character' })
  password: string;

  @IsString()
  @Length(1, 200)
  @Matches(VISIBLE, { message: 'name must contain visible characters only' })
  name: string;

  @IsString()
  @Length(1, 200)
  @Matches(VISIBLE, { message: 'workspaceName must contain visible characters only' })
  workspaceName: string;

  /** The token of the one-time set-up link, for the first person of an installation. */
  @IsOptional()
  @IsString()
  @MaxLength(200)
  setupToken?: string;
}

export class LoginDto {
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
  @IsString()
  @Length(1, 200)
  @Matches(VISIBLE, { message: 'name must contain visible characters only' })
  name?: string;
}

export class SignedInDto implements SignedIn {
  accessToken: string;
  /** Seconds. */
  expiresIn: number;
  user: UserDto;
  workspace: WorkspaceDto;
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
  workspace: WorkspaceDto;
  roleId: string;
  /** The built-in role's word, or the custom role's name. */
  role: string;
  permissions: Permission[];
  /** How far the permissions reach among leads and conversations. */
  scopes: RoleScopesDto;
  installation: InstallationDto;
}

export class MemberDto implements Member {
  id: string;
  userId: string;
  name: string;
  email: string;
  roleId: string;
  /** The built-in role's word, or the custom role's name. */
  role: string;
  teamIds: string[];
  /** True when they have a second factor. */
  secondFactor: boolean;
  joinedAt: string;
}

export class MemberListDto {
  items: MemberDto[];
  /** Always null: a workspace's members come as one page. */
  nextCursor: string | null;
  /** The log's position that this page contains. */
  asOf: number;
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
}
