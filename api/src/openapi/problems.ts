import { type Problem, type ProblemCode, PROBLEMS } from '@threadline/contracts';
import type { Content, Description, Operation, Place, Reference } from './description.types';
import type { RouteManners } from './doors';
import { headersOf } from './headers';

const CODES_IN_WORDS = /`([a-z_]+)`/g;

const STATUS_WORDS: Readonly<Record<number, string>> = {
  400: 'The request is not valid',
  401: 'Nobody who is known, or not any more',
  403: 'Known, but not allowed',
  404: 'Absent, or not for the caller',
  405: 'Not offered here',
  409: 'At odds with how things are',
  412: 'It has changed since it was read',
  413: 'Too large',
  415: 'Not JSON',
  422: 'The idempotency key was used for something else',
  429: 'Too many requests',
  500: 'A mistake of ours',
  503: 'Not ready, or cut off from the database; nothing was changed',
};

/** Every code that an operation can be answered with: what its door asks, what it takes, what its code refuses. */
export function codesOf({ path, method, operation }: Place, manners: RouteManners | undefined): ProblemCode[] {
  const inputs = (operation.parameters ?? []).length > 0 || operation.requestBody !== undefined;
  const said = [...`${operation.summary ?? ''} ${operation.description ?? ''}`.matchAll(CODES_IN_WORDS)].map(
    ([, word]) => word ?? '',
  );
  const found = [
    ...doorCodes(manners),
    ...(inputs ? ['invalid_input', 'malformed_request'] : []),
    ...(operation.requestBody ? ['too_large', 'unsupported_media_type'] : []),
    ...(method !== 'get' && path.startsWith('/api/') ? ['cross_site'] : []),
    ...(takesKey(operation) ? ['idempotency_key_reused', 'idempotency_in_progress'] : []),
    ...(manners?.preconditioned ? ['precondition_failed'] : []),
    // Every unit of work refuses a workspace that is gone; only what names a thing can miss it.
    ...(manners?.refusals ?? []).filter((code) => code !== 'not_found' || path.includes('{')),
    ...said,
    ...(path.startsWith('/api/') ? ['too_many_requests', 'database_away', 'not_ready', 'internal'] : []),
  ];
  return [...new Set(found)].filter((code): code is ProblemCode => code in PROBLEMS);
}

function doorCodes(manners: RouteManners | undefined): string[] {
  if (!manners || manners.door === 'public') return [];
  return [
    ...['unauthenticated', 'session_ended', 'forbidden', 'network_not_allowed'],
    ...(manners.openWhileEnrolling ? [] : ['second_factor_required']),
    ...(manners.needsProof ? ['proof_required'] : []),
  ];
}

function takesKey(operation: Operation): boolean {
  return (operation.parameters ?? []).some((each) => '$ref' in each && each.$ref.endsWith('/idempotencyKey'));
}

/**
 * The error answers by status, each naming its codes and with an example of every one. Many operations share one, which
 * then stands among the components, named by status and codes.
 */
export function problemResponses(document: Description, codes: readonly ProblemCode[]): Record<string, Reference> {
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of codes) {
    const { status } = PROBLEMS[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code].sort());
  }
  const shared = (document.components.responses ??= {});
  return Object.fromEntries(
    [...byStatus].map(([status, own]) => {
      const name = [status, ...own].join('.');
      shared[name] ??= {
        description: `${STATUS_WORDS[status] ?? 'Refused'}: ${own.map((code) => `\`${code}\``).join(', ')}.`,
        headers: headersOf(status),
        content: { 'application/problem+json': problemContent(own) },
      };
      return [String(status), { $ref: `#/components/responses/${name}` }];
    }),
  );
}

function problemContent(codes: readonly ProblemCode[]): Content {
  return {
    schema: { $ref: '#/components/schemas/ProblemDto' },
    examples: Object.fromEntries(codes.map((code) => [code, { $ref: `#/components/examples/${code}` }])),
  };
}

/** One example of each problem there is. */
export function problemExamples(): Record<string, { summary: string; value: unknown }> {
  return Object.fromEntries(
    Object.entries(PROBLEMS).map(([code, { status, title }]) => {
      const value: Problem = {
        type: `https://threadline.dev/problems/${code}`,
        title,
        status,
        instance: '/api/leads',
        code: code as ProblemCode,
        requestId: '019c2f6e-7a10-7c3e-9b1d-3f0a5c8e2d41',
        ...(code === 'invalid_input' ? { errors: [{ path: 'email', message: 'Enter an e-mail address.' }] } : {}),
      };
      return [code, { summary: title, value }];
    }),
  );
}
