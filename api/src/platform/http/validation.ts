import { ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { Refusal } from '../refusal';

/** Bodies and queries are checked against their DTO; unknown fields are refused by name, nothing is converted silently. */
export function validationPipe(): ValidationPipe {
  return new ValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    transform: true,
    transformOptions: { enableImplicitConversion: false, exposeDefaultValues: true },
    stopAtFirstError: true,
    exceptionFactory: (errors) => new Refusal('invalid_input', { errors: flatten(errors) }),
  });
}

function flatten(errors: ValidationError[], parent = ''): { path: string; message: string }[] {
  return errors.flatMap((error) => {
    const path = parent ? `${parent}.${error.property}` : error.property;
    const own = Object.values(error.constraints ?? {}).map((message) => ({ path, message: sentence(message) }));
    return [...own, ...flatten(error.children ?? [], path)];
  });
}

function sentence(message: string): string {
  return message.replace(/^property (\S+) should not exist$/, '$1 is not a field of this request');
}
