import { describe, expect, it } from '@jest/globals';
import type { LogService } from '@threadline/contracts';
import { EMPTY, map, NEVER, Subject } from 'rxjs';
import type { LiveConnection } from './live.connection';
import type { LogNews, SnapshotPosition } from './log.news';
import { deleted, judged } from './testing/events';
import { scene, seen } from './testing/virtual.time';
import { LiveRefusal } from './trouble';

const numbers = (connection: LiveConnection, service: LogService) =>
  connection.service(service).pipe(map((event) => String(event.seq)));

/** `joined 4`, `events 5 6`, `reset 9`. */
const words = (news: LogNews) =>
  news.kind === 'events' ? ['events', ...news.events.map(({ seq }) => seq)].join(' ') : `${news.kind} ${news.seq}`;

describe('Subscriptions to the log', () => {
  it('bring the events of a service in order, without the bare ones', () => {
    scene(({ at, connection, server, expectObservable }) => {
      expectObservable(numbers(connection(), 'leads'), '^ 99ms !').toBe('20ms 5-(67)');
      at(1, () => server.latest.accept());
      at(2, () => server.latest.ack(4));
      at(20, () => server.latest.log('leads', deleted(5)));
      at(22, () => server.latest.log('leads', deleted(6), deleted(7), 8));
    });
  });

  it('ask for all wanted services at once, live from now on when nothing is known', () => {
    scene(({ at, connection, server }) => {
      const live = connection();
      live.service('leads').subscribe();
      live.service('messages').subscribe();
      live.state('stats_updated').subscribe();
      at(1, () => server.latest.accept());
      at(2, () => expect(server.latest.subscribed).toEqual([{ services: ['leads', 'messages', 'stats'], version: 1 }]));
    });
  });

  it('drop what was already there', () => {
    scene(({ at, connection, server, expectObservable }) => {
      expectObservable(numbers(connection(), 'leads'), '^ 99ms !').toBe('20ms (56)-7');
      at(1, () => server.latest.accept());
      at(2, () => server.latest.ack(4));
      at(20, () => server.latest.log('leads', deleted(4), deleted(5), deleted(6)));
      at(21, () => server.latest.log('leads', deleted(5)));
      at(25, () => server.latest.log('leads', deleted(6), deleted(7)));
    });
  });

  it('close a hole by asking again, and hold back what comes after it', () => {
    scene(({ at, connection, server, expectObservable }) => {
      expectObservable(numbers(connection(), 'leads'), '^ 99ms !').toBe('20ms 5 19ms (678)');
      at(1, () => server.latest.accept());
      at(2, () => server.latest.ack(4));
      at(20, () => server.latest.log('leads', deleted(5)));
      at(30, () => server.latest.log('leads', deleted(8)));
      at(31, () =>
        expect(server.latest.subscribed.at(-1)).toEqual({ services: ['leads'], version: 1, lastSeq: 5, epoch: 'one' }),
      );
      at(40, () => server.latest.log('leads', deleted(6), deleted(7), deleted(8)));
      at(41, () => server.latest.ack(8));
      at(50, () => expect(server.latest.subscribed).toHaveLength(2));
    });
  });

  it('take a new snapshot when the server does not fill a hole', () => {
    scene((stage) => {
      const { at, connection, server } = stage;
      const news = seen(stage, connection().log(['leads']).pipe(map(words)));
      at(1, () => server.latest.accept());
      at(2, () => server.latest.ack(4));
      at(1_000, () => server.latest.log('leads', deleted(8)));
      // Asked at once, then after 1 and 2 seconds.
      for (const ms of [1_010, 2_020, 4_030]) at(ms, () => server.latest.ack(8));
      at(5_000, () => {
        expect(server.latest.subscribed).toHaveLength(4);
        expect(news).toEqual([
          { at: 2, value: 'joined 4' },
          { at: 4_030, value: 'reset 8' },
        ]);
        server.latest.log('leads', deleted(9));
        expect(news.at(-1)?.value).toBe('events 9');
      });
    });
  });

  it('ask for what is missing when the head stays ahead', () => {
    scene(({ at, connection, server, expectObservable }) => {
      expectObservable(numbers(connection(), 'leads'), '^ 9s !').toBe('3s 6');
      at(1, () => server.latest.accept());
      at(2, () => server.latest.ack(5));
      at(1_000, () => server.latest.send('head', { seq: 6 }));
      at(2_499, () => expect(server.latest.subscribed).toHaveLength(1));
      at(2_501, () => expect(server.latest.subscribed.at(-1)?.lastSeq).toBe(5));
      at(3_000, () => server.latest.log('leads', deleted(6)));
      at(3_001, () => server.latest.ack(6));
    });
  });

  it('do not ask when the head was only a moment ahead', () => {
    scene(({ at, connection, server }) => {
      connection().service('leads').subscribe();
      at(1, () => server.latest.accept());
      at(2, () => server.latest.ack(5));
      at(1_000, () => server.latest.send('head', { seq: 6 }));
      at(1_200, () => server.latest.log('leads', 6));
      at(9_000, () => expect(server.latest.subscribed).toHaveLength(1));
    });
  });

  it('resume from the lowest position of their services, and give each event once', () => {
    scene(({ at, connection, server, expectObservable }) => {
      const live = connection();
      expectObservable(numbers(live, 'leads'), '^ 9s !').toBe('20ms 5 2979ms 6');
      expectObservable(numbers(live, 'messages'), '^ 9s !').toBe('3001ms 7');
      at(1, () => server.latest.accept());
      at(2, () => server.latest.ack(4));
      at(20, () => server.latest.log('leads', deleted(5)));
      at(1_000, () => server.latest.drop());
      at(2_000, () => {
        expect(server.sockets).toHaveLength(2);
        server.latest.accept();
        expect(server.latest.subscribed).toEqual([
          { services: ['leads', 'messages'], version: 1, lastSeq: 4, epoch: 'one' },
        ]);
      });
      at(3_000, () => server.latest.log('leads', deleted(5), deleted(6), 7));
      at(3_001, () => server.latest.log('messages', 5, 6, judged(7)));
      at(3_002, () => server.latest.ack(7));
    });
  });

  it('hear of a reset, and go on from its position', () => {
    scene((stage) => {
      const { at, connection, server } = stage;
      const news = seen(stage, connection().log(['leads', 'messages']).pipe(map(words)));
      at(1, () => server.latest.accept());
      at(2, () => server.latest.ack(900));
      at(1_000, () => server.latest.drop());
      at(2_000, () => server.latest.accept());
      at(2_001, () => server.latest.send('reset', { epoch: 'two', seq: 30 }));
      at(2_002, () => server.latest.ack(30, 'two'));
      at(2_003, () => server.latest.log('leads', deleted(31)));
      at(9_000, () => {
        expect(news.map(({ value }) => value)).toEqual(['joined 900', 'reset 30', 'events 31']);
        expect(server.latest.subscribed).toHaveLength(1);
        server.latest.drop();
      });
      at(20_000, () => {
        server.latest.accept();
        expect(server.latest.subscribed[0]).toMatchObject({ lastSeq: 30, epoch: 'two' });
      });
    });
  });

  it('count an answer from another log as a reset', () => {
    scene((stage) => {
      const { at, connection, server } = stage;
      const news = seen(stage, connection().log(['leads']).pipe(map(words)));
      at(1, () => server.latest.accept());
      at(2, () => server.latest.ack(900));
      at(1_000, () => server.latest.drop());
      at(2_000, () => server.latest.accept());
      at(2_001, () => server.latest.ack(30, 'two'));
      at(9_000, () => {
        expect(news.map(({ value }) => value)).toEqual(['joined 900', 'reset 30']);
        expect(server.latest.subscribed).toHaveLength(1);
      });
    });
  });

  it('are counted: the second reader asks for nothing, the last one gone ends the service', () => {
    scene((stage) => {
      const { at, connection, server } = stage;
      const live = connection();
      const messages = live.service('messages').subscribe();
      const first = live.service('leads').subscribe();
      at(1, () => server.latest.accept());
      at(2, () => server.latest.ack(4));
      let second: { at: number; value: string }[] = [];
      at(100, () => (second = seen(stage, live.log(['leads']).pipe(map(words)))));
      at(200, () => first.unsubscribe());
      at(300, () => {
        expect(server.latest.subscribed).toHaveLength(1);
        expect(second).toEqual([{ at: 100, value: 'joined 4' }]);
        messages.unsubscribe();
      });
      at(400, () => {
        expect(server.latest.subscribed.at(-1)).toEqual({
          services: ['leads'],
          version: 1,
          lastSeq: 4,
          epoch: 'one',
        });
      });
    });
  });

  it('come and go on one page change with a single ask', () => {
    scene(({ at, connection, server }) => {
      const live = connection();
      const page = live.service('leads').subscribe();
      at(1, () => server.latest.accept());
      at(2, () => server.latest.ack(4));
      at(100, () => {
        page.unsubscribe();
        live.service('messages').subscribe();
        live.service('drafts').subscribe();
      });
      at(200, () => {
        expect(server.latest.subscribed).toHaveLength(2);
        expect(server.latest.subscribed.at(-1)?.services).toEqual(['messages', 'drafts']);
      });
    });
  });

  it('leave everything when nobody reads any more', () => {
    scene(({ at, connection, server }) => {
      const reading = connection().service('leads').subscribe();
      at(1, () => server.latest.accept());
      at(2, () => server.latest.ack(4));
      at(10, () => reading.unsubscribe());
      at(20, () => expect(server.latest.subscribed.at(-1)).toEqual({ services: [], version: 1 }));
    });
  });

  it('begin where a snapshot stands when it was there first', () => {
    scene((stage) => {
      const { at, connection, server } = stage;
      const snapshots$ = new Subject<SnapshotPosition>();
      const news = seen(stage, connection().log(['leads'], snapshots$).pipe(map(words)));
      at(1, () => snapshots$.next({ asOf: 40 }));
      at(2, () => server.latest.accept());
      at(3, () => {
        expect(server.latest.subscribed).toEqual([{ services: ['leads'], version: 1, lastSeq: 40 }]);
        server.latest.log('leads', deleted(41));
        server.latest.ack(41);
      });
      at(9, () =>
        expect(news).toEqual([
          { at: 1, value: 'joined 40' },
          { at: 3, value: 'events 41' },
        ]),
      );
    });
  });

  it('go back when the snapshot is older than what they began with', () => {
    scene((stage) => {
      const { at, connection, server } = stage;
      const live = connection();
      const other = seen(stage, live.log(['leads']).pipe(map(words)));
      const snapshots$ = new Subject<SnapshotPosition>();
      const news = seen(stage, live.log(['leads'], snapshots$).pipe(map(words)));
      at(1, () => server.latest.accept());
      at(2, () => server.latest.ack(44));
      at(3, () => server.latest.log('leads', deleted(45)));
      at(10, () => snapshots$.next({ asOf: 43 }));
      at(20, () => {
        expect(server.latest.subscribed.at(-1)?.lastSeq).toBe(43);
        server.latest.log('leads', deleted(44), deleted(45));
        server.latest.ack(45);
      });
      at(30, () => {
        expect(news.map(({ value }) => value)).toEqual(['joined 44', 'events 45', 'joined 43', 'events 44 45']);
        expect(other.map(({ value }) => value)).toEqual(['joined 44', 'events 45']);
        expect(server.latest.subscribed).toHaveLength(2);
      });
    });
  });

  it('ask once more when the snapshot came while the first answer was on its way', () => {
    scene((stage) => {
      const { at, connection, server } = stage;
      const snapshots$ = new Subject<SnapshotPosition>();
      const news = seen(stage, connection().log(['leads'], snapshots$).pipe(map(words)));
      at(1, () => server.latest.accept());
      at(2, () => snapshots$.next({ asOf: 40 }));
      at(3, () => server.latest.ack(42));
      at(4, () => {
        expect(server.latest.subscribed.map(({ lastSeq }) => lastSeq)).toEqual([undefined, 40]);
        server.latest.log('leads', deleted(41), deleted(42));
        server.latest.ack(42);
      });
      at(9_000, () => {
        expect(news.map(({ value }) => value)).toEqual(['joined 40', 'events 41 42']);
        expect(server.latest.subscribed).toHaveLength(2);
      });
    });
  });

  it('give an event that two of their services carry once', () => {
    scene((stage) => {
      const { at, connection, server } = stage;
      const news = seen(stage, connection().log(['activity', 'leads', 'leads']).pipe(map(words)));
      at(1, () => server.latest.accept());
      at(2, () => server.latest.ack(4));
      at(3, () => server.latest.log('leads', deleted(5), 6));
      at(4, () => server.latest.log('activity', deleted(5), judged(6)));
      at(9, () => expect(news.map(({ value }) => value)).toEqual(['joined 4', 'events 5 6']));
    });
  });

  it('end with the refusal when their service is not allowed; the others go on', () => {
    scene((stage) => {
      const { at, connection, server, expectObservable } = stage;
      const live = connection();
      expectObservable(numbers(live, 'leads'), '^ 99ms !').toBe('9ms 5');
      expectObservable(numbers(live, 'deals')).toBe('2ms #', {}, new LiveRefusal('forbidden', 'Refused: forbidden'));
      expectObservable(live.state('analytics_updated')).toBe(
        '2ms #',
        {},
        new LiveRefusal('forbidden', 'Refused: forbidden'),
      );
      at(1, () => server.latest.accept());
      at(2, () => server.latest.refuseLatest('forbidden', ['deals', 'analytics']));
      at(3, () => {
        expect(server.latest.subscribed.at(-1)).toEqual({ services: ['leads'], version: 1 });
        server.latest.ack(4);
      });
      at(9, () => server.latest.log('leads', deleted(5)));
    });
  });

  it('tell when states may have changed unheard: on taking effect, and again after a break', () => {
    scene(({ at, connection, server, expectObservable }) => {
      const live = connection();
      expectObservable(live.joined('stats_updated').pipe(map(() => 'j')), '^ 9s !').toBe('2ms j 2998ms j');
      expectObservable(live.state('task_progress').pipe(map(({ done }) => String(done))), '^ 9s !').toBe('200ms 7');
      live.state('stats_updated').subscribe();
      at(1, () => server.latest.accept());
      at(2, () => server.latest.ack(4));
      at(100, () => live.service('leads').subscribe());
      at(110, () => server.latest.ack(4));
      at(200, () => server.latest.state('task_progress', { taskId: 'import', done: 7, total: 9, secondsLeft: null }));
      at(1_000, () => server.latest.drop());
      at(2_000, () => server.latest.accept());
      at(3_001, () => server.latest.ack(4));
    });
  });

  it('have nothing to say when there is nothing to read', () => {
    scene(({ connection, expectObservable }) => {
      const live = connection();
      expectObservable(live.log([]), '^ 9s !').toBe('-', {});
      expectObservable(live.log(['leads'], NEVER), '^ 9s !').toBe('-', {});
      expectObservable(live.log(['leads'], EMPTY), '^ 9s !').toBe('-', {});
    });
  });
});
