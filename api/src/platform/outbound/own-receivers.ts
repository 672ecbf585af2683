import { Injectable } from '@nestjs/common';
import type { OutboundAnswer, OutboundRequest } from './outbound.request';

/** What a request to an address of ours is answered with; `signal` says that nobody waits any more. */
export type Receive = (token: string, request: OutboundRequest, signal: AbortSignal) => Promise<OutboundAnswer>;

/** Where receivers stand: what follows is one's token, and nothing else. */
export const RECEIVER_PATH = '/api/webhook-receivers/';
const TOKEN = /^[\w-]{43}$/;

/**
 * The one thing of this server that people may have it call: receivers to try webhooks on. They are called in this
 * process; no connection is made, so that nothing else of the machine can be reached by their addresses.
 */
@Injectable()
export class OwnReceivers {
  private receive: Receive | null = null;

  /** Registers who answers. There is one. */
  answersAre(receive: Receive): void {
    if (this.receive) throw new Error('The receivers are answered for already');
    this.receive = receive;
  }

  /** Who answers at this path of ours, and for which token; null when nobody does. */
  at({ pathname, search }: URL): { token: string; receive: Receive } | null {
    if (!this.receive || search !== '' || !pathname.startsWith(RECEIVER_PATH)) return null;
    const token = pathname.slice(RECEIVER_PATH.length);
    return TOKEN.test(token) ? { token, receive: this.receive } : null;
  }
}
