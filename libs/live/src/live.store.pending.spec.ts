import { describe, expect, it } from '@jest/globals';
import { defer, EMPTY, map, NEVER, of, throwError, timer } from 'rxjs';
import { deleted } from './testing/events';
import { FakeSource } from './testing/fake.source';
import { line, problem, trailStore, type Trail } from './testing/trail.store';
import { scene, seen } from './testing/virtual.time';

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
