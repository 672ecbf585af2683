import type { ScimToken } from '@threadline/contracts';
import { Length } from 'class-validator';
import { Line } from '../../../platform/http';

export class ScimTokenInputDto {
  /** Which directory it is for, 1 to 100 characters. */
  @Line()
  @Length(1, 100)
  name: string;
}

export class ScimTokenMakerDto {
  id: string;
  name: string;
}

export class ScimTokenDto implements ScimToken {
  id: string;
  name: string;
  /** The visible beginning of the token, to recognise it by. */
  prefix: string;
  createdBy: ScimTokenMakerDto;
  createdAt: string;
  /** Exact to the minute. */
  lastUsedAt: string | null;
}

export class NewScimTokenDto extends ScimTokenDto {
  /** The token itself, shown this once; null when an Idempotency-Key answers again. */
  token: string | null;
}

export class ScimTokenListDto {
  items: ScimTokenDto[];
  nextCursor: string | null;
  /** The log's head when it was read. */
  asOf: number;
  /** The address that directories are given as their base URL. */
  baseUrl: string;
}
