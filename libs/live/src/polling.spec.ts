import { describe, expect, it } from '@jest/globals';
import type { EventPage } from '@threadline/contracts';
import { map, NEVER, of, throwError, type ObservableInput } from 'rxjs';
import { deleted, judged } from './testing/events';
import { scene, seen, type Stage } from './testing/virtual.time';

const page = (lastSeq: number, ...items: EventPage['items']): EventPage => ({ items, lastSeq, epoch: 'one' });

/** A log behind HTTP, with a note of when and after what it was read. */
function readable(stage: Stage, read: (after: number | null) => ObservableInput<EventPage>) {
  const reads: { at: number; after: number | null }[] = [];
  return {
    reads,
    events: (after: number | null) => {
      reads.push({ at: stage.scheduler.now(), after });
      return read(after);
    },
  };
}

/** No socket can be had until then. */
function blocked(stage: Stage, until: number): void {
  for (let ms = 1; ms < until; ms += 250) {
    stage.at(ms, () => stage.server.latest.refuse(new Error('websocket error')));
  }
}

describe('The fallback to polling', () => {
  it('begins after three tries and feeds the same observables', () => {
    scene((stage) => {
      const log = readable(stage, (after) => {
        if (after === null) return of(page(10));
        if (stage.scheduler.now() < 8_000) return of(page(after));
        return after < 13 ? of(page(13, deleted(11), judged(12), deleted(13))) : of(page(after));
      });
      const live = stage.connection({ events: log.events });
      const leads = seen(stage, live.service('leads').pipe(map(({ seq }) => seq)));
      const messages = seen(stage, live.service('messages').pipe(map(({ seq }) => seq)));
      const kinds = seen(
        stage,
        live.status$.pipe(map((status) => (status.kind === 'live' ? status.through : status.kind))),
      );
      blocked(stage, 20_000);
      stage.at(14_000, () => {
        // Refused at 1, 751 and 2,001 ms.
        expect(log.reads.slice(0, 3)).toEqual([
          { at: 2_001, after: null },
          { at: 6_001, after: 10 },
          { at: 10_001, after: 10 },
        ]);
        expect(log.reads[3]).toEqual({ at: 10_001, after: 13 });
        expect(leads).toEqual([
          { at: 10_001, value: 11 },
          { at: 10_001, value: 13 },
        ]);
        expect(messages).toEqual([{ at: 10_001, value: 12 }]);
        expect(kinds.map(({ value }) => value)).toEqual(['connecting', 'stale', 'polling']);
      });
    });
  });

  it('goes back to the socket by itself, from where it has come to', () => {
    scene((stage) => {
      const log = readable(stage, (after) => of(page(after ?? 10)));
      const live = stage.connection({ events: log.events });
      live.service('leads').subscribe();
      const kinds = seen(
        stage,
        live.status$.pipe(map((status) => (status.kind === 'live' ? status.through : status.kind))),
      );
      blocked(stage, 5_000);
      stage.at(12_000, () => {
        stage.server.latest.accept();
        expect(stage.server.latest.subscribed).toEqual([
          { services: ['leads'], version: 1, lastSeq: 10, epoch: 'one' },
        ]);
        stage.server.latest.ack(10);
      });
      stage.at(15_000, () => stage.server.latest.send('head', { seq: 10 }));
      stage.at(30_000, () => {
        expect(log.reads.at(-1)?.at).toBe(10_001);
        expect(kinds.at(-1)?.value).toBe('socket');
      });
    });
  });

  it('says that it is stale when HTTP does not work either, and that it is live when it does again', () => {
    scene((stage) => {
      const log = readable(stage, () =>
        stage.scheduler.now() < 9_000 ? throwError(() => new TypeError('fetch failed')) : of(page(10)),
      );
      const live = stage.connection({ events: log.events });
      const statuses = seen(stage, live.status$);
      blocked(stage, 20_000);
      stage.at(9_000, () =>
        expect(statuses.at(-1)?.value).toMatchObject({ kind: 'stale', trouble: { code: 'unreachable' } }),
      );
      stage.at(15_000, () => expect(statuses.at(-1)?.value).toMatchObject({ kind: 'live', through: 'polling' }));
    });
  });

  it('gives a read ten seconds', () => {
    scene((stage) => {
      const log = readable(stage, () => NEVER);
      stage.connection({ events: log.events });
      blocked(stage, 30_000);
      stage.at(20_000, () => expect(log.reads.map(({ at }) => at)).toEqual([2_001, 14_001]));
    });
  });

  it('takes another log for what it is', () => {
    scene((stage) => {
      const log = readable(stage, (after) =>
        stage.scheduler.now() < 5_000 ? of(page(after ?? 10)) : of({ items: [], lastSeq: 3, epoch: 'two' }),
      );
      const live = stage.connection({ events: log.events });
      const news = seen(stage, live.log(['leads']));
      blocked(stage, 30_000);
      stage.at(9_000, () =>
        expect(news.map(({ value }) => value)).toEqual([
          { kind: 'joined', seq: 10 },
          { kind: 'reset', seq: 3, epoch: 'two' },
        ]),
      );
    });
  });

  it('takes a new snapshot when a page says that other things are to be seen', () => {
    scene((stage) => {
      const log = readable(stage, (after) =>
        of(after === 10 ? { items: [{ seq: 11 }], lastSeq: 11, epoch: 'one', moved: true } : page(after ?? 10)),
      );
      const live = stage.connection({ events: log.events });
      const news = seen(stage, live.log(['leads']));
      blocked(stage, 30_000);
      stage.at(9_000, () =>
        expect(news.map(({ value }) => value)).toEqual([
          { kind: 'joined', seq: 10 },
          { kind: 'reset', seq: 11, epoch: 'one' },
        ]),
      );
    });
  });

  it('ends when the token is refused', () => {
    scene((stage) => {
      const log = readable(stage, () => throwError(() => ({ status: 401, code: 'session_ended' })));
      const live = stage.connection({ events: log.events });
      const signedOut = seen(stage, live.signedOut$.pipe(map(({ code }) => code)));
      blocked(stage, 30_000);
      stage.at(29_000, () => {
        expect(log.reads).toHaveLength(1);
        expect(signedOut).toEqual([{ at: 2_001, value: 'session_ended' }]);
        expect(stage.server.sockets).toHaveLength(3);
      });
    });
  });

  it('tells the screens of the moment when it has found something', () => {
    scene((stage) => {
      const log = readable(stage, (after) =>
        of(stage.scheduler.now() > 5_000 && after === 10 ? page(11, judged(11)) : page(after ?? 10)),
      );
      const live = stage.connection({ events: log.events });
      live.state('stats_updated').subscribe();
      live.service('messages').subscribe();
      const joined = seen(stage, live.joined('stats_updated'));
      blocked(stage, 30_000);
      stage.at(29_000, () => expect(joined.map(({ at }) => at)).toEqual([6_001]));
    });
  });
});
