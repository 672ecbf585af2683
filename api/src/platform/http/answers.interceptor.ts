import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { map, type Observable } from 'rxjs';
import type { AuthenticatedRequest } from '../access';
import { Refusal } from '../refusal';
import { AnswerShapes, operationIdOf } from './answer-shapes';
import { inBatch } from './batch-scope';
import { deprecationOf, soonest, tellEnding } from './deprecations';
import { readSelection, select, type Selection } from './field-selection';
import { ApiVersions, VERSION_HEADER } from './versions';

/**
 * How an answer is told: in the version that the caller was written for, with the fields it asks for, and with a word on
 * what is going to end. The handlers below know nothing of it.
 */
@Injectable()
export class AnswersInterceptor implements NestInterceptor {
  constructor(
    private readonly versions: ApiVersions,
    private readonly shapes: AnswerShapes,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (context.getType() !== 'http') return next.handle();
    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const version = this.versions.asked(request.headers[VERSION_HEADER]) ?? this.versions.usualFor(request.actor);
    const newest = version === this.versions.newest;
    const deprecation = deprecationOf(context.getHandler());
    const query = request.query as Record<string, unknown>;
    const batched = inBatch();
    // What nearly every request is.
    if (newest && !deprecation && !batched && query['fields'] === undefined) return next.handle();

    const operationId = operationIdOf(context.getClass().name, context.getHandler().name);
    if (batched) this.refuseUnlessJson(operationId);
    const wanted = this.takeSelection(operationId, query);
    if (!newest) {
      void reply.header(VERSION_HEADER, version);
      if (request.body !== undefined) request.body = this.versions.fromOlder(version, operationId, request.body);
    }
    const ending = soonest(deprecation, newest ? undefined : this.versions.endingOf(version));
    if (ending) tellEnding(reply, ending);
    return next.handle().pipe(
      map((answer: unknown) => {
        const told = newest ? answer : this.versions.toOlder(version, operationId, answer);
        return wanted ? select(told, wanted) : told;
      }),
    );
  }

  private refuseUnlessJson(operationId: string): void {
    if (this.shapes.of(operationId)?.json) return;
    throw new Refusal('invalid_input', {
      detail: 'This cannot be part of a batch: it is no JSON.',
      errors: [{ path: 'path', message: 'Ask for this by itself.' }],
    });
  }

  /** Takes `fields` out of the query, which nobody below knows. */
  private takeSelection(operationId: string, query: Record<string, unknown>): Selection | null {
    if (query['fields'] === undefined) return null;
    const answering = this.shapes.of(operationId);
    if (!answering?.shape || answering.ownFields) return null;
    const wanted = readSelection(query['fields'], answering.shape);
    delete query['fields'];
    return wanted;
  }
}
