import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  BUILT_IN_ROLES,
  type BuiltInRole,
  type Permission,
  PERMISSIONS,
  type Role,
  type RoleScopes,
  type Scope,
  SCOPES,
} from '@threadline/contracts';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsIn, IsObject, Length, MaxLength, ValidateNested } from 'class-validator';
import { Id, Line, MayBeAbsent } from '../../../platform/http';

const KNOWN = { each: true, message: `each of permissions must be one of: ${PERMISSIONS.join(', ')}` };

/** How far a role reaches: `own`, `team` (and own), `all`. */
export class ScopesDto implements RoleScopes {
  @IsIn(SCOPES)
  @ApiProperty({ enum: SCOPES })
  leads: Scope;

  @IsIn(SCOPES)
  @ApiProperty({ enum: SCOPES })
  conversations: Scope;
}

export class CreateRoleDto {
  /** No two roles of a workspace share one, in whatever case. */
  @Line()
  @Length(1, 60)
  name: string;

  @MayBeAbsent()
  @Line()
  @MaxLength(300)
  description?: string;

  @IsArray()
  @ArrayMaxSize(PERMISSIONS.length)
  @IsIn(PERMISSIONS, KNOWN)
  @ApiProperty({ enum: PERMISSIONS, isArray: true })
  permissions: Permission[];

  /** Everything when absent. */
  @MayBeAbsent()
  @IsObject()
  @ValidateNested()
  @Type(() => ScopesDto)
  scopes?: ScopesDto;
}

export class ChangeRoleDto {
  @MayBeAbsent()
  @Line()
  @Length(1, 60)
  name?: string;

  @MayBeAbsent()
  @Line()
  @MaxLength(300)
  description?: string;

  /** Replaces the whole list. */
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(PERMISSIONS.length)
  @IsIn(PERMISSIONS, KNOWN)
  @ApiPropertyOptional({ enum: PERMISSIONS, isArray: true })
  permissions?: Permission[];

  @MayBeAbsent()
  @IsObject()
  @ValidateNested()
  @Type(() => ScopesDto)
  scopes?: ScopesDto;
}

export class RoleParams {
  @Id()
  id: string;
}

export class RoleDto implements Role {
  id: string;
  name: string;
  description: string;
  /** Its word when it is built in, and so cannot be changed; null for a custom role. */
  @ApiProperty({ enum: BUILT_IN_ROLES, nullable: true })
  builtIn: BuiltInRole | null;
  @ApiProperty({ enum: PERMISSIONS, isArray: true })
  permissions: Permission[];
  scopes: ScopesDto;
  /** How many have it. */
  members: number;
}

export class RoleListDto {
  items: RoleDto[];
  /** Always null: a workspace's roles come as one page. */
  nextCursor: string | null;
  /** The log's position that this page contains. */
  asOf: number;
}
