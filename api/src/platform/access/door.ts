import { createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import type { Permission } from '@threadline/contracts';
import type { FastifyRequest } from 'fastify';
import type { Actor } from './actor';

/** Who may pass: holders of one permission, anyone signed in, or everybody. */
export type Door = { permission: Permission | 'signed-in' } | 'public';

const DOOR = Symbol('door');

/** The route needs this permission; `signed-in` for what every member may do. */
export const Require = (permission: Permission | 'signed-in') => SetMetadata(DOOR, { permission } satisfies Door);

/** The route is open to the world. Rare: say why beside it. */
export const Public = () => SetMetadata(DOOR, 'public' satisfies Door);

/** The door of a route; undefined when nobody decided, which the guard treats as closed. */
export function doorOf(target: object): Door | undefined {
  return Reflect.getMetadata(DOOR, target) as Door | undefined;
}

/** A request that has passed the guard. */
export interface AuthenticatedRequest extends FastifyRequest {
  actor?: Actor;
}

/** The actor of the request. */
export const CurrentActor = createParamDecorator((_: unknown, context: ExecutionContext): Actor => {
  const { actor } = context.switchToHttp().getRequest<AuthenticatedRequest>();
  if (!actor) throw new Error('CurrentActor is used on a public route');
  return actor;
});
