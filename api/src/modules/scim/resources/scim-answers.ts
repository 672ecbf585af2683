import {
  type ArgumentsHost,
  type CallHandler,
  Catch,
  type ExceptionFilter,
  type ExecutionContext,
  Injectable,
  Logger,
  type NestInterceptor,
} from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { type Observable, tap } from 'rxjs';
import { asRefusal, keepDenial } from '../../../platform/http';
import type { AuthenticatedRequest } from '../../../platform/access';
import type { Refusal } from '../../../platform/refusal';
import { Denials } from '../../../platform/work';
import { ScimRefusal, type ScimType } from './scim-refusal';

const SCIM_JSON = 'application/scim+json; charset=utf-8';

/** Answers are of SCIM's media type, say where a new thing is, and nobody keeps them. */
@Injectable()
export class ScimAnswers implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    void reply.header('cache-control', 'no-store');
    if (reply.statusCode !== 204) void reply.header('content-type', SCIM_JSON);
    return next
      .handle()
      .pipe(tap((body) => reply.statusCode === 201 && void reply.header('location', locationOf(body))));
  }
}

function locationOf(body: unknown): string {
  return (body as { meta: { location: string } }).meta.location;
}

/** Errors in SCIM's shape (RFC 7644, 3.12); `code` is ours besides, the same word as everywhere. */
@Catch()
export class ScimErrors implements ExceptionFilter {
  private readonly log = new Logger('scim');

  constructor(private readonly denials: Denials) {}

  async catch(error: unknown, host: ArgumentsHost): Promise<void> {
    const request = host.switchToHttp().getRequest<AuthenticatedRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const refusal = asRefusal(error);
    if (refusal.status >= 500) this.log.error({ err: error, requestId: request.id }, 'a SCIM request failed');
    await keepDenial(this.denials, request, refusal);
    const { retryAfter } = refusal.details;
    if (retryAfter !== undefined || refusal.status === 503) void reply.header('retry-after', String(retryAfter ?? 2));
    const scimType = reasonOf(refusal);
    void reply
      .code(refusal.status)
      .header('content-type', SCIM_JSON)
      .header('cache-control', 'no-store')
      .send(
        JSON.stringify({
          schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
          status: String(refusal.status),
          ...(scimType ? { scimType } : {}),
          detail: wordsOf(refusal),
          code: refusal.code,
        }),
      );
  }
}

function reasonOf(refusal: Refusal): ScimType | undefined {
  if (refusal instanceof ScimRefusal) return refusal.scimType;
  switch (refusal.code) {
    case 'already_member':
    case 'duplicate':
      return 'uniqueness';
    case 'invalid_input':
      return 'invalidValue';
    case 'malformed_request':
      return 'invalidSyntax';
    default:
      return undefined;
  }
}

function wordsOf({ message, details }: Refusal): string {
  const fields = details.errors?.map((each) => `${each.path} ${each.message}`).join('; ');
  return fields ? `${message}: ${fields}` : message;
}
