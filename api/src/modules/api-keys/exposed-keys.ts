import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { API_KEY_PREFIX } from '@threadline/contracts';
import type { FastifyInstance } from 'fastify';
import { systemActor } from '../../platform/access';
import { Refusal } from '../../platform/refusal';
import { provesItself, readToken } from '../../platform/secrets';
import { Settling, UnitOfWork } from '../../platform/work';
import { ApiKeys } from './api-keys.service';
import { KeyDirectory } from './key-directory';

const ANY_KEY = new RegExp(`${API_KEY_PREFIX}\\w+`, 'g');

/**
 * Addresses are written into logs, histories and referrers. A key that comes in one is not taken, wherever it is sent;
 * if it is a good one, it is marked as exposed and its maker is told.
 */
@Injectable()
export class ExposedKeys implements OnModuleInit {
  private readonly log = new Logger('api keys');
  private readonly marking = new Set<Promise<void>>();

  constructor(
    private readonly http: HttpAdapterHost,
    private readonly directory: KeyDirectory,
    private readonly keys: ApiKeys,
    private readonly work: UnitOfWork,
    settling: Settling,
  ) {
    settling.register('exposed API keys', () => this.marked());
  }

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
    for (const claim of claims) {
      const marked = this.mark(claim.id, (hash) => provesItself(claim, hash)).finally(() =>
        this.marking.delete(marked),
      );
      this.marking.add(marked);
    }
    return claims.length > 0;
  }

  private async mark(keyId: string, isRight: (hash: Buffer) => boolean): Promise<void> {
    try {
      const key = await this.directory.find(keyId);
      if (!key || !isRight(key.secretHash)) return;
      await this.work.run(systemActor(key.actor.workspaceId, 'api_keys'), (tx) => this.keys.markExposed(tx, keyId));
    } catch (error) {
      this.log.warn({ err: error, keyId }, 'an exposed API key was not marked');
    }
  }

  private async marked(): Promise<boolean> {
    const some = this.marking.size > 0;
    await Promise.all(this.marking);
    return some;
  }
}

const HEADER_ONLY =
  'An API key never goes into an address, because addresses are logged. Send it as Authorization: Bearer, and replace this one.';
