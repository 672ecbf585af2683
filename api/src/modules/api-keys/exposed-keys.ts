import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { API_KEY_PREFIX } from '@threadline/contracts';
import type { FastifyInstance } from 'fastify';
import { systemActor } from '../../platform/access';
import { Refusal } from '../../platform/refusal';
import { provesItself, readToken, type TokenClaim } from '../../platform/secrets';
import { Beside, UnitOfWork } from '../../platform/work';
import { ApiKeys } from './api-keys.service';
import { KeyDirectory } from './key-directory';

const ANY_KEY = new RegExp(`${API_KEY_PREFIX}\\w+`, 'g');

/**
 * Addresses are written into logs, histories and referrers. A key that comes in one is not taken, wherever it is sent;
 * if it is a good one, it is marked as exposed and its maker is told.
 */
@Injectable()
export class ExposedKeys implements OnModuleInit {
  constructor(
    private readonly http: HttpAdapterHost,
    private readonly directory: KeyDirectory,
    private readonly keys: ApiKeys,
    private readonly work: UnitOfWork,
    private readonly beside: Beside,
  ) {}

  onModuleInit(): void {
    const fastify = this.http.httpAdapter.getInstance<FastifyInstance>();
    fastify.addHook('onRequest', (request, _reply, done) => {
      done(this.isIn(request.url) ? new Refusal('unauthenticated', { detail: HEADER_ONLY }) : undefined);
    });
  }

  /** Whether there is a key in the query of an address; a good one is marked, after the answer. */
  isIn(url: string): boolean {
    const start = url.indexOf('?');
    if (start < 0 || !url.includes(API_KEY_PREFIX.slice(0, 2), start)) return false;
    const words = [...new URLSearchParams(url.slice(start + 1))].flat().flatMap((word) => word.match(ANY_KEY) ?? []);
    const claims = words.flatMap((word) => readToken(API_KEY_PREFIX, word) ?? []);
    for (const claim of claims) this.beside.run('marking an exposed API key', () => this.mark(claim));
    return claims.length > 0;
  }

  private async mark(claim: TokenClaim): Promise<void> {
    const key = await this.directory.find(claim.id);
    if (!key || !provesItself(claim, key.secretHash)) return;
    await this.work.run(systemActor(key.actor.workspaceId, 'api_keys'), (tx) => this.keys.markExposed(tx, claim.id));
  }
}

const HEADER_ONLY =
  'An API key never goes into an address, because addresses are logged. Send it as Authorization: Bearer, and replace this one.';
