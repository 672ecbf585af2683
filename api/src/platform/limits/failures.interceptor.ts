import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { ProblemCode } from '@threadline/contracts';
import type { FastifyRequest } from 'fastify';
import { catchError, from, type Observable, switchMap, throwError } from 'rxjs';
import { Refusal } from '../refusal';
import { Attempts } from './attempts';

/** What somebody is told who guesses links, codes and passwords. */
const GUESSED: ReadonlySet<ProblemCode> = new Set([
  'invalid_token',
  'invalid_code',
  'invalid_passkey',
  'invalid_credentials',
]);
/** Counts for itself, because a browser that signed in before does not wait for strangers. */
const COUNTS_ITSELF = '/api/auth/login';

/**
 * Counts wrong links and codes of all doors together with wrong passwords, by address. Beyond the budget a wrong one is
 * no longer told from a right one that came too late: it is 429. A right one is always taken.
 */
@Injectable()
export class FailuresInterceptor implements NestInterceptor {
  constructor(private readonly attempts: Attempts) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (context.getType() !== 'http') return next.handle();
    const { url, ip } = context.switchToHttp().getRequest<FastifyRequest>();
    if (url.startsWith(COUNTS_ITSELF)) return next.handle();
    return next
      .handle()
      .pipe(
        catchError((error: unknown) =>
          error instanceof Refusal && GUESSED.has(error.code)
            ? from(this.count(ip)).pipe(switchMap(() => throwError(() => error)))
            : throwError(() => error),
        ),
      );
  }

  private async count(ip: string): Promise<void> {
    await this.attempts.admit({ ip });
    await this.attempts.failed({ ip });
  }
}
