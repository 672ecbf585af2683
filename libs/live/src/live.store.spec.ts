import { describe, expect, it } from '@jest/globals';
import { defer, EMPTY, map, NEVER, Observable, of, Subject, throwError, timer } from 'rxjs';
import type { ConnectionStatus } from './connection.status';
import { LiveStore } from './live.store';
import type { LiveStoreOptions, Snapshot } from './store.types';
import { deleted } from './testing/events';
import { FakeSource, LIVE } from './testing/fake.source';
import { scene, seen, type Stage } from './testing/virtual.time';

/** The seqs of the events, and whatever else was put there: `0` stands for the snapshot. */
type Trail = readonly (number | string)[];

/** A store of trails; each snapshot takes 10 ms and stands where `asOf` says. */
function trailStore(
  { scheduler }: Stage,
  source: FakeSource,
  options: Partial<LiveStoreOptions<Trail, 'leads'>> & { asOf?: () => number } = {},
) {
  const taken: number[] = [];
  const { asOf = () => 10, ...rest } = options;
  const snapshot = () =>
    timer(10, scheduler).pipe(
      map((): Snapshot<Trail> => {
        taken.push(scheduler.now());
        return { state: [`as of ${asOf()}`], asOf: asOf() };
      }),
    );
  const store = new LiveStore<Trail, 'leads'>({
    source,
    services: ['leads'],
    snapshot,
    reduce: (trail, event) => [...trail, event.seq],
    scheduler,
    random: () => 0.5,
    ...rest,
  });
  return { store, taken };
}

