import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsInt, IsString, IsUUID, Matches, ValidateBy, ValidateIf } from 'class-validator';
import { accountAddress } from '../account-address';
import { toWhole } from './page.dto';

/** Line ends, control characters, and halves of characters, which PostgreSQL cannot keep. */
const ONE_LINE = /^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}]*$/u;
/** Text of several lines: everything that PostgreSQL can keep. */
const KEEPABLE = /^[^\0\p{Cs}]*$/u;
/** What turns the direction of writing, or shows as nothing. */
const UNSEEN = /[\u200B\u202A-\u202E\u2066-\u2069\uFEFF]/gu;

/** A line of text, without the spaces around it. Its length is for `@Length` to say. */
export function Line(): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim().normalize() : value)),
    IsString(),
    Matches(ONE_LINE, { message: '$property must be one line without control characters' }),
  );
}

/** What people call themselves and their workspaces: a line without what would let it pose as another one. */
export function DisplayName(): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.replace(UNSEEN, '') : value)),
    Line(),
  );
}

/** As `Line`, and an empty one means none: null. For fields that may be null. */
export function OptionalLine(): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }: { value: unknown }) =>
      typeof value === 'string' ? value.trim().normalize() || null : value,
    ),
    ValidateIf((_, value) => value !== undefined && value !== null),
    IsString(),
    Matches(ONE_LINE, { message: '$property must be one line without control characters' }),
  );
}

/** Text exactly as it was written. */
export function Text(): PropertyDecorator {
  return applyDecorators(
    IsString(),
    Matches(KEEPABLE, { message: '$property must be well-formed text without NUL characters' }),
  );
}

/** An id as callers give it; compared in lower case. */
export function Id(): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.toLowerCase() : value)),
    IsUUID('all', { message: '$property must be a UUID' }),
  );
}

/** The address of an account, whether there is one or not, in the form in which it is kept. */
export function AccountAddress(): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }: { value: unknown }) =>
      typeof value === 'string' ? (accountAddress(value) ?? value) : value,
    ),
    ValidateBy(
      {
        name: 'accountAddress',
        validator: { validate: (value) => typeof value === 'string' && accountAddress(value) === value },
      },
      { message: '$property must be an email, with ASCII characters only before the @' },
    ),
  );
}

/** May be left out, but not null. (`@IsOptional` lets null pass too.) */
export function MayBeAbsent(): PropertyDecorator {
  return ValidateIf((_, value) => value !== undefined);
}

/** A whole number in a query string. */
export function Whole(): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }: { value: unknown }) => toWhole(value)),
    IsInt(),
  );
}
