import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { Refusal } from '../../../platform/refusal';

export const SCIM_ROOT = '/scim/v2';

/** Lets `application/scim+json` in, on the SCIM routes alone. What cannot be read reaches them as no body. */
@Injectable()
export class ScimBodies implements OnModuleInit {
  constructor(private readonly http: HttpAdapterHost) {}

  onModuleInit(): void {
    const fastify = this.http.httpAdapter.getInstance<FastifyInstance>();
    // A body that could reach into prototypes is refused, as with any other JSON here.
    const parse = fastify.getDefaultJsonParser('error', 'error');
    fastify.addContentTypeParser<string>('application/scim+json', { parseAs: 'string' }, (request, body, done) => {
      if (!request.url.startsWith(`${SCIM_ROOT}/`)) return done(new Refusal('unsupported_media_type'));
      void parse(request, body, (error, read) => done(null, error ? undefined : read));
    });
  }
}