const line = (trail: Trail) => trail.join(' ');
const problem = (code: string, status: number) => ({ status, error: { code, detail: `It is ${code}` } });

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

  it('listens again when the log was refused, and trusts nothing until then', () => {
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
      stage.at(600, () => {
        // A snapshot alone makes nothing live.
        expect(taken).toEqual([10, 530]);
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

describe('What is not in the log', () => {
  it('changes the state too, also when it came during the snapshot', () => {
    scene((stage) => {
      const moments$ = new Subject<(trail: Trail) => Trail>();
      const add = (word: string) => (trail: Trail) => [...trail, word];
      const { store } = trailStore(stage, new FakeSource(), { moments$, services: [] });
      const lines = seen(stage, store.state$.pipe(map(line)));
      stage.at(5, () => moments$.next(add('a')));
      stage.at(20, () => moments$.next(add('b')));
      stage.at(30, () =>
        expect(lines).toEqual([
          { at: 10, value: 'as of 10 a' },
          { at: 20, value: 'as of 10 a b' },
        ]),
      );
    });
  });

  it('is followed again after a failure, with a new snapshot', () => {
    scene((stage) => {
      let follows = 0;
      const moments$ = new Observable<(trail: Trail) => Trail>((subscriber) => {
        follows += 1;
        if (follows === 1) stage.at(20, () => subscriber.error(problem('forbidden', 403)));
      });
      const { store, taken } = trailStore(stage, new FakeSource(), { moments$, services: [] });
      const statuses = seen(stage, store.status$);
      stage.at(21, () =>
        expect(statuses.at(-1)?.value).toMatchObject({ kind: 'stale', trouble: { code: 'forbidden' } }),
      );
      stage.at(9_000, () => {
        expect(follows).toBe(2);
        expect(taken).toEqual([10, 530]);
        expect(statuses.at(-1)?.value).toMatchObject({ kind: 'live', trouble: null });
      });
    });
  });

  it('does not end the store when it cannot be applied', () => {
    scene((stage) => {
      const moments$ = new Subject<(trail: Trail) => Trail>();
      const { store, taken } = trailStore(stage, new FakeSource(), { moments$, services: [] });
      const statuses = seen(stage, store.status$);
      stage.at(20, () =>
        moments$.next(() => {
          throw new Error('No');
        }),
      );
      stage.at(21, () => expect(statuses.at(-1)?.value).toMatchObject({ kind: 'stale', trouble: { detail: 'No' } }));
      stage.at(9_000, () => {
        expect(taken).toEqual([10, 1_030]);
        expect(statuses.at(-1)?.value.kind).toBe('live');
      });
    });
  });
});

describe('An own change', () => {
  const mark = (word: string) => (trail: Trail) => [...trail, word];

  it('shows at once and stays until the event about the same thing confirms it', () => {
    scene((stage) => {
      const source = new FakeSource();
      const { store } = trailStore(stage, source);
      const lines = seen(stage, store.state$.pipe(map(line)));
      const pending = seen(stage, store.pending$.pipe(map((ids) => [...ids].join())));
      stage.at(20, () => store.pending('lead-a', mark('mine?')));
      stage.at(30, () => source.events(deleted(11, 'lead-b')));
      stage.at(40, () => source.events(deleted(12, 'lead-a')));
      stage.at(50, () => {
        expect(lines.map(({ value }) => value)).toEqual([
          'as of 10',
          'as of 10 mine?',
          'as of 10 11 mine?',
          'as of 10 11 12',
        ]);
        expect(pending).toEqual([
          { at: 0, value: '' },
          { at: 20, value: 'lead-a' },
          { at: 40, value: '' },
        ]);
      });
    });
  });

  it('is one of several to the same thing: each event confirms the oldest', () => {
    scene((stage) => {
      const source = new FakeSource();
      const { store } = trailStore(stage, source);
      const lines = seen(stage, store.state$.pipe(map(line)));
      const confirmedBy = (event: { subject: { id: string } }) => event.subject.id === 'lead-a';
      stage.at(20, () => store.pending('one', mark('one?'), { confirmedBy }));
      stage.at(21, () => store.pending('two', mark('two?'), { confirmedBy }));
      stage.at(30, () => source.events(deleted(11, 'lead-a')));
      stage.at(31, () => expect(lines.at(-1)?.value).toBe('as of 10 11 two?'));
    });
  });

  it('becomes part of the state by the answer; its event changes it no more', () => {
    scene((stage) => {
      const source = new FakeSource();
      const { store } = trailStore(stage, source);
      const lines = seen(stage, store.state$.pipe(map(line)));
      stage.at(15, () => store.pending('lead-a', mark('mine?')));
      stage.at(20, () => store.confirm('lead-a', mark('answered')));
      stage.at(21, () => store.confirm('lead-a', mark('twice')));
      stage.at(22, () => store.pending('lead-b', mark('as shown')));
      stage.at(23, () => store.confirm('lead-b'));
      stage.at(30, () => expect(lines.at(-1)?.value).toBe('as of 10 answered as shown'));
    });
  });

  it('is taken back on refusal, with the reason', () => {
    scene((stage) => {
      const { store } = trailStore(stage, new FakeSource());
      const lines = seen(stage, store.state$.pipe(map(line)));
      const refusals = seen(stage, store.refusals$);
      stage.at(20, () => store.pending('lead-a', mark('mine?')));
      stage.at(30, () => store.refuse('lead-a', problem('wrong_state', 409)));
      stage.at(40, () => {
        expect(lines.map(({ value }) => value)).toEqual(['as of 10', 'as of 10 mine?', 'as of 10']);
        expect(refusals).toMatchObject([{ at: 30, value: { id: 'lead-a', trouble: { code: 'wrong_state' } } }]);
      });
    });
  });

  it('lies over newer states, and over new snapshots until one contains it', () => {
    scene((stage) => {
      const source = new FakeSource();
      let state: Trail = ['before'];
      const snapshot = () => of({ state, asOf: 1 });
      const { store } = trailStore(stage, source, { snapshot });
      const lines = seen(stage, store.state$.pipe(map(line)));
      stage.at(20, () => store.pending('lead-a', mark('mine?'), { foundIn: (trail) => trail.includes('mine') }));
      stage.at(30, () => source.reset(1));
      stage.at(31, () => expect(lines.at(-1)?.value).toBe('before mine?'));
      stage.at(40, () => {
        state = ['before', 'mine'];
        source.reset(1);
      });
      stage.at(41, () => expect(lines.at(-1)?.value).toBe('before mine'));
    });
  });

  it('that cannot be applied is dropped, and said to be', () => {
    scene((stage) => {
      const { store } = trailStore(stage, new FakeSource());
      const lines = seen(stage, store.state$.pipe(map(line)));
      const refusals = seen(stage, store.refusals$);
      const breaks = () => {
        throw new Error('No such row');
      };
      stage.at(20, () => store.pending('lead-a', breaks));
      stage.at(30, () => {
        expect(lines.map(({ value }) => value)).toEqual(['as of 10']);
        expect(refusals).toMatchObject([{ value: { id: 'lead-a', trouble: { detail: 'No such row' } } }]);
      });
    });
  });

  it('is sent and confirmed by the answer, or by the event that is faster', () => {
    scene((stage) => {
      const source = new FakeSource();
      const { store } = trailStore(stage, source);
      const lines = seen(stage, store.state$.pipe(map(line)));
      const send = () => timer(10, stage.scheduler).pipe(map(() => 'answer'));
      const answered = (trail: Trail, answer: string) => [...trail, answer];
      stage
        .expectObservable(
          defer(() => store.command('lead-a', mark('mine?'), send, { answered })),
          '20ms ^ 50ms !',
        )
        .toBe('30ms (a|)', { a: 'answer' });
      stage.at(60, () => void store.command('lead-b', mark('mine?'), send, { answered }).subscribe());
      stage.at(65, () => source.events(deleted(11, 'lead-b')));
      stage.at(90, () => void store.command('lead-c', mark('mine?'), () => EMPTY).subscribe());
      stage.at(100, () =>
        expect(lines.map(({ value }) => value)).toEqual([
          'as of 10',
          'as of 10 mine?',
          'as of 10 answer',
          'as of 10 answer mine?',
          'as of 10 answer 11',
          'as of 10 answer 11 mine?',
          'as of 10 answer 11 mine?',
        ]),
      );
    });
  });

  it('is sent and taken back when it is refused; the sender hears it too', () => {
    scene((stage) => {
      const { store } = trailStore(stage, new FakeSource());
      const lines = seen(stage, store.state$.pipe(map(line)));
      const refusals = seen(stage, store.refusals$);
      const refused = problem('wrong_state', 409);
      stage
        .expectObservable(
          store.command('lead-a', mark('mine?'), () => throwError(() => refused)),
          '20ms ^ 50ms !',
        )
        .toBe('20ms #', {}, refused);
      stage.at(30, () => {
        expect(lines.map(({ value }) => value)).toEqual(['as of 10', 'as of 10 mine?', 'as of 10']);
        expect(refusals).toMatchObject([{ at: 20, value: { id: 'lead-a' } }]);
      });
    });
  });

  it('that was left before its answer is looked up anew', () => {
    scene((stage) => {
      const { store, taken } = trailStore(stage, new FakeSource());
      const lines = seen(stage, store.state$.pipe(map(line)));
      let sending = store.command('lead-a', mark('mine?'), () => NEVER).subscribe();
      stage.at(20, () => sending.unsubscribe());
      stage.at(50, () => {
        expect(taken).toEqual([10, 30]);
        expect(lines.map(({ value }) => value)).toEqual(['as of 10 mine?', 'as of 10', 'as of 10']);
        sending = store.command('lead-b', mark('b'), () => of(1)).subscribe();
        sending.unsubscribe();
      });
      stage.at(90, () => expect(taken).toHaveLength(2));
    });
  });
});
