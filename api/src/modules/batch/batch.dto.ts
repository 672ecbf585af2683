import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsObject,
  Length,
  ValidateNested,
} from 'class-validator';
import { Type } from 'class-transformer';
import { Line, MayBeAbsent } from '../../platform/http';
import { BATCH_METHODS, type BatchMethod, MOST_REQUESTS } from './batch.rules';

/** One request of a batch. */
export class BatchRequestDto {
  /** Yours, to know its answer by; no two of a batch share one. */
  @Line()
  @Length(1, 100)
  id: string;

  @IsIn(BATCH_METHODS)
  @ApiProperty({ enum: BATCH_METHODS, description: 'The HTTP method.' })
  method: BatchMethod;

  /** Below /api, with its query: `/api/leads?limit=2`. */
  @Line()
  @Length(5, 2_000)
  path: string;

  /** JSON, for methods that take a body. */
  @MayBeAbsent()
  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    description: 'JSON, for methods that take a body.',
  })
  body?: unknown;

  /** `Idempotency-Key`, `If-Match`, `If-None-Match` and `Threadline-Version`; all else is that of the batch. */
  @MayBeAbsent()
  @IsObject()
  @ApiPropertyOptional({ type: 'object', additionalProperties: { type: 'string' } })
  headers?: Record<string, string>;
}

export class BatchDto {
  /** Up to 50, done one after the other. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_REQUESTS)
  @ArrayUnique(({ id }: BatchRequestDto) => id, { message: 'each id must stand in one request only' })
  @ValidateNested({ each: true })
  @Type(() => BatchRequestDto)
  requests: BatchRequestDto[];
}

/** What one request was answered with. */
export class BatchAnswerDto {
  /** The id of the request. */
  id: string;
  /** The HTTP status. */
  status: number;
  /** Those that say something: `x-request-id`, `etag`, `ratelimit-*`, `retry-after` and the like, in lower case. */
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' } })
  headers: Record<string, string>;
  /** The JSON that it was answered with; null when there was none. */
  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true })
  body: unknown;
}

export class BatchAnswersDto {
  /** One for each request, in their order. */
  responses: BatchAnswerDto[];
}
