import { hash } from 'node:crypto';
import { createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '../refusal';

/** Where the log stands says nothing about the thing itself: it moves with every event of the workspace. */
const AS_OF = ',"asOf":';
const END_OF_AS_OF = /^\d+\}$/;
const JSON_TYPE = /^application\/json\b/;

/** The entity tag of a JSON answer: strong, of the whole body but `asOf`. */
export function etagOf(body: string): string {
  return `"${hash('sha256', withoutAsOf(body), 'base64url').slice(0, 27)}"`;
}

/** Looked for from the end, where it stands: every answer comes through here. */
function withoutAsOf(body: string): string {
  const at = body.lastIndexOf(AS_OF);
  return at !== -1 && END_OF_AS_OF.test(body.slice(at + AS_OF.length)) ? `${body.slice(0, at)}}` : body;
}

/** Gives every JSON answer to a GET its ETag, and answers 304 to who has it already. */
export function tagAnswers(fastify: FastifyInstance, isTagged: (url: string) => boolean): void {
  fastify.addHook('onSend', (request, reply, payload, done) => {
    if (typeof payload !== 'string' || !takesTag(request, reply) || !isTagged(request.url)) {
      return done(null, payload);
    }
    const tag = etagOf(payload);
    void reply.header('etag', tag);
    const known = request.headers['if-none-match'];
    if (known === undefined || !names(known, tag, 'weak')) return done(null, payload);
    void reply.code(304).removeHeader('content-type').removeHeader('content-length');
    done(null, null);
  });
}

function takesTag(request: FastifyRequest, reply: FastifyReply): boolean {
  return (
    request.method === 'GET' &&
    reply.statusCode === 200 &&
    !reply.hasHeader('etag') &&
    JSON_TYPE.test(String(reply.getHeader('content-type') ?? ''))
  );
}

/** Whether a list of tags, or `*`, names this one. RFC 9110: `If-Match` takes no weak ones. */
function names(header: string, tag: string, comparison: 'strong' | 'weak'): boolean {
  return header.split(',').some((entry) => {
    const each = entry.trim();
    return each === '*' || each === tag || (comparison === 'weak' && each === `W/${tag}`);
  });
}

/** What a caller takes the thing to be that it wants to change. */
export class Precondition {
  constructor(private readonly ifMatch: string) {}

  /**
   * @param current what GET answers with, less `asOf`; read under the lock that the change holds
   * @throws Refusal `precondition_failed` with `current` when it is something else by now
   */
  check(current: object): void {
    if (!names(this.ifMatch, etagOf(JSON.stringify(current)), 'strong')) {
      throw new Refusal('precondition_failed', { current });
    }
  }
}

const PRECONDITIONED = Symbol('preconditioned');

/** The route takes `If-Match`; see `@IfMatch()`. */
export const Preconditioned = () => SetMetadata(PRECONDITIONED, true);

export function isPreconditioned(handler: object): boolean {
  return Reflect.getMetadata(PRECONDITIONED, handler) === true;
}

/** The `If-Match` of the request, null without one. */
export const IfMatch = createParamDecorator((_: unknown, context: ExecutionContext): Precondition | null => {
  const header = context.switchToHttp().getRequest<FastifyRequest>().headers['if-match'];
  return header === undefined ? null : new Precondition(header);
});
