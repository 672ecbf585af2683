import { ApiProperty } from '@nestjs/swagger';
import { type ApiKey, type Permission, PERMISSIONS } from '@threadline/contracts';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsISO8601,
  IsOptional,
  IsString,
  Length,
  MaxLength,
} from 'class-validator';
import { Line, MayBeAbsent } from '../../platform/http';

export class ApiKeyInputDto {
  /** What it is for, 1 to 100 characters. */
  @Line()
  @Length(1, 100)
  name: string;

  /** What it may do: of the maker's own permissions, at least one. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayUnique()
  @IsIn(PERMISSIONS, { each: true, message: 'permissions must be known ones' })
  @ApiProperty({ enum: PERMISSIONS, isArray: true })
  permissions: Permission[];

  /** When it stops working; left out or null: never. */
  @IsOptional()
  @IsISO8601({ strict: true })
  @MaxLength(40)
  expiresAt?: string | null;

  /** Addresses and networks (CIDR) it may be used from, up to 50; left out or empty: any. */
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(50)
  @IsString({ each: true })
  @MaxLength(50, { each: true })
  allowedNetworks?: string[];
}

export class ApiKeyMakerDto {
  id: string;
  name: string;
}

export class ApiKeyDto implements ApiKey {
  id: string;
  name: string;
  /** The visible beginning of the key, to recognise it by. */
  prefix: string;
  /** What it was given; what it may do now is bounded by its maker's rights. */
  @ApiProperty({ enum: PERMISSIONS, isArray: true })
  permissions: Permission[];
  createdBy: ApiKeyMakerDto;
  createdAt: string;
  expiresAt: string | null;
  /** Exact to the minute. */
  lastUsedAt: string | null;
  lastUsedIp: string | null;
  allowedNetworks: string[];
  /** When it was first sent where others can read it, such as in an address; null: never. */
  exposedAt: string | null;
  revokedAt: string | null;
}

export class NewApiKeyDto extends ApiKeyDto {
  /** The key itself, shown this once; null when an Idempotency-Key answers again. */
  key: string | null;
}

export class ApiKeyListDto {
  items: ApiKeyDto[];
  nextCursor: string | null;
  /** The log's head when it was read. */
  asOf: number;
}
