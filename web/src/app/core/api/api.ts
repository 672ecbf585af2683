import { Injectable, inject } from '@angular/core';
import type { Client } from '@threadline/api-client';
import { v7 } from 'uuid';
import { Ticker } from '../../shared/format';
import { type ApiProblem, problemOf, unreachable } from './problem';

/** Where the bearer token comes from: the session, which introduces itself with `authenticateWith`. */
export interface AccessTokens {
  /** A token that is valid now. Rejects with the problem of the refresh. */
  token(): Promise<string>;
  /** A new token in place of one the API refused. */
  renewed(refused: string): Promise<string>;
}

/** Asks the person to prove who they are: introduces itself with `proveWith`. */
export interface Prover {
  /** False when they would rather not. */
  ask(): Promise<boolean>;
}

export type Query = Record<string, string | number | boolean | null | undefined | readonly string[]>;

export interface CallOptions {
  /** Aborting rejects with the signal's reason, not with a problem. */
  signal?: AbortSignal;
  /** For creating POSTs: the same key does nothing twice. */
  idempotencyKey?: string;
  /** Lets the request outlive the page, for saves on unload; at most 64 KiB. */
  keepalive?: boolean;
  /** Sends no token and renews none: sign-in, registration, refresh. */
  anonymous?: boolean;
  /** Milliseconds until it counts as unreachable. */
  timeout?: number;
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

interface Call extends CallOptions {
  method: Method;
  path: string;
  query?: Query;
  body?: unknown;
}

/** What the generated operations hand to their client. */
interface OperationCall {
  url: string;
  path?: Record<string, string>;
  query?: Query;
  body?: unknown;
}

const TIMEOUT_MS = 30_000;
const DOWNLOAD_MS = 600_000;

/**
 * The one seam between the app and the API: bearer token, request id, problem+json as `ApiProblem`, one silent refresh
 * and retry on 401, one proof of who one is and retry on `proof_required`. Stores and `noun.api.ts` call this; pages and components never do.
 * An answer of 204 is `null`: `api.get<Draft | null>(…)`.
 */
@Injectable({ providedIn: 'root' })
export class Api {
  private readonly ticker = inject(Ticker);
  private tokens: AccessTokens | null = null;
  private prover: Prover | null = null;

  authenticateWith(tokens: AccessTokens): void {
    this.tokens = tokens;
  }

  proveWith(prover: Prover): void {
    this.prover = prover;
  }

  /**
   * Calls an operation of the generated client, so that path, parameters, body and answer are those that the API
   * describes: `api.run(leadsList<true>, { query: { q } })`.
   */
  async run<O, R>(
    operation: (options: O & { client: Client; throwOnError: true }) => Promise<{ data: R }>,
    options: NoInfer<Omit<O, 'client' | 'throwOnError' | 'url'>>,
    call: CallOptions = {},
  ): Promise<R> {
    const through = { client: this.through(call), throwOnError: true } as const;
    return (await operation({ ...(options as O), ...through })).data;
  }

  /** For answers that the description leaves open: events, whose shape follows from their type. */
  get<T>(path: string, query?: Query, options: CallOptions = {}): Promise<T> {
    return this.call<T>({ ...options, method: 'GET', path, query });
  }

  /** A file, whatever is in it. Takes as long as it takes. */
  download(path: string, query?: Query): Promise<Blob> {
    return this.call({ method: 'GET', path, query, timeout: DOWNLOAD_MS }, (answer) => answer.blob());
  }

  /** What an operation asks of its client, on this seam's own way to the server. */
  private through(options: CallOptions): Client {
    const by =
      (method: Method) =>
      async ({ url, path = {}, query, body }: OperationCall): Promise<{ data: unknown }> => ({
        data: await this.call({ ...options, method, path: filled(url, path), query, body }),
      });
    const methods = { get: by('GET'), post: by('POST'), put: by('PUT'), patch: by('PATCH'), delete: by('DELETE') };
    return methods as unknown as Client;
  }

  private async call<T>(call: Call, read = (answer: Response): Promise<unknown> => answer.json()): Promise<T> {
    const tokens = call.anonymous ? null : this.tokens;
    const token = tokens ? await tokens.token() : null;
    let answer = await this.send(call, token);
    let problem = await this.problemIn(answer);
    if (problem?.signedOut && tokens && token !== null) {
      answer = await this.send(call, await tokens.renewed(token));
      problem = await this.problemIn(answer);
    }
    if (problem?.code === 'proof_required' && tokens && (await this.prover?.ask())) {
      answer = await this.send(call, await tokens.token());
      problem = await this.problemIn(answer);
    }
    if (problem) throw problem;
    // The caller names the answer's type; the generated client will prove it.
    return (isEmpty(answer) ? null : await read(answer)) as T;
  }

  private async problemIn(answer: Response): Promise<ApiProblem | null> {
    return answer.ok ? null : problemOf(answer, this.ticker.now());
  }

  private async send(call: Call, token: string | null): Promise<Response> {
    const requestId = v7();
    const limit = AbortSignal.timeout(call.timeout ?? TIMEOUT_MS);
    const headers = new Headers({ accept: 'application/json', 'x-request-id': requestId });
    if (token !== null) headers.set('authorization', `Bearer ${token}`);
    if (call.idempotencyKey !== undefined) headers.set('idempotency-key', call.idempotencyKey);
    const form = call.body instanceof FormData;
    if (call.body !== undefined && !form) headers.set('content-type', 'application/json');
    try {
      return await fetch(address(call.path, call.query), {
        method: call.method,
        headers,
        body: form ? (call.body as FormData) : call.body === undefined ? undefined : JSON.stringify(call.body),
        keepalive: call.keepalive ?? false,
        credentials: 'same-origin',
        signal: call.signal ? AbortSignal.any([call.signal, limit]) : limit,
      });
    } catch (error) {
      call.signal?.throwIfAborted();
      throw unreachable(error, requestId);
    }
  }
}

/** Nothing to say, or taken on and nothing to say yet. */
function isEmpty(answer: Response): boolean {
  return answer.status === 204 || (answer.status === 202 && answer.headers.get('content-length') === '0');
}

/** `/api/leads/{id}` with its id. */
function filled(url: string, path: Record<string, string>): string {
  return url.replace(/\{(\w+)\}/gu, (_, name: string) => encodeURIComponent(path[name] ?? ''));
}

/** The path with its query; what is null, undefined or empty is left out, lists are repeated. */
export function address(path: string, query: Query = {}): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === null || value === undefined || value === '') continue;
    for (const each of Array.isArray(value) ? (value as readonly string[]) : [String(value)]) params.append(name, each);
  }
  const text = params.toString();
  return text ? `${path}?${text}` : path;
}
