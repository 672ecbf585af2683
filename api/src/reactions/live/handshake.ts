import { randomInt } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import type { HandshakeRefusal } from '@threadline/contracts';
import { ExposedKeys } from '../../modules/api-keys';
import { Authenticator, ClientAddress, letIn } from '../../platform/access';
import { Config } from '../../platform/config';
import { databaseRefusal } from '../../platform/database';
import { Refusal } from '../../platform/refusal';
import { LiveLimits } from './live.limits';
import { Screens } from './screens';
import type { LiveSocket } from './socket.types';

const LONGEST_TOKEN = 8_192;

/** What a refused handshake is told, in `data` of its connect_error. */
export class HandshakeError extends Error {
  constructor(readonly data: HandshakeRefusal) {
    super(data.code);
  }
}

/** Decides who may connect: the same authenticator as for HTTP. */
@Injectable()
export class Handshake {
  private readonly log = new Logger('live');
  private readonly addresses: ClientAddress;
  private closed = false;

  constructor(
    private readonly authenticator: Authenticator,
    private readonly screens: Screens,
    private readonly limits: LiveLimits,
    private readonly exposed: ExposedKeys,
    config: Config,
  ) {
    this.addresses = new ClientAddress(config.trustedProxies);
  }

  /** From now on everybody is sent elsewhere. */
  close(): void {
    this.closed = true;
  }

  /** Puts the actor on the socket. @throws HandshakeError */
  async admit(socket: LiveSocket): Promise<void> {
    try {
      if (this.closed) throw new Refusal('not_ready', { detail: 'This server is being restarted.' });
      const { address, headers, url } = socket.handshake;
      if (this.exposed.isIn(url)) throw new Refusal('unauthenticated', { detail: 'An API key goes into auth.token.' });
      const ip = this.addresses.of(address, headers['x-forwarded-for']) ?? address;
      const actor = await this.authenticator.authenticate(tokenOf(socket), { ip });
      const { credential } = actor;
      if (!credential) throw new Refusal('forbidden');
      letIn(actor, credential.kind === 'session' ? 'signed-in' : 'events:read');
      if (this.screens.ofPerson(actor.workspaceId, actor.id).length >= this.limits.screensPerUser) {
        throw new Refusal('too_many_requests', {
          detail: 'Too many screens of yours are connected. Close some of them.',
        });
      }
      socket.data.actor = actor;
      socket.data.credential = credential;
      socket.data.ip = ip;
    } catch (error) {
      throw new HandshakeError(this.answer(error));
    }
  }

  private answer(error: unknown): HandshakeRefusal {
    const refusal = error instanceof Refusal ? error : (databaseRefusal(error) ?? new Refusal('internal'));
    if (refusal.status >= 500)
      this.log.warn(`a handshake failed: ${error instanceof Error ? error.message : 'unknown'}`);
    const passing = refusal.status >= 500 || refusal.status === 429;
    return {
      code: refusal.code,
      detail: refusal.message,
      // Spread, so that those who were refused together do not come back together.
      ...(passing ? { retryInMs: randomInt(1_000, this.limits.retryWithin) } : {}),
    };
  }
}

function tokenOf(socket: LiveSocket): string {
  const { token } = socket.handshake.auth as { token?: unknown };
  if (typeof token !== 'string' || token === '' || token.length > LONGEST_TOKEN) throw new Refusal('unauthenticated');
  return token;
}
