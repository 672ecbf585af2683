import { describe, expect, it } from '@jest/globals';
import type { Envelope } from '@threadline/contracts';
import { map, of, timer } from 'rxjs';
import { LiveStore } from './live.store';
import { deleted } from './testing/events';
import { scene, seen, type Stage } from './testing/virtual.time';

/** A workspace's log on the server's side, and the list that its events make. */
class FakeLog {
  seq = 0;
  grow(to: number): void {
    this.seq = to;
  }
  after(position: number): Envelope[] {
    return Array.from({ length: this.seq - position }, (_, index) => deleted(position + 1 + index));
  }
}

/** A store of all numbers so far, on a real connection to the fake server; snapshots take 30 ms. */
function numbersStore(stage: Stage, log: FakeLog) {
  const connection = stage.connection({
    events: (after) => of({ items: after === null ? [] : log.after(after), lastSeq: log.seq, epoch: 'one' }),
  });
  const store = new LiveStore<readonly number[], 'leads'>({
    source: connection,
    services: ['leads'],
    // Read when it is asked for; the answer is under way.
    snapshot: () => {
      const asOf = log.seq;
      return timer(30, stage.scheduler).pipe(map(() => ({ state: numbers(asOf), asOf })));
    },
    reduce: (all, event) => [...all, event.seq],
    scheduler: stage.scheduler,
    random: () => 0.5,
  });
  const states = seen(stage, store.state$);
  const status = seen(stage, store.status$.pipe(map(({ kind }) => kind)));
  /** What is on the screen is exactly what the log says. */
  const expectWhole = () => expect(states.at(-1)?.value).toEqual(numbers(log.seq));
  return { connection, store, states, status, expectWhole };
}

const numbers = (to: number) => Array.from({ length: to }, (_, index) => index + 1);

/** Answers a subscription as the server does: what was missed, then the ack. */
function serve({ server }: Stage, log: FakeLog): void {
  const { lastSeq } = server.latest.subscribed.at(-1) ?? {};
  if (lastSeq !== undefined && lastSeq < log.seq) server.latest.log('leads', ...log.after(lastSeq));
  server.latest.ack(log.seq);
}

describe('A store on a connection', () => {
  it('misses nothing when the log grows between snapshot and subscription', () => {
    scene((stage) => {
      const { at, server } = stage;
      const log = new FakeLog();
      log.grow(10);
      const { expectWhole, states, status } = numbersStore(stage, log);
      // Snapshot read at 0 as of 10; subscribed at 12 from 12.
      at(5, () => log.grow(12));
      at(10, () => server.latest.accept());
      at(12, () => serve(stage, log));
      at(20, () => {
        log.grow(13);
        server.latest.log('leads', deleted(13));
      });
      // The snapshot is there: what lies between is asked for.
      at(40, () => {
        expect(server.latest.subscribed.at(-1)?.lastSeq).toBe(10);
        serve(stage, log);
      });
      at(50, () => {
        expectWhole();
        expect(states.map(({ value }) => value.length)).toEqual([10, 13]);
        expect(status.map(({ value }) => value)).toEqual(['loading', 'catching up', 'live']);
      });
    });
  });

  it('shows the snapshot before there is a socket, and follows from there', () => {
    scene((stage) => {
      const { at, server } = stage;
      const log = new FakeLog();
      log.grow(10);
      const { expectWhole } = numbersStore(stage, log);
      at(40, expectWhole);
      at(50, () => log.grow(14));
      at(60, () => server.latest.accept());
      at(61, () => serve(stage, log));
      at(70, expectWhole);
    });
  });

  it('catches up after a break, by polling while there is no socket, and by the socket again', () => {
    scene((stage) => {
      const { at, server } = stage;
      const log = new FakeLog();
      log.grow(10);
      const { expectWhole, status } = numbersStore(stage, log);
      at(10, () => server.latest.accept());
      at(11, () => serve(stage, log));
      at(40, expectWhole);
      at(1_000, () => server.latest.drop());
      at(1_100, () => log.grow(100));
      for (let ms = 1_600; ms < 19_000; ms += 250) at(ms, () => server.latest.refuse(new Error('websocket error')));
      at(12_000, () => {
        expectWhole();
        expect(status.at(-1)?.value).toBe('live');
        log.grow(110);
      });
      at(29_000, () => server.latest.accept());
      at(29_001, () => {
        log.grow(120);
        serve(stage, log);
      });
      at(29_010, expectWhole);
      at(29_020, () => expect(status.map(({ value }) => value)).toEqual(['loading', 'live', 'stale', 'live']));
    });
  });

  it('starts over in another log, and mixes nothing', () => {
    scene((stage) => {
      const { at, server } = stage;
      const log = new FakeLog();
      log.grow(10);
      const { expectWhole, states } = numbersStore(stage, log);
      at(10, () => server.latest.accept());
      at(11, () => serve(stage, log));
      at(1_000, () => {
        log.grow(4);
        server.latest.send('reset', { epoch: 'two', seq: 4 });
      });
      at(1_010, () => {
        log.grow(5);
        server.latest.log('leads', deleted(5));
      });
      at(1_020, () => expect(states.at(-1)?.value).toEqual(numbers(10)));
      at(1_040, expectWhole);
    });
  });
});
