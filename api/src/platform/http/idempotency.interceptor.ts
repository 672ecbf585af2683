import { createHash } from 'node:crypto';
import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { type Observable, from, of, switchMap, throwError, catchError } from 'rxjs';
import type { Actor } from '../access';
import { IdempotencyKeys, KeyTaken } from '../work';
import { Refusal } from '../refusal';
import { currentRequest } from '../request';

interface PostRequest {
  method: string;
  url: string;
  body: unknown;
  actor?: Actor;
  headers: Record<string, string | string[] | undefined>;
}

const KEY = /^[\x21-\x7e]{1,255}$/;

/**
 * `Idempotency-Key` on any POST of a signed-in caller: the same key and body within 24 hours answers the first result
 * again and does nothing twice. The result is remembered by the unit of work itself, in the transaction that makes it
 * true; here it is only looked up.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(private readonly keys: IdempotencyKeys) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (context.getType() !== 'http') return next.handle();
    const request = context.switchToHttp().getRequest<PostRequest>();
    const key = request.headers['idempotency-key'];
    const { actor } = request;
    const scope = currentRequest();
    if (request.method !== 'POST' || key === undefined || !actor || !scope) return next.handle();
    if (typeof key !== 'string' || !KEY.test(key)) {
      throw new Refusal('invalid_input', {
        errors: [{ path: 'Idempotency-Key', message: 'must be 1 to 255 printable characters' }],
      });
    }
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const fingerprint = createHash('sha256')
      .update(`${request.url}\n${JSON.stringify(request.body ?? null)}`)
      .digest();
    scope.idempotency = { key, fingerprint, status: reply.statusCode, remembered: false };

    const answerAgain = () => from(this.replay(actor, key, fingerprint, reply));
    return answerAgain().pipe(
      switchMap((stored) => (stored.found ? of(stored.body) : next.handle())),
      catchError((error: unknown) =>
        error instanceof KeyTaken
          ? answerAgain().pipe(
              switchMap((stored) =>
                stored.found ? of(stored.body) : throwError(() => new Refusal('idempotency_in_progress')),
              ),
            )
          : throwError(() => error),
      ),
    );
  }

  private async replay(actor: Actor, key: string, fingerprint: Buffer, reply: FastifyReply) {
    const stored = await this.keys.find(actor, key);
    if (!stored) return { found: false as const };
    if (!stored.fingerprint.equals(fingerprint)) throw new Refusal('idempotency_key_reused');
    void reply.code(stored.status).header('idempotency-replayed', 'true');
    return { found: true as const, body: stored.body };
  }
}
