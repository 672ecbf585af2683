import { Injectable } from '@nestjs/common';
import type { Actor } from '../access';
import { Config } from '../config';
import { sourceOf } from './address.rules';
import { type Count, Tally } from './tally';

const MINUTE = 60_000;

/** How a request stands with one limit. */
export interface Standing {
  limit: number;
  /** Requests left in this window. */
  remaining: number;
  /** Whole seconds until the window begins anew. */
  reset: number;
  /** True for the request that is too many. */
  exceeded: boolean;
}

/** How many requests an address, a person or key, and a workspace may make in a minute. */
@Injectable()
export class RequestLimits {
  constructor(
    private readonly tally: Tally,
    private readonly config: Config,
  ) {}

  /** Counts a request by where it comes from. */
  address(ip: string): Standing | Promise<Standing> {
    return this.count(`a:${sourceOf(ip)}`, this.config.rateLimits.ip);
  }

  /** Counts a request by who makes it, then by the workspace. Answers the tighter of the two. */
  async actor(actor: Actor): Promise<Standing> {
    const { caller, workspace } = this.config.rateLimits;
    const own = await this.count(`c:${callerOf(actor)}`, caller);
    if (own.exceeded) return own;
    return tighter(own, await this.count(`w:${actor.workspaceId}`, workspace));
  }

  private count(key: string, limit: number): Standing | Promise<Standing> {
    const counted = this.tally.add(key, MINUTE);
    return counted instanceof Promise ? counted.then((count) => standing(count, limit)) : standing(counted, limit);
  }
}

/** The one that is nearer to its end. */
export function tighter(one: Standing, other: Standing): Standing {
  if (one.exceeded !== other.exceeded) return one.exceeded ? one : other;
  return other.remaining < one.remaining ? other : one;
}

/** A person is one caller on all of their devices; a key is one by itself. */
function callerOf({ credential, workspaceId, id }: Actor): string {
  return credential?.kind === 'session' || !credential ? `${workspaceId}:${id}` : credential.id;
}

function standing({ count, resetsIn }: Count, limit: number): Standing {
  return {
    limit,
    remaining: Math.max(0, limit - count),
    reset: Math.max(1, Math.ceil(resetsIn / 1_000)),
    exceeded: count > limit,
  };
}
