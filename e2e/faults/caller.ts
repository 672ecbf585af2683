import type { SignedIn } from '@threadline/contracts';
import { v7 } from 'uuid';

/** How long a caller waits for an answer, in ms: longer than the API waits for its database. */
const PATIENCE_MS = 15_000;

/** What a caller saw of one request. */
export interface JournalEntry {
  key: string;
  body: { id: string; name: string };
  /** Undefined: it is not known what became of it, or the API asked to come back (503). */
  status: number | undefined;
}

/** A person's program that calls the API and keeps a journal of what it was told. */
export class Caller {
  readonly journal: JournalEntry[] = [];

  private constructor(
    private url: string,
    readonly session: SignedIn,
  ) {}

  static async register(url: string): Promise<Caller> {
    const answer = await fetch(`${url}/api/auth/register`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        email: `${v7()}@example.com`,
        password: 'correct horse battery staple',
        name: 'Ada',
        workspaceName: 'Faults',
      }),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (answer.status !== 201) throw new Error(`Registration answered ${answer.status}: ${await answer.text()}`);
    return new Caller(url, (await answer.json()) as SignedIn);
  }

  /** Goes on with another node. */
  turnTo(url: string): void {
    this.url = url;
  }

  get token(): string {
    return this.session.accessToken;
  }

  /** Creates a lead and writes down what was answered. */
  async createLead(): Promise<void> {
    const id = v7();
    const entry: JournalEntry = { key: v7(), body: { id, name: `Lead ${id}` }, status: undefined };
    this.journal.push(entry);
    await this.attempt(entry);
  }

  /** Asks again, with the same key, about everything of which it is not known what became of it. */
  async resolve(): Promise<void> {
    for (const entry of this.journal) {
      for (let tries = 0; entry.status === undefined && tries < 20; tries++) {
        await this.attempt(entry);
        if (entry.status === undefined) await new Promise((resolve) => setTimeout(resolve, 500));
      }
    }
  }

  async post<T>(path: string, body: unknown, key: string = v7()): Promise<{ status: number; body: T }> {
    const answer = await fetch(new URL(path, this.url), {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${this.token}`,
        'idempotency-key': key,
      },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    return { status: answer.status, body: (answer.status === 204 ? undefined : await answer.json()) as T };
  }

  async get<T>(path: string): Promise<T> {
    const answer = await fetch(new URL(path, this.url), {
      headers: { authorization: `Bearer ${this.token}` },
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    return (await answer.json()) as T;
  }

  private async attempt(entry: JournalEntry): Promise<void> {
    try {
      const { status } = await this.post('/api/leads', entry.body, entry.key);
      entry.status = status === 503 ? undefined : status;
    } catch {
      // The connection broke: that is what the journal is for.
      entry.status = undefined;
    }
  }
}
