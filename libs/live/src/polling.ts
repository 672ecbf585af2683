import type { EventPage } from '@threadline/contracts';
import {
  catchError,
  defer,
  EMPTY,
  exhaustMap,
  expand,
  from,
  map,
  of,
  reduce,
  throwError,
  timeout,
  timer,
  type Observable,
  type ObservableInput,
} from 'rxjs';
import type { ConnectionSettings } from './connection.options';
import type { LogStreams } from './log.streams';
import { Dropped } from './trouble';

/** One round of polling: everything up to now was read, or reading failed. */
export type PollOutcome = { kind: 'read'; events: number } | { kind: 'failed'; error: unknown };

/** Reads what follows the readers' positions by HTTP, every few seconds, and feeds it to the same streams. */
export function polling(
  events: (after: number | null) => ObservableInput<EventPage>,
  streams: LogStreams,
  { scheduler, times }: Pick<ConnectionSettings, 'scheduler' | 'times'>,
): Observable<PollOutcome> {
  const page$ = defer(() => {
    const after = streams.lastSeq ?? null;
    return from(events(after)).pipe(
      timeout({ first: times.answerWithin, scheduler, with: () => throwError(() => new Dropped('No answer came')) }),
      map((page) => {
        streams.acceptPage(after, page);
        return { items: page.items.length, more: after !== null && page.lastSeq > after };
      }),
    );
  });
  const round$ = page$.pipe(
    expand((page) => (page.more ? page$ : EMPTY)),
    reduce((count, page) => count + page.items, 0),
    map((count): PollOutcome => ({ kind: 'read', events: count })),
    catchError((error: unknown) => of<PollOutcome>({ kind: 'failed', error })),
  );
  return timer(0, times.pollEvery, scheduler).pipe(exhaustMap(() => round$));
}
