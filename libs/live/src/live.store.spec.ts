import { describe, expect, it } from '@jest/globals';
import { defer, EMPTY, map, of, Subject, throwError } from 'rxjs';
import type { ConnectionStatus } from './connection.status';
import { deleted } from './testing/events';
import { FakeSource, LIVE } from './testing/fake.source';
import { line, problem, trailStore } from './testing/trail.store';
import { scene, seen } from './testing/virtual.time';

describe('A live store', () => {
  it('shows the snapshot, then every event after it', () => {
    scene((stage) => {
      const source = new FakeSource();
      const { store } = trailStore(stage, source);
      const lines = store.state$.pipe(map(line));
      stage.expectObservable(lines, '^ 99ms !').toBe('10ms a 9ms b', { a: 'as of 10', b: 'as of 10 11 12' });
      stage.at(20, () => source.events(deleted(11), deleted(12)));
    });
  });

  it('keeps events that are faster than the snapshot, and drops those it contains', () => {
    scene((stage) => {
      const source = new FakeSource();
      const { store } = trailStore(stage, source);
      stage.expectObservable(store.state$.pipe(map(line)), '^ 99ms !').toBe('10ms a', { a: 'as of 10 11' });
      stage.at(3, () => source.joined(8));
      stage.at(4, () => source.events(deleted(9), deleted(10)));
      stage.at(5, () => source.events(deleted(11)));
      stage.at(30, () => expect(source.stood).toEqual([10]));
    });
  });

  it('throws away what it kept when the events have to start over', () => {
    scene((stage) => {
      const source = new FakeSource();
      const { store } = trailStore(stage, source);
      source.onStand = () => source.joined(10);
      const lines = seen(stage, store.state$.pipe(map(line)));
      stage.at(3, () => source.joined(12));
      stage.at(4, () => source.events(deleted(13)));
      stage.at(20, () => source.events(deleted(11), deleted(12), deleted(13)));
      stage.at(30, () => expect(lines.at(-1)?.value).toBe('as of 10 11 12 13'));
    });
  });

  it('takes a new snapshot after a reset without emptying the screen, and mixes nothing', () => {
    scene((stage) => {
      const source = new FakeSource();
      let asOf = 10;
      const { store, taken } = trailStore(stage, source, { asOf: () => asOf });
      const lines = seen(stage, store.state$.pipe(map(line)));
      const kinds = seen(stage, store.status$.pipe(map(({ kind }) => kind)));
      stage.at(20, () => source.events(deleted(11)));
      stage.at(30, () => {
        asOf = 3;
        source.reset(3);
      });
      stage.at(35, () => source.events(deleted(4)));
      stage.at(50, () => {
        expect(taken).toEqual([10, 40]);
        expect(lines).toEqual([
          { at: 10, value: 'as of 10' },
          { at: 20, value: 'as of 10 11' },
          { at: 40, value: 'as of 3 4' },
        ]);
        expect(kinds).toEqual([
          { at: 0, value: 'loading' },
          { at: 10, value: 'live' },
          { at: 30, value: 'catching up' },
          { at: 40, value: 'live' },
        ]);
      });
    });
  });

  it('does not wait for an old snapshot when a reset comes', () => {
    scene((stage) => {
      const source = new FakeSource();
      const { store, taken } = trailStore(stage, source);
      store.state$.subscribe();
      stage.at(5, () => source.reset(3));
      stage.at(50, () => expect(taken).toEqual([15]));
    });
  });

  it('takes a new snapshot when the events start after what it has', () => {
    scene((stage) => {
      const source = new FakeSource();
      let asOf = 10;
      const { store } = trailStore(stage, source, { asOf: () => asOf });
      const lines = seen(stage, store.state$.pipe(map(line)));
      stage.at(20, () => {
        asOf = 16;
        source.joined(15);
      });
      stage.at(21, () => source.events(deleted(16), deleted(17)));
      stage.at(50, () => expect(lines.map(({ value }) => value)).toEqual(['as of 10', 'as of 16 17']));
    });
  });

  it('goes on during a refresh, and does not take a snapshot that is older than the screen', () => {
    scene((stage) => {
      const source = new FakeSource();
      let asOf = 10;
      const { store, taken } = trailStore(stage, source, { asOf: () => asOf });
      const lines = seen(stage, store.state$.pipe(map(line)));
      stage.at(20, () => source.events(deleted(11), deleted(12)));
      stage.at(30, () => store.refresh());
      stage.at(35, () => source.events(deleted(13)));
      stage.at(36, () => expect(lines.at(-1)?.value).toBe('as of 10 11 12 13'));
      // Refused at 40; the next one 500 ms later.
      stage.at(100, () => (asOf = 12));
      stage.at(600, () => {
        expect(taken).toEqual([10, 40, 550]);
        expect(lines.at(-1)).toEqual({ at: 550, value: 'as of 12 13' });
      });
    });
  });

  it('takes one more snapshot when a refresh is wanted during one', () => {
    scene((stage) => {
      const refresh$ = new Subject<void>();
      const { store, taken } = trailStore(stage, new FakeSource(), { refresh$ });
      store.state$.subscribe();
      stage.at(5, () => refresh$.next());
      stage.at(6, () => refresh$.next());
      stage.at(50, () => expect(taken).toEqual([10, 20]));
    });
  });

  it('tries again with back-off when the snapshot fails, and says why', () => {
    scene((stage) => {
      let tries = 0;
      const snapshot = () =>
        defer(() => {
          tries += 1;
          return tries < 3 ? throwError(() => problem('database_away', 503)) : of({ state: ['there'], asOf: 1 });
        });
      const { store } = trailStore(stage, new FakeSource(), { snapshot });
      const statuses = seen(stage, store.status$.pipe(map(({ kind, trouble }) => `${kind} ${trouble?.detail ?? ''}`)));
      stage.at(9_000, () =>
        expect(statuses).toEqual([
          { at: 0, value: 'loading ' },
          { at: 0, value: 'loading It is database_away' },
          { at: 500, value: 'loading It is database_away' },
          { at: 1_500, value: 'live ' },
        ]),
      );
    });
  });

  it('tries again at once when the connection is back', () => {
    scene((stage) => {
      const source = new FakeSource();
      source.status$.next({ kind: 'stale', since: new Date(0), trouble: null });
      let away = true;
      const snapshot = () => (away ? throwError(() => ({ status: 0 })) : of({ state: ['there'], asOf: 1 }));
      const { store } = trailStore(stage, source, { snapshot });
      const lines = seen(stage, store.state$.pipe(map(line)));
      stage.at(100, () => {
        away = false;
        source.status$.next(LIVE);
      });
      stage.at(101, () => expect(lines).toEqual([{ at: 100, value: 'there' }]));
    });
  });

  it('does not try again what will be refused again, until it is told to', () => {
    scene((stage) => {
      let tries = 0;
      const snapshot = () => {
        tries += 1;
        return tries === 1 ? throwError(() => problem('not_found', 404)) : of({ state: ['there'], asOf: 1 });
      };
      const { store } = trailStore(stage, new FakeSource(), { snapshot });
      const statuses = seen(stage, store.status$);
      stage.at(60_000, () => {
        expect(tries).toBe(1);
        expect(statuses.at(-1)?.value).toMatchObject({ kind: 'loading', trouble: { code: 'not_found' } });
        store.refresh();
        expect(statuses.at(-1)?.value).toMatchObject({ kind: 'live', trouble: null });
      });
    });
  });

  it('counts a snapshot of nothing as a fault', () => {
    scene((stage) => {
      const { store } = trailStore(stage, new FakeSource(), { snapshot: () => EMPTY });
      const details = store.status$.pipe(map(({ trouble }) => trouble?.detail));
      stage.expectObservable(details, '^ 9ms !').toBe('(ab)', { a: undefined, b: 'The snapshot came to nothing' });
    });
  });

  it('takes a new snapshot when an event cannot be reduced, and says so', () => {
    scene((stage) => {
      const source = new FakeSource();
      let asOf = 10;
      const { store, taken } = trailStore(stage, source, {
        asOf: () => asOf,
        reduce: (trail, { seq }) => {
          if (seq === 12) throw new Error('What is twelve?');
          return [...trail, seq];
        },
      });
      const lines = seen(stage, store.state$.pipe(map(line)));
      const statuses = seen(stage, store.status$);
      stage.at(20, () => source.events(deleted(11), deleted(12), deleted(13)));
      stage.at(21, () => {
        expect(lines.at(-1)?.value).toBe('as of 10 11');
        expect(statuses.at(-1)?.value).toMatchObject({ kind: 'stale', trouble: { detail: 'What is twelve?' } });
        asOf = 12;
      });
      stage.at(9_000, () => {
        expect(taken).toEqual([10, 1_030]);
        expect(lines.at(-1)?.value).toBe('as of 12 13');
        expect(statuses.at(-1)?.value).toMatchObject({ kind: 'live', trouble: null });
      });
    });
  });

  it('says what its connection says, once there is something to show', () => {
    scene((stage) => {
      const source = new FakeSource();
      const since = new Date(7);
      source.status$.next({ kind: 'connecting', since });
      const { store } = trailStore(stage, source);
      const statuses = seen(stage, store.status$);
      const say = (ms: number, status: ConnectionStatus) => stage.at(ms, () => source.status$.next(status));
      say(20, { kind: 'live', since, through: 'socket' });
      say(30, { kind: 'stale', since, trouble: null });
      say(40, { kind: 'catching up', since, missing: 14 });
      say(50, { kind: 'live', since, through: 'socket' });
      stage.at(60, () =>
        expect(
          statuses.map(({ at, value }) => `${at} ${value.kind} ${value.missing ?? ''} ${value.since.getTime()}`),
        ).toEqual([
          '0 loading  0',
          '10 catching up  10',
          '20 live  20',
          '30 stale  7',
          '40 catching up 14 40',
          '50 live  50',
        ]),
      );
    });
  });

  it('is shared, gives the latest to whoever comes late, and ends a little after the last has left', () => {
    scene((stage) => {
      const source = new FakeSource();
      const { store, taken } = trailStore(stage, source, { linger: 1_000 });
      const first = store.state$.subscribe();
      const second = store.status$.subscribe();
      stage.at(20, () => source.events(deleted(11)));
      stage.at(30, () => {
        expect(source.readers).toBe(1);
        expect(seen(stage, store.state$.pipe(map(line)))).toEqual([{ at: 30, value: 'as of 10 11' }]);
      });
      let late: { at: number; value: string }[] = [];
      stage.at(40, () => {
        first.unsubscribe();
        second.unsubscribe();
      });
      stage.at(50, () => (late = seen(stage, store.state$.pipe(map(line)))));
      stage.at(60, () => expect(late).toEqual([{ at: 50, value: 'as of 10 11' }]));
      stage.at(70, () => expect(taken).toEqual([10]));
    });
    scene((stage) => {
      const source = new FakeSource();
      const { store, taken } = trailStore(stage, source, { linger: 1_000 });
      const reading = store.state$.subscribe();
      stage.at(100, () => reading.unsubscribe());
      stage.at(1_099, () => expect(source.readers).toBe(1));
      stage.at(1_101, () => expect(source.readers).toBe(0));
      stage.at(2_000, () => store.refresh());
      stage.at(2_001, () => void store.state$.subscribe());
      stage.at(3_000, () => expect(taken).toEqual([10, 2_011]));
    });
  });

  it('listens again a minute after the log was refused, and trusts nothing until then', () => {
    scene((stage) => {
      const source = new FakeSource();
      let asOf = 10;
      const { store, taken } = trailStore(stage, source, { asOf: () => asOf });
      const statuses = seen(stage, store.status$);
      stage.at(20, () => source.break(problem('forbidden', 403)));
      stage.at(21, () => {
        expect(statuses.at(-1)?.value).toMatchObject({ kind: 'stale', trouble: { code: 'forbidden' } });
        asOf = 15;
      });
      stage.at(60_000, () => expect(taken).toEqual([10]));
      stage.at(60_100, () => {
        // A snapshot alone makes nothing live.
        expect(taken).toEqual([10, 60_030]);
        expect(source.readers).toBe(1);
        expect(statuses.at(-1)?.value).toMatchObject({ kind: 'stale', trouble: { code: 'forbidden' } });
        source.joined(15);
        expect(statuses.at(-1)?.value).toMatchObject({ kind: 'live', trouble: null });
      });
    });
  });

  it('asks for a later snapshot when more came than it can keep', () => {
    scene((stage) => {
      const source = new FakeSource();
      let asOf = 10;
      const { store, taken } = trailStore(stage, source, { asOf: () => asOf });
      const lines = seen(stage, store.state$.pipe(map(line)));
      const flood = Array.from({ length: 10_001 }, (_, index) => deleted(11 + index));
      stage.at(5, () => source.events(...flood));
      stage.at(6, () => source.events(deleted(10_012)));
      stage.at(20, () => (asOf = 10_011));
      stage.at(9_000, () => {
        expect(taken).toEqual([10, 520]);
        expect(lines).toEqual([{ at: 520, value: 'as of 10011 10012' }]);
      });
    });
  });
});
