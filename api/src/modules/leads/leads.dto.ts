import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { type Lead, LEAD_STATUSES, type LeadStatus } from '@threadline/contracts';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  MaxLength,
  ValidateBy,
} from 'class-validator';
import { Id, Line, MayBeAbsent, OptionalLine, PageQuery } from '../../platform/http';
import { isMailAddress } from '../../platform/outbound';
import { customFieldsProblem, MAX_TAGS } from './lead.rules';
import { DEFAULT_ORDER, LEAD_ORDERS, type LeadOrder } from './lead-order';

const TAG = /^(?=.*\S)[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}]*$/u;

/** OpenAPI 3.1 takes a list of types; the types of @nestjs/swagger are of 3.0. */
const CUSTOM_VALUE = { type: ['string', 'number', 'boolean', 'null'] as never };

const IsMailAddress = () =>
  ValidateBy({
    name: 'isMailAddress',
    validator: {
      validate: (value) => typeof value === 'string' && isMailAddress(value),
      defaultMessage: () => '$property must be an e-mail address that mail can be sent to',
    },
  });

const AreTags = () =>
  ValidateBy(
    {
      name: 'areTags',
      validator: {
        validate: (value) => typeof value === 'string' && value.length <= 50 && TAG.test(value),
        defaultMessage: () => 'each of $property must be 1 to 50 characters on one line',
      },
    },
    { each: true },
  );

const AreCustomFields = () =>
  ValidateBy({
    name: 'areCustomFields',
    validator: {
      validate: (value) => customFieldsProblem(value) === null,
      defaultMessage: (given) => `$property ${customFieldsProblem(given?.value) ?? ''}`,
    },
  });

/** What a lead can carry beside its name. */
export class LeadFieldsDto {
  /** Kept in lower case; no two leads of a workspace share one. */
  @OptionalLine()
  @MaxLength(320)
  @IsMailAddress()
  email?: string | null;

  @OptionalLine()
  @MaxLength(50)
  phone?: string | null;

  @OptionalLine()
  @MaxLength(200)
  company?: string | null;

  /** Of the person, for example Head of Purchasing. */
  @OptionalLine()
  @MaxLength(200)
  title?: string | null;

  @MayBeAbsent()
  @IsIn(LEAD_STATUSES)
  status?: LeadStatus;

  /** Up to 50, each up to 50 characters; replaces all that were there. */
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(MAX_TAGS)
  @AreTags()
  tags?: string[];

  /** Up to 100 values by name: text up to 2,000 characters, numbers, true, false or null; replaces all that were there. */
  @MayBeAbsent()
  @AreCustomFields()
  @ApiPropertyOptional({ type: 'object', additionalProperties: CUSTOM_VALUE })
  customFields?: Record<string, string | number | boolean | null>;

  /** The user id of a member. */
  @IsOptional()
  @Id()
  ownerId?: string | null;
}

export class CreateLeadDto extends LeadFieldsDto {
  /** Made by the caller, so that it can show the lead before the answer comes: a UUID of version 7. */
  @MayBeAbsent()
  @Id()
  @IsUUID(7, { message: 'id must be a UUID of version 7' })
  id?: string;

  @Line()
  @Length(1, 200)
  name: string;
}

export class ChangeLeadDto extends LeadFieldsDto {
  @MayBeAbsent()
  @Line()
  @Length(1, 200)
  name?: string;
}

export class LeadParams {
  @Id()
  id: string;
}

export class LeadListParams extends PageQuery {
  /** Found literally in name, e-mail address, company and phone, whatever the case and accents. */
  @OptionalLine()
  q?: string | null;

  @IsOptional()
  @IsIn(LEAD_STATUSES)
  status?: LeadStatus;

  /** Leads that have this tag, whatever the case. */
  @OptionalLine()
  @MaxLength(50)
  tag?: string | null;

  /** The user id of a member. */
  @IsOptional()
  @Id()
  ownerId?: string;

  /** A field, with a minus for descending. Leads without a value stand last either way. */
  @IsOptional()
  @IsString()
  @IsIn(LEAD_ORDERS)
  @ApiProperty({ enum: LEAD_ORDERS, default: DEFAULT_ORDER, required: false })
  sort: LeadOrder = DEFAULT_ORDER;
}

export class LeadDto implements Lead {
  id: string;
  name: string;
  email: string | null;
  phone: string | null;
  company: string | null;
  title: string | null;
  status: LeadStatus;
  tags: string[];
  @ApiProperty({ type: 'object', additionalProperties: CUSTOM_VALUE })
  customFields: Record<string, string | number | boolean | null>;
  /** The user id of the member who owns the lead. */
  ownerId: string | null;
  createdAt: string;
  updatedAt: string;
  /** When something last passed between us and the lead: a message, an open, a click, a reply. */
  lastActivityAt: string | null;
}

/** One lead, and the position in the log it stands for. */
export class LeadSnapshotDto extends LeadDto {
  /** The log's head when it was read: later events are not in it. */
  asOf: number;
}

export class LeadPageDto {
  items: LeadDto[];
  nextCursor: string | null;
  /** The log's head when the page was read: later events are not in it. */
  asOf: number;
}
