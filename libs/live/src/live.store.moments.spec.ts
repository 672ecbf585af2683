import { describe, expect, it } from '@jest/globals';
import { map, Observable, Subject } from 'rxjs';
import { FakeSource } from './testing/fake.source';
import { line, problem, trailStore, type Trail } from './testing/trail.store';
import { scene, seen } from './testing/virtual.time';

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

  it('is too much to keep at some point; then one more snapshot is taken', () => {
    scene((stage) => {
      const moments$ = new Subject<(trail: Trail) => Trail>();
      const { store, taken } = trailStore(stage, new FakeSource(), { moments$, services: [] });
      const lines = seen(stage, store.state$.pipe(map(line)));
      stage.at(5, () => {
        for (let count = 0; count < 10_001; count += 1) moments$.next((trail) => [...trail, 'kept']);
      });
      stage.at(30, () => {
        expect(taken).toEqual([10, 20]);
        expect(lines).toEqual([
          { at: 10, value: 'as of 10' },
          { at: 20, value: 'as of 10' },
        ]);
      });
    });
  });

  it('is followed again after it was refused, a minute later and with a new snapshot', () => {
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
      stage.at(61_000, () => {
        expect(follows).toBe(2);
        expect(taken).toEqual([10, 60_030]);
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
