import { Injectable } from '@nestjs/common';
import { Refusal } from '../refusal';
import type { Actor, Credential } from './actor';
import { inNetworks } from './networks';

/** Where a request or a handshake comes from. */
export interface Caller {
  /** The peer, or what a trusted proxy says of it. */
  ip: string;
}

/** Turns one kind of credential into an actor. Each kind is brought by the module that issues it. */
export interface CredentialReader {
  readonly kind: Credential['kind'];
  /** True for a token of its form. Exactly one reader answers true for a token. */
  reads(token: string): boolean;
  /** @throws Refusal `unauthenticated`, `session_ended`, `network_not_allowed` */
  actor(token: string, caller: Caller): Promise<Actor>;
  /** The actors of those that are still good, always fresh: for sockets and exports, which outlive a request. */
  stillGood(ids: readonly string[]): Promise<Map<string, Actor>>;
}

/** Turns a bearer token into an actor; the HTTP guard and the socket handshake use the same one. */
@Injectable()
export class Authenticator {
  private readonly readers: CredentialReader[] = [];

  /** Called by the modules that issue credentials, when they start. */
  register(reader: CredentialReader): void {
    this.readers.push(reader);
  }

  /** @throws Refusal `unauthenticated`, `session_ended`, `network_not_allowed` */
  async authenticate(token: string, caller: Caller): Promise<Actor> {
    const reader = this.readers.find((each) => each.reads(token));
    if (!reader) throw new Refusal('unauthenticated');
    const actor = await reader.actor(token, caller);
    if (!mayComeFrom(actor, caller)) throw new Refusal('network_not_allowed');
    return actor;
  }

  /** The actors behind credentials of one kind that are still good, by credential id. */
  async stillGood(kind: Credential['kind'], ids: readonly string[]): Promise<Map<string, Actor>> {
    const reader = this.readers.find((each) => each.kind === kind);
    return reader ? reader.stillGood(ids) : new Map();
  }
}

/** Whether the workspace may be used from there: asked again for sockets, when an actor is looked up anew. */
export function mayComeFrom(actor: Actor, caller: Caller): boolean {
  return inNetworks(actor.networks ?? [], caller.ip);
}
