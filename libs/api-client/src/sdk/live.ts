import {
  type Envelope,
  type EnvelopeOfService,
  type EventPage,
  type LogService,
  PROBLEMS,
} from '@threadline/contracts';
import { isFinal, LiveConnection, type LiveConnectionOptions, SignedOut } from '@threadline/live';
import { from, ignoreElements, merge, type Observable, tap } from 'rxjs';
import { ThreadlineProblem } from './problem';
import type { Threadline } from './threadline';

export * from '@threadline/live';

/**
 * The live stream of a workspace: a socket that comes back by itself, takes up where it was, asks for what is missing, and
 * polls when no socket can be had. Call `connect()`, and `close()` at the end.
 */
export function liveConnection(threadline: Threadline, options: Partial<LiveConnectionOptions> = {}): LiveConnection {
  return new LiveConnection({
    url: threadline.baseUrl,
    token: () => threadline.token(),
    events: (after) => from(page(threadline, after)),
    ...options,
  });
}

async function page(threadline: Threadline, after: number | null): Promise<EventPage> {
  try {
    // The description cannot say how an event's data follows from its type; the contracts do.
    return (await threadline.events.page({ query: after === null ? {} : { after } })) as unknown as EventPage;
  } catch (error) {
    if (error instanceof ThreadlineProblem && error.status === 401)
      throw new SignedOut('unauthenticated', error.message, { cause: error });
    throw error;
  }
}

/** What a follower of the log hears: an event, or that what came before is void and has to be read again. */
export type LiveNews<S extends LogService> =
  { kind: 'event'; event: EnvelopeOfService<S> & Envelope } | { kind: 'reset'; seq: number };

/**
 * Follows services of the log from now on, each event once and in order, for `for await`. Ends when the signal says so.
 * While the server cannot be reached it waits; `connection.status$` tells.
 * @throws LiveRefusal when a service is not allowed
 * @throws ThreadlineProblem when the stream itself is refused: `unauthenticated`, or `forbidden` without `events:read`
 */
export async function* follow<S extends LogService>(
  connection: LiveConnection,
  services: readonly S[],
  signal?: AbortSignal,
): AsyncGenerator<LiveNews<S>, void> {
  const waiting: LiveNews<S>[] = [];
  let wake = (): void => undefined;
  let failure: unknown;
  let over = signal?.aborted ?? false;
  const stop = () => {
    over = true;
    wake();
  };
  const subscription = merge(connection.log(services), refusals(connection)).subscribe({
    next: (news) => {
      if (news.kind === 'events') waiting.push(...news.events.map((event) => ({ kind: 'event' as const, event })));
      if (news.kind === 'reset') waiting.push({ kind: 'reset', seq: news.seq });
      wake();
    },
    error: (error: unknown) => {
      failure = error;
      stop();
    },
    complete: stop,
  });
  signal?.addEventListener('abort', stop, { once: true });
  try {
    while (!over || waiting.length > 0) {
      const next = waiting.shift();
      if (next) yield next;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
    if (failure !== undefined) throw failure as Error;
  } finally {
    signal?.removeEventListener('abort', stop);
    subscription.unsubscribe();
  }
}

/** Emits nothing; errors when the stream is refused in a way that trying again does not mend. */
function refusals(connection: LiveConnection): Observable<never> {
  return connection.status$.pipe(
    tap((status) => {
      const trouble = status.kind === 'stale' ? status.trouble : null;
      if (!trouble || !isFinal(trouble)) return;
      const { code, detail, cause } = trouble;
      throw new ThreadlineProblem({ ...PROBLEMS[code], code, detail }, { cause });
    }),
    ignoreElements(),
  );
}
