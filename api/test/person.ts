import { request } from 'undici';
import type { SignedIn } from '@threadline/contracts';

/** An answer of the API, its body parsed. */
export interface Answer<T = unknown> {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: T;
}

type Headers = Record<string, string>;

/** Somebody who calls the API over HTTP; signed in when there is a session. */
export class Person {
  constructor(
    readonly url: string,
    readonly session: SignedIn | null = null,
    readonly cookie: string | null = null,
  ) {}

  get token(): string {
    return this.session?.accessToken ?? '';
  }

  get userId(): string {
    return this.session?.user.id ?? '';
  }

  get workspaceId(): string {
    return this.session?.workspace.id ?? '';
  }

  get<T>(path: string, headers: Headers = {}): Promise<Answer<T>> {
    return this.call<T>('GET', path, undefined, headers);
  }

  post<T>(path: string, body?: unknown, headers: Headers = {}): Promise<Answer<T>> {
    return this.call<T>('POST', path, body, headers);
  }

  patch<T>(path: string, body?: unknown, headers: Headers = {}): Promise<Answer<T>> {
    return this.call<T>('PATCH', path, body, headers);
  }

  put<T>(path: string, body?: unknown, headers: Headers = {}): Promise<Answer<T>> {
    return this.call<T>('PUT', path, body, headers);
  }

  delete<T>(path: string, headers: Headers = {}): Promise<Answer<T>> {
    return this.call<T>('DELETE', path, undefined, headers);
  }

  /** A string body is sent as it is; anything else as JSON. */
  async call<T>(method: string, path: string, body: unknown, headers: Headers): Promise<Answer<T>> {
    const answer = await request(new URL(path, this.url), {
      method: method as 'GET',
      headers: {
        ...(this.session ? { authorization: `Bearer ${this.token}` } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body === undefined || typeof body === 'string' ? body : JSON.stringify(body),
    });
    const text = await answer.body.text();
    const json = /^application\/(\w+\+)?json\b/.test(String(answer.headers['content-type'] ?? ''));
    return { status: answer.statusCode, headers: answer.headers, body: (json ? JSON.parse(text) : text) as T };
  }
}

/** The refresh cookie an answer sets, as the caller would send it back. */
export function cookieOf(answer: Answer): string | null {
  const set = [answer.headers['set-cookie'] ?? []].flat();
  return set.map((line) => line.split(';')[0] ?? '').find((pair) => pair.includes('threadline=')) ?? null;
}
