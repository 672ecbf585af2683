import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum';
import type { FastifyRequest } from 'fastify';
import { Refusal } from '../refusal';
import { plainSentence } from './field-words';

/** A route that reads no body refuses what is in one by name, as the others refuse fields that their DTO does not know. */
@Injectable()
export class UnaskedBodyGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    if (context.getType() !== 'http') return true;
    const { body } = context.switchToHttp().getRequest<FastifyRequest>();
    if (body === undefined || body === null || Buffer.isBuffer(body) || readsBody(context)) return true;
    if (typeof body !== 'object' || Array.isArray(body)) {
      throw new Refusal('malformed_request', { detail: 'This request takes no body.' });
    }
    const errors = Object.keys(body).map((path) => ({
      path,
      message: plainSentence(`property ${path} should not exist`, path),
    }));
    if (errors.length > 0) throw new Refusal('invalid_input', { errors });
    return true;
  }
}

function readsBody(context: ExecutionContext): boolean {
  const read: unknown = Reflect.getMetadata(ROUTE_ARGS_METADATA, context.getClass(), context.getHandler().name);
  // Parameters of decorators of one's own have keys that begin with a random name, which may begin with the same digit.
  return Object.keys(read ?? {}).some((key) => key.startsWith(`${RouteParamtypes.BODY}:`));
}
