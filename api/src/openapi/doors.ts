import type { INestApplication } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { REFUSALS } from '../refusals';
import { type Door, doorOf, isOpenWhileEnrolling, needsProof } from '../platform/access';
import { type Deprecation, deprecationOf, isPreconditioned, operationIdOf } from '../platform/http';

/** What a route asks of who calls it, and how it refuses. */
export interface RouteManners {
  door: Door | undefined;
  needsProof: boolean;
  openWhileEnrolling: boolean;
  preconditioned: boolean;
  deprecation: Deprecation | undefined;
  /** The codes it refuses with by itself, found in the sources. */
  refusals: readonly string[];
}

/** The manners of every route, by operation id. Works without instances too: the description is made in preview mode. */
export function mannersOf(app: INestApplication): Map<string, RouteManners> {
  const found = new Map<string, RouteManners>();
  for (const module of app.get(ModulesContainer).values()) {
    for (const { metatype } of module.controllers.values()) {
      if (typeof metatype !== 'function') continue;
      const prototype = metatype.prototype as Record<string, unknown>;
      for (const name of Object.getOwnPropertyNames(prototype)) {
        const handler = prototype[name];
        if (typeof handler !== 'function' || name === 'constructor') continue;
        found.set(operationIdOf(metatype.name, name), {
          door: doorOf(handler) ?? doorOf(metatype),
          needsProof: needsProof(handler) !== undefined,
          openWhileEnrolling: isOpenWhileEnrolling(handler),
          preconditioned: isPreconditioned(handler),
          deprecation: deprecationOf(handler),
          refusals: REFUSALS[`${metatype.name}.${name}`] ?? [],
        });
      }
    }
  }
  return found;
}
