import type { Socket } from 'node:net';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { v7 } from 'uuid';
import type { Config } from '../config';
import { RequestLimits, tell } from '../limits';
import { Refusal } from '../refusal';
import { inRequest } from '../request';
import { tagAnswers } from './etags';
import { faultIn, type JsonFault } from './json';
import { refuseOtherSites } from './other-sites';
import { asRefusal, sendProblem } from './problem.filter';
import { ApiVersions, VERSION_HEADER } from './versions';
import { bytesOf, isProviderHook, keepsBytes } from './raw-bodies';

const SANE_ID = /^[\w.:-]{8,100}$/;
/** Largest JSON body, in bytes. */
const BODY_LIMIT = 1024 * 1024;

/** The HTTP server: ids, limits, security headers, one shape of error. Routes come from the modules. */
export function createAdapter(config: Config): FastifyAdapter {
  return new FastifyAdapter({
    forceCloseConnections: true,
    bodyLimit: BODY_LIMIT,
    trustProxy: config.trustedProxies.length > 0 ? [...config.trustedProxies] : false,
    genReqId: (request: { headers: Record<string, string | string[] | undefined> }) => {
      const asked = request.headers['x-request-id'];
      return typeof asked === 'string' && SANE_ID.test(asked) ? asked : v7();
    },
    requestTimeout: 30_000,
    routerOptions: { maxParamLength: 512 },
    schemaController: { compilersFactory: { buildValidator: noSchemas, buildSerializer: noSchemas } },
    clientErrorHandler: answerBrokenRequest,
  });
}

/** DTOs say what a route takes; Fastify's compilers, some eighty modules, would be loaded at every start for nothing. */
function noSchemas(): never {
  throw new Error('A route has a JSON schema, and nothing here compiles it.');
}

/** What is no HTTP gets the same shape of answer as everything else, and the end of its connection. */
function answerBrokenRequest(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const late = error.code === 'ERR_HTTP_REQUEST_TIMEOUT';
  const refusal = new Refusal(error.code === 'HPE_HEADER_OVERFLOW' ? 'too_large' : 'malformed_request');
  const body = JSON.stringify(refusal.toProblem('/', v7()));
  const status = late ? '408 Request Timeout' : refusal.status === 413 ? '413 Content Too Large' : '400 Bad Request';
  socket.end(
    `HTTP/1.1 ${status}\r\ncontent-type: application/problem+json; charset=utf-8\r\ncache-control: no-store\r\n` +
      `connection: close\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

/** Hooks and headers, before the application listens. */
export async function prepareServer(app: NestFastifyApplication, config: Config): Promise<void> {
  const fastify = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  const policy = contentSecurityPolicy(config);
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-request-id', request.id).header('content-security-policy', policy);
    if (request.url.startsWith('/api/')) void reply.header('cache-control', 'no-store');
    const userAgent = request.headers['user-agent']?.slice(0, 300) ?? null;
    inRequest({ requestId: request.id, ip: request.ip, userAgent }, done);
  });
  readJson(fastify);
  await app.register(cookie as never);
  await app.register(helmet as never, helmetOptions(config) as never);
  // After the headers, so that what is turned away bears them too.
  limitAddresses(fastify, app.get(RequestLimits));
  turnOtherSitesAway(fastify, config);
  tellVersion(fastify, app.get(ApiVersions));
  tagAnswers(fastify, isOfTheApi);
}

/**
 * JSON is the only body; a page of another site can send the other kinds without asking (CSRF). The routes that keep a
 * body's bytes take any: strangers call them, and no browser is signed in by them.
 */
function readJson(fastify: FastifyInstance): void {
  const parse = fastify.getDefaultJsonParser('error', 'error');
  fastify.removeContentTypeParser(['text/plain', 'application/json']);
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    if (keepsBytes(request.url)) return done(null, body);
    // Many clients name the type on every call, with a body or without.
    if (body.length === 0) return done(null, undefined);
    const text = body.toString();
    const fault = faultIn(text);
    if (fault) done(new Refusal('malformed_request', { detail: wordsOf(fault) }));
    else void parse(request, text, done);
  });
  fastify.addContentTypeParser('*', (request, payload, done) => {
    if (!keepsBytes(request.url)) return done(new Refusal('unsupported_media_type'));
    bytesOf(payload, BODY_LIMIT).then((bytes) => done(null, bytes), done);
  });
}

function wordsOf(fault: JsonFault): string {
  return typeof fault === 'string' ? `The body is ${fault}.` : `The body says “${fault.twice.slice(0, 100)}” twice.`;
}

/** Whatever changes something is done from here or by a program, never by a page of another site. */
function turnOtherSitesAway(fastify: FastifyInstance, config: Config): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    const changes = !['GET', 'HEAD', 'OPTIONS'].includes(request.method);
    if (!changes || !request.url.startsWith('/api/') || request.url.startsWith(UNCOUNTED)) return done();
    try {
      refuseOtherSites(request, config);
      done();
    } catch (error) {
      sendProblem(request, reply, asRefusal(error));
    }
  });
}

/** What is asked for in a version that there is not is not guessed at; anything else says which one it is answered in. */
function tellVersion(fastify: FastifyInstance, versions: ApiVersions): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    if (!isOfTheApi(request.url)) return done();
    try {
      void reply.header(VERSION_HEADER, versions.asked(request.headers[VERSION_HEADER]) ?? versions.newest);
      done();
    } catch (error) {
      sendProblem(request, reply, asRefusal(error));
    }
  });
}

function isOfTheApi(url: string): boolean {
  return url.startsWith('/api/') && !url.startsWith(UNCOUNTED);
}

/** Pixel, links and unsubscribing have budgets of their own; health and the web app's files cost next to nothing. */
const UNCOUNTED = '/api/outreach/';

function limitAddresses(fastify: FastifyInstance, limits: RequestLimits): void {
  fastify.addHook('onRequest', async (request, reply) => {
    const { url } = request;
    // Of the calls of providers, which come in bursts from few addresses, those count that turn out not to be signed.
    if (!url.startsWith('/api/') || url.startsWith(UNCOUNTED) || isProviderHook(url)) return;
    const counted = limits.address(request.ip);
    const standing = counted instanceof Promise ? await counted : counted;
    tell(reply, standing);
    if (standing.exceeded) {
      sendProblem(request, reply, new Refusal('too_many_requests', { retryAfter: standing.reset }));
      return reply;
    }
  });
}

function helmetOptions(config: Config): object {
  return {
    // Ours: helmet would make it anew for every request.
    contentSecurityPolicy: false,
    crossOriginEmbedderPolicy: false,
    referrerPolicy: { policy: 'no-referrer' },
    hsts: config.secure ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    xFrameOptions: { action: 'deny' },
  };
}

/** What a page of ours may load, and who may show it in a frame. */
function contentSecurityPolicy(config: Config): string {
  return [
    "default-src 'self'",
    "script-src 'self'",
    // Angular and ECharts set element styles from script; no stylesheet but our own is loaded.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    ["connect-src 'self'", ...socketOrigins(config)].join(' '),
    "frame-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join(';');
}

/** Browsers do not all count ws: as 'self'. */
function socketOrigins(config: Config): string[] {
  return [config.publicUrl.replace(/^http/, 'ws')];
}
