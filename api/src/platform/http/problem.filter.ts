import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import type { ProblemCode } from '@threadline/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AuthenticatedRequest } from '../access';
import { databaseRefusal } from '../database';
import { Refusal } from '../refusal';
import { Denials } from '../work';

const BY_STATUS: Record<number, ProblemCode> = {
  400: 'malformed_request',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not_found',
  405: 'method_not_allowed',
  413: 'too_large',
  414: 'too_large',
  415: 'unsupported_media_type',
  429: 'too_many_requests',
  431: 'too_large',
  503: 'not_ready',
};

/** Every error leaves through here, as RFC 9457; what is not a refusal says nothing but the request id. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly log = new Logger('http');

  constructor(private readonly denials: Denials) {}

  async catch(error: unknown, host: ArgumentsHost): Promise<void> {
    if (host.getType() !== 'http') throw error;
    const request = host.switchToHttp().getRequest<AuthenticatedRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const refusal = asRefusal(error);
    if (refusal.status >= 500) this.log.error({ err: error, requestId: request.id }, 'request failed');
    await keepDenial(this.denials, request, refusal);
    sendProblem(request, reply, refusal);
  }
}

/** What is answered to somebody who is signed in and did not show that it is them. */
const NOT_SHOWN: ReadonlySet<ProblemCode> = new Set(['invalid_credentials', 'invalid_code', 'invalid_passkey']);

/**
 * Leaves an entry in the audit log when somebody who is known was not allowed to, or gave a wrong password or code;
 * before the answer, so that it is there.
 */
export async function keepDenial(denials: Denials, request: AuthenticatedRequest, refusal: Refusal): Promise<void> {
  const failed = refusal.status === 401 && NOT_SHOWN.has(refusal.code);
  if (!request.actor || (refusal.status !== 403 && !failed)) return;
  const route = `${request.method} ${request.routeOptions.url ?? ''}`;
  await denials.keep(request.actor, { route, code: refusal.code, outcome: failed ? 'failed' : 'denied' });
}

/** The refusal that an error is answered with. */
export function asRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  const fromDatabase = databaseRefusal(error);
  if (fromDatabase) return fromDatabase;
  const status = error instanceof HttpException ? error.getStatus() : statusOf(error);
  return new Refusal(BY_STATUS[status] ?? 'internal');
}

/** Fastify's own errors (body too large, malformed JSON, wrong media type) carry a statusCode below 500. */
function statusOf(error: unknown): number {
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  return status >= 400 && status < 500 ? status : 500;
}

/** Answers with the problem; used by the filter and by Fastify's own error paths. */
export function sendProblem(request: FastifyRequest, reply: FastifyReply, refusal: Refusal): void {
  const instance = request.url.split('?')[0] ?? '/';
  if (refusal.details.retryAfter !== undefined || refusal.status === 503) {
    void reply.header('retry-after', String(refusal.details.retryAfter ?? 2));
  }
  void reply
    .code(refusal.status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .header('cache-control', 'no-store')
    .send(JSON.stringify(refusal.toProblem(instance, request.id)));
}
