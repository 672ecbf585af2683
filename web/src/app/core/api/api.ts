import { Injectable, inject } from '@angular/core';
import { v7 } from 'uuid';
import { Ticker } from '../../shared/format';
import { problemOf, unreachable } from './problem';

/** Where the bearer token comes from: the session, which introduces itself with `authenticateWith`. */
export interface AccessTokens {
  /** A token that is valid now. Rejects with the problem of the refresh. */
  token(): Promise<string>;
  /** A new token in place of one the API refused. */
  renewed(refused: string): Promise<string>;
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

const TIMEOUT_MS = 30_000;

/**
 * The one seam between the app and the API: bearer token, request id, problem+json as `ApiProblem`, one silent refresh
 * and retry on 401. Stores and `noun.api.ts` call this; pages and components never do.
 * An answer of 204 is `null`: `api.get<Draft | null>(…)`.
 */
@Injectable({ providedIn: 'root' })
export class Api {
  private readonly ticker = inject(Ticker);
  private tokens: AccessTokens | null = null;

  authenticateWith(tokens: AccessTokens): void {
    this.tokens = tokens;
  }

  get<T>(path: string, query?: Query, options: CallOptions = {}): Promise<T> {
    return this.call<T>({ ...options, method: 'GET', path, query });
  }

  post<T>(path: string, body?: unknown, options: CallOptions = {}): Promise<T> {
    return this.call<T>({ ...options, method: 'POST', path, body });
  }

  put<T>(path: string, body?: unknown, options: CallOptions = {}): Promise<T> {
    return this.call<T>({ ...options, method: 'PUT', path, body });
  }

  patch<T>(path: string, body?: unknown, options: CallOptions = {}): Promise<T> {
    return this.call<T>({ ...options, method: 'PATCH', path, body });
  }

  delete<T>(path: string, query?: Query, options: CallOptions & { body?: unknown } = {}): Promise<T> {
    return this.call<T>({ ...options, method: 'DELETE', path, query });
  }

  private async call<T>(call: Call): Promise<T> {
    const tokens = call.anonymous ? null : this.tokens;
    const token = tokens ? await tokens.token() : null;
    let answer = await this.send(call, token);
    if (answer.status === 401 && tokens && token !== null) {
      answer = await this.send(call, await tokens.renewed(token));
    }
    if (!answer.ok) throw await problemOf(answer, this.ticker.now());
    // The caller names the answer's type; the generated client will prove it.
    return (answer.status === 204 ? null : await answer.json()) as T;
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
