import { SetMetadata } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Ending } from './versions';

/** What is going to leave the API. */
export interface Deprecation {
  /** The day it was deprecated: `2027-03-01`. */
  since: string;
  /** The day from which it may be gone. */
  sunset: string;
  /** What to use instead, for people. */
  instead: string;
}

const DEPRECATION = Symbol('deprecation');

/** The route will go. Its answers say so in `Deprecation` (RFC 9745) and `Sunset` (RFC 8594), its description too. */
export const Deprecated = (deprecation: Deprecation) => SetMetadata(DEPRECATION, deprecation);

export function deprecationOf(handler: object): Deprecation | undefined {
  return Reflect.getMetadata(DEPRECATION, handler) as Deprecation | undefined;
}

/** The sooner of the ends that wait for a route and for the version it is called in. */
export function soonest(deprecation: Deprecation | undefined, ending: Ending | undefined): Ending | undefined {
  if (!deprecation) return ending;
  const own = { since: Date.parse(deprecation.since), sunset: Date.parse(deprecation.sunset) };
  return ending && ending.sunset < own.sunset ? ending : own;
}

/** Writes both headers and where the policy stands. */
export function tellEnding(reply: FastifyReply, { since, sunset }: Ending): void {
  void reply
    .header('deprecation', `@${Math.floor(since / 1_000)}`)
    .header('sunset', new Date(sunset).toUTCString())
    .header('link', '</api/docs>; rel="deprecation"; type="text/html"');
}
