import { createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import type { Permission } from '@threadline/contracts';
import type { FastifyRequest } from 'fastify';
import type { Actor } from './actor';

/**
 * `signed-in`: any person with a session; `known`: any member, by a session or by an API key of theirs;
 * `provisioning`: a directory with its SCIM token.
 */
export type Right = Permission | 'signed-in' | 'known' | 'provisioning';
/** Who may pass: holders of a right, or everybody. */
export type Door = { permission: Right } | 'public';

const DOOR = Symbol('door');
const PROOF = Symbol('proof');
const ENROLLING = Symbol('enrolling');

/** The route needs this permission; `signed-in` for what every member may do. */
export const Require = (permission: Right) => SetMetadata(DOOR, { permission } satisfies Door);

/** The route is open to the world. Rare: say why beside it. */
export const Public = () => SetMetadata(DOOR, 'public' satisfies Door);

/** What a proof is asked for: an act in the workspace, or one on the account, which may reach into others. */
export type ProofFor = 'workspace' | 'account';

/**
 * The route does something that a stolen session must not be able to: the person has to have proved who they are within
 * the last fifteen minutes (ASVS 7.5.1). 403 `proof_required` otherwise; see POST /api/auth/prove. For what changes how
 * an account is signed in to, the word of one workspace's identity provider is not enough.
 */
export const NeedsProof = (of: ProofFor = 'workspace') => SetMetadata(PROOF, of);

/** The route stays open to people who still have to add the second factor that their workspace asks for. */
export const OpenWhileEnrolling = () => SetMetadata(ENROLLING, true);

/** The door of a route; undefined when nobody decided, which the guard treats as closed. */
export function doorOf(target: object): Door | undefined {
  return Reflect.getMetadata(DOOR, target) as Door | undefined;
}

/** What a route asks a fresh proof for; undefined when it asks for none. */
export function needsProof(target: object): ProofFor | undefined {
  return Reflect.getMetadata(PROOF, target) as ProofFor | undefined;
}

/** Whether a route is open before the second factor that a workspace asks for. */
export function isOpenWhileEnrolling(target: object): boolean {
  return Reflect.getMetadata(ENROLLING, target) === true;
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
