import { ApiProperty } from '@nestjs/swagger';
import {
  type GroupRole,
  type LinkedIdentity,
  SSO_PRESETS,
  type SsoChoice,
  type SsoPreset,
  type SsoProvider,
  type SsoStart,
  type SsoTest,
} from '@threadline/contracts';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsString,
  Length,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { AccountAddress, Id, Line, MayBeAbsent, OptionalLine } from '../../platform/http';

/** As a name server has it; `*` and public suffixes alone are nobody's. */
const DOMAIN = /^(?=.{4,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+$/;
const lower = ({ value }: { value: unknown }) =>
  Array.isArray(value)
    ? value.map((each: unknown) => (typeof each === 'string' ? each.trim().toLowerCase() : each))
    : value;

export class GroupRoleDto implements GroupRole {
  /** As the provider writes it in its claim. */
  @Line()
  @Length(1, 200)
  group: string;

  @Id()
  roleId: string;
}

/** What can be left out of a provider, new or changed. */
export class ProviderOptionsDto {
  /** Mail domains of who may join. They are the workspace's own word: another one may name the same. */
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(50)
  @Transform(lower)
  @ArrayUnique()
  @Matches(DOMAIN, { each: true, message: 'each of domains must be a mail domain such as example.com' })
  domains?: string[];

  /** True: whoever the provider vouches for may join. Only without `domains`. */
  @MayBeAbsent()
  @IsBoolean()
  anyDomain?: boolean;

  /** The claim that lists a person's groups; a dot leads into one: `realm_access.roles`. */
  @OptionalLine()
  @MaxLength(200)
  groupsClaim?: string | null;

  /** The first that fits decides. */
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(100)
  @ArrayUnique(({ group }: GroupRole) => group, { message: 'each group can have one role' })
  @ValidateNested({ each: true })
  @Type(() => GroupRoleDto)
  groupRoles?: GroupRoleDto[];

  @MayBeAbsent()
  @IsBoolean()
  enabled?: boolean;
}

export class ProviderChangeDto extends ProviderOptionsDto {
  @MayBeAbsent()
  @Line()
  @Length(1, 60)
  name?: string;

  @MayBeAbsent()
  @IsIn(SSO_PRESETS)
  @ApiProperty({ enum: SSO_PRESETS, required: false })
  preset?: SsoPreset;

  /** Exactly as the provider's discovery document says it. */
  @MayBeAbsent()
  @Line()
  @Length(1, 500)
  issuer?: string;

  @MayBeAbsent()
  @Line()
  @Length(1, 300)
  clientId?: string;

  /** Kept sealed and never answered. */
  @MayBeAbsent()
  @Line()
  @Length(1, 1_000)
  clientSecret?: string;

  /** What a new member becomes; nothing above the caller's own role, and never an owner. */
  @MayBeAbsent()
  @Id()
  defaultRoleId?: string;
}

export class NewProviderDto extends ProviderOptionsDto {
  @Line()
  @Length(1, 60)
  name: string;

  @IsIn(SSO_PRESETS)
  @ApiProperty({ enum: SSO_PRESETS })
  preset: SsoPreset;

  /** Exactly as the provider's discovery document says it. */
  @Line()
  @Length(1, 500)
  issuer: string;

  @Line()
  @Length(1, 300)
  clientId: string;

  /** Kept sealed and never answered. */
  @Line()
  @Length(1, 1_000)
  clientSecret: string;

  /** What a new member becomes; nothing above the caller's own role, and never an owner. */
  @Id()
  defaultRoleId: string;
}

export class ProviderParams {
  @Id()
  id: string;
}

export class ProviderDto implements SsoProvider {
  id: string;
  name: string;
  @ApiProperty({ enum: SSO_PRESETS })
  preset: SsoPreset;
  issuer: string;
  clientId: string;
  defaultRoleId: string;
  domains: string[];
  anyDomain: boolean;
  groupsClaim: string | null;
  groupRoles: GroupRoleDto[];
  enabled: boolean;
  createdAt: string;
  updatedAt: string;
}

export class ProviderListDto {
  items: ProviderDto[];
  /** Always null: they come as one page. */
  nextCursor: string | null;
  /** The log's position that this page contains. */
  asOf: number;
  /** What has to be entered at every provider. */
  redirectUri: string;
  /** User ids of the owners whose passwords are always taken. */
  breakGlass: string[];
}

export class TestStepDto {
  name: string;
  ok: boolean;
  detail: string;
}

export class ProviderTestDto implements SsoTest {
  ok: boolean;
  steps: TestStepDto[];
}

export class BreakGlassDto {
  /** Owners of the workspace; replaces the whole list. */
  @IsArray()
  @ArrayMaxSize(50)
  @ArrayUnique()
  @Matches(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, { each: true, message: 'each of userIds must be a UUID' })
  userIds: string[];
}

export class SsoStartDto {
  /** The provider is found by its domain; whether there is such an account plays no part. */
  @MayBeAbsent()
  @AccountAddress()
  @MaxLength(320)
  email?: string;

  @MayBeAbsent()
  @Id()
  providerId?: string;

  @MayBeAbsent()
  @Id()
  workspaceId?: string;

  /** A path of this origin to go on to. */
  @MayBeAbsent()
  @IsString()
  @MaxLength(500)
  returnTo?: string;
}

export class SsoChoiceDto implements SsoChoice {
  providerId: string;
  name: string;
  @ApiProperty({ enum: SSO_PRESETS })
  preset: SsoPreset;
  workspaceName: string;
}

export class SsoStartedDto implements SsoStart {
  /** The provider's page; null when there is a choice to make first. */
  url: string | null;
  choices: SsoChoiceDto[];
}

export class LinkStartDto {
  @Id()
  providerId: string;
}

export class LinkStartedDto {
  url: string;
}

export class IdentityDto implements LinkedIdentity {
  id: string;
  providerId: string;
  name: string;
  email: string | null;
  linkedAt: string;
  lastUsedAt: string | null;
}

export class OfferedProviderDto {
  id: string;
  name: string;
  @ApiProperty({ enum: SSO_PRESETS })
  preset: SsoPreset;
}

export class IdentityListDto {
  items: IdentityDto[];
  /** Always null: they come as one page. */
  nextCursor: string | null;
  /** Providers of this workspace that can be linked. */
  offered: OfferedProviderDto[];
}
