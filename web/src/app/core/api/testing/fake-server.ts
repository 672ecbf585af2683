/** What a fake route answers: a status, a body, headers. */
export interface FakeAnswer {
  status?: number;
  body?: unknown;
  headers?: Record<string, string>;
}

/** A request as the fake server saw it. */
export interface SeenRequest {
  route: string;
  headers: Headers;
  body: unknown;
}

type Route = (request: SeenRequest) => FakeAnswer | Promise<FakeAnswer>;

/** Stands in for the API: routes by `POST /api/auth/refresh`, and a list of what was asked. */
export class FakeServer {
  readonly seen: SeenRequest[] = [];
  private readonly routes = new Map<string, Route>();
  private readonly before = globalThis.fetch;

  constructor() {
    globalThis.fetch = (input, init) => this.answer(input as string, init ?? {});
  }

  on(route: string, answer: Route | FakeAnswer): this {
    this.routes.set(route, typeof answer === 'function' ? answer : () => answer);
    return this;
  }

  count(route: string): number {
    return this.seen.filter((request) => request.route === route).length;
  }

  close(): void {
    globalThis.fetch = this.before;
  }

  private async answer(address: string, init: RequestInit): Promise<Response> {
    const route = `${init.method ?? 'GET'} ${address.split('?')[0] ?? ''}`;
    const body: unknown = typeof init.body === 'string' ? JSON.parse(init.body) : init.body;
    const request = { route, headers: new Headers(init.headers), body };
    this.seen.push(request);
    const found = this.routes.get(route);
    if (!found) throw new TypeError('Failed to fetch');
    const answer = await found(request);
    const status = answer.status ?? 200;
    return {
      ok: status < 400,
      status,
      headers: new Headers(answer.headers),
      json: () => Promise.resolve(answer.body),
      text: () => Promise.resolve(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body ?? null)),
    } as Response;
  }
}

/** A refusal as the API writes it. */
export function refusal(status: number, code: string, more: Record<string, unknown> = {}): FakeAnswer {
  const body = { type: 'about:blank', title: code, status, code, instance: '/', requestId: 'request-1', ...more };
  return { status, body, headers: { 'content-type': 'application/problem+json' } };
}
