import { extname } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Config } from '../config';
import { Refusal } from '../refusal';
import { sendProblem } from './problem.filter';

/** Built files carry a hash in their name and never change. */
const HASHED = /-[\w-]{8}\.(?:js|css|woff2)$/;
/** Files of a kind that no screen has: `/.git/config`, `/.env`. */
const HIDDEN = /\/\./;
/** Where people look for the documentation, and where it stands. */
const SHORT_WAYS: Readonly<Record<string, string>> = { '/docs': '/api/docs', '/sdk': '/developers/api' };
const OURS = /^\/(api|scim|health|metrics|socket\.io)(\/|$)/;

/** The web app's files, and its index for every address that is a screen of it. */
export async function serveWeb(app: NestFastifyApplication, config: Config): Promise<void> {
  if (!config.webRoot) return;
  await app.register(
    fastifyStatic as never,
    {
      root: config.webRoot,
      wildcard: false,
      index: false,
      cacheControl: false,
      setHeaders: (reply: { header(name: string, value: string): void }, file: string) =>
        reply.header('cache-control', HASHED.test(file) ? 'public, max-age=31536000, immutable' : 'no-cache'),
    } as never,
  );
  const fastify = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  fastify.get('/*', (request, reply: FastifyReply & { sendFile?: (name: string) => FastifyReply }) => {
    const path = request.url.split('?')[0] ?? '/';
    if (OURS.test(path) || HIDDEN.test(path) || extname(path) || !reply.sendFile)
      return sendProblem(request, reply, new Refusal('not_found'));
    const place = SHORT_WAYS[path.replace(/\/$/, '')];
    return place ? reply.redirect(place) : reply.sendFile('index.html');
  });
}
