import type { WorkspacePolicies } from '@threadline/contracts';
import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsInt,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';

/** As long as a list sensibly gets. */
const MOST = 100;
/** A name of two labels or more, each of 63 characters at most (RFC 1035). */
const DOMAIN = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/;

const trimmed = ({ value }: { value: unknown }): unknown =>
  Array.isArray(value)
    ? value.map((each: unknown) => (typeof each === 'string' ? each.trim().toLowerCase() : each))
    : value;

export class WorkspacePoliciesDto implements WorkspacePolicies {
  /** Every member needs a second factor; passwords may then be 8 characters long. */
  @IsBoolean()
  secondFactorRequired: boolean;

  /** Passwords are not taken; owners marked as break-glass keep theirs. */
  @IsBoolean()
  ssoOnly: boolean;

  /** Days after which an unused session ends. */
  @IsInt()
  @Min(1)
  @Max(30)
  sessionIdleDays: number;

  /** Days after which any session ends. */
  @IsInt()
  @Min(1)
  @Max(90)
  sessionMaxDays: number;

  /** Mail domains that invited people may have, for example example.com; empty for any. */
  @Transform(trimmed)
  @IsArray()
  @ArrayMaxSize(MOST)
  @ArrayUnique()
  @IsString({ each: true })
  @Matches(DOMAIN, { each: true, message: 'each of allowedEmailDomains must be a domain such as example.com' })
  allowedEmailDomains: string[];

  /** Networks (CIDR) from which the workspace can be used, for example 192.0.2.0/24; empty for any. */
  @Transform(trimmed)
  @IsArray()
  @ArrayMaxSize(MOST)
  @ArrayUnique()
  @IsString({ each: true })
  @MaxLength(50, { each: true })
  allowedNetworks: string[];
}
