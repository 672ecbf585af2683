import { ApiProperty } from '@nestjs/swagger';
import {
  type CatalogueDetail,
  type CatalogueEntry,
  type Envelope,
  type EventType,
  type JsonSchema,
  WEBHOOK_EVENT_TYPES,
} from '@threadline/contracts';
import { IsString, MaxLength } from 'class-validator';
import { EnvelopeDto } from '../../../platform/log';

export class CatalogueParams {
  /** Name of an event type. */
  @IsString()
  @MaxLength(100)
  type: string;
}

export class CatalogueEntryDto implements CatalogueEntry {
  /** What endpoints ask for it by. */
  @ApiProperty({ enum: WEBHOOK_EVENT_TYPES })
  type: EventType;
  /** What it is about: the first part of its name. */
  group: string;
  /** What happened, in words. */
  description: string;
}

export class CatalogueDto {
  /** By what they are about. */
  items: CatalogueEntryDto[];
  /** Always null: all of them are here. */
  nextCursor: string | null;
}

export class CatalogueDetailDto extends CatalogueEntryDto implements CatalogueDetail {
  /** JSON Schema (2020-12) of the envelope's `data`; fields that it does not name may be added. */
  @ApiProperty({ type: 'object', additionalProperties: true })
  schema: JsonSchema;
  /** The newest of the workspace's own that the reader may see; else one made up by the schema. */
  @ApiProperty({ type: EnvelopeDto })
  sample: Envelope;
  /** Whether the sample has happened. */
  own: boolean;
}
