import { describe, expect, it } from '@jest/globals';
import { map, NEVER, of, Subject, throwError, type Observable } from 'rxjs';
import { freshnessLabel, type ConnectionStatus } from './connection.status';
import { deleted } from './testing/events';
import { scene, seen, type Stage } from './testing/virtual.time';

/** The mark on the screen; times of day as milliseconds of the scene. */
const label = (status: ConnectionStatus) => freshnessLabel(status, (at) => String(at.getTime()));
const labels = (stage: Stage, status$: Observable<ConnectionStatus>) => seen(stage, status$.pipe(map(label)));

describe('The link to the server', () => {
  it('is tried again after 1, 2, 4, 8 and 16 seconds at most, with full jitter', () => {
    scene(({ at, connection, server }) => {
      const randoms = [0.999, 0, 0.5, 0.25, 0.5, 0.5];
      connection({ random: () => randoms.shift() ?? 0 });
      const opened: number[] = [];
      const failAt = (ms: number) => at(ms, () => server.latest.refuse(new Error('websocket error')));
      // Waits of 999, 0, 2000, 2000, 8000, 8000.
      let moment = 0;
      for (const wait of [999, 0, 2_000, 2_000, 8_000, 8_000]) {
        failAt(moment + 1);
        const next = moment + 1 + wait;
        const tries = opened.push(next) + 1;
        if (wait > 0) at(next - 1, () => expect(server.sockets).toHaveLength(tries - 1));
        at(next + 0.5, () => expect(server.sockets).toHaveLength(tries));
        moment = next;
      }
      at(moment + 2, () => expect(server.sockets.filter((socket) => !socket.closed)).toHaveLength(1));
    });
  });

  it('starts over with short waits once it has held for a while', () => {
    scene(({ at, connection, server }) => {
      connection();
      at(1, () => server.latest.refuse(new Error('websocket error')));
      at(502, () => server.latest.refuse(new Error('websocket error')));
      // Held for too short: the third wait is 2 s.
      at(1_600, () => server.latest.accept());
      at(2_000, () => server.latest.drop());
      at(3_999, () => expect(server.sockets).toHaveLength(3));
      at(4_001, () => {
        expect(server.sockets).toHaveLength(4);
        server.latest.accept();
      });
      at(10_000, () => server.latest.send('head', { seq: 1 }));
      at(15_000, () => server.latest.drop());
      at(15_501, () => expect(server.sockets).toHaveLength(5));
    });
  });

  it('counts the connections it had, so that others can ask anew what may have changed meanwhile', () => {
    scene((stage) => {
      const { at, connection, server } = stage;
      const counts = seen(stage, connection({ random: () => 0.5 }).connections$);
      at(10, () => server.latest.accept());
      at(2_000, () => server.latest.drop());
      at(4_000, () => server.latest.accept());
      at(5_000, () => expect(counts.map(({ value }) => value)).toEqual([0, 1, 2]));
    });
  });

  it('is tried at once when the browser is back, but not on every flicker', () => {
    scene(({ at, connection, server }) => {
      const wake$ = new Subject<void>();
      connection({ wake$, random: () => 0.9 });
      for (const ms of [1, 2_000, 5_000]) at(ms, () => server.latest.refuse(new Error('websocket error')));
      at(6_000, () => {
        wake$.next();
        expect(server.sockets).toHaveLength(4);
        server.latest.refuse(new Error('websocket error'));
        wake$.next();
        expect(server.sockets).toHaveLength(4);
      });
      // The wake-up began the back-off anew: 900 ms.
      at(6_901, () => expect(server.sockets).toHaveLength(5));
    });
  });

  it('counts as dead after two and a half heartbeats of silence', () => {
    scene(({ at, connection, server }) => {
      connection();
      at(1, () => server.latest.accept());
      at(10_001, () => server.latest.send('head', { seq: 1 }));
      at(35_000, () => expect(server.latest.closed).toBe(false));
      at(35_002, () => expect(server.latest.closed).toBe(true));
      at(35_600, () => expect(server.sockets).toHaveLength(2));
    });
  });

  it('is stale from that moment on, without the patience that a drop is met with', () => {
    scene((stage) => {
      const { at, connection, server } = stage;
      const shown = labels(stage, connection().status$);
      at(10, () => server.latest.accept());
      at(25_011, () => expect(shown.at(-1)).toEqual({ at: 25_010, value: 'Stale since 10' }));
    });
  });

  it('is given up at once when the network is gone', () => {
    scene((stage) => {
      const { at, connection, server } = stage;
      const lost$ = new Subject<void>();
      const network = { online: true, lost$ };
      const shown = labels(stage, connection({ network }).status$);
      at(10, () => server.latest.accept());
      at(5_000, () => {
        network.online = false;
        lost$.next();
        expect(server.sockets.map(({ closed }) => closed)).toEqual([true]);
        expect(shown.at(-1)).toEqual({ at: 5_000, value: 'Stale since 10' });
      });
    });
  });

  it('is believed without a network only when the server answers a request', () => {
    scene((stage) => {
      const { at, connection, server } = stage;
      let within = false;
      const events = () =>
        within ? of({ items: [], lastSeq: 0 }) : throwError(() => new TypeError('Failed to fetch'));
      const shown = labels(stage, connection({ network: { online: false, lost$: NEVER }, events }).status$);
      at(1_500, () => expect(server.sockets).toHaveLength(0));
      at(1, () => expect(shown.at(-1)?.value).toBe('Stale since 0'));
      // A server on the same machine.
      at(2_000, () => (within = true));
      at(9_000, () => server.latest.accept());
      at(9_001, () => expect(shown.at(-1)?.value).toBe('Live'));
    });
  });

  it('says so at once too while it polls', () => {
    scene((stage) => {
      const { at, connection, server } = stage;
      const lost$ = new Subject<void>();
      const network = { online: true, lost$ };
      const shown = labels(stage, connection({ network, events: () => of({ items: [], lastSeq: 0 }) }).status$);
      for (const ms of [1, 600, 2_000]) at(ms, () => server.latest.refuse(new Error('websocket error')));
      at(2_500, () => {
        expect(shown.at(-1)?.value).toBe('Live');
        network.online = false;
        lost$.next();
        expect(shown.at(-1)).toEqual({ at: 2_500, value: 'Stale since 2000' });
      });
    });
  });

  it('is looked at after sleep, when timers stood still', () => {
    scene((stage) => {
      const { at, connection, server, scheduler } = stage;
      const wake$ = new Subject<void>();
      // A clock that goes on while the timers of the connection do not.
      let slept = 0;
      const sleeping = {
        now: () => scheduler.now() + slept,
        schedule: scheduler.schedule.bind(scheduler),
      } as typeof scheduler;
      connection({ wake$, scheduler: sleeping });
      at(1, () => server.latest.accept());
      at(2_000, () => wake$.next());
      at(2_001, () => expect(server.latest.closed).toBe(false));
      at(5_000, () => {
        slept = 3_600_000;
        wake$.next();
        expect(server.latest.closed).toBe(true);
      });
      at(5_501, () => expect(server.sockets).toHaveLength(2));
    });
  });

  it('gives a handshake ten seconds, and a subscription ten without any sign of work', () => {
    scene(({ at, connection, server }) => {
      connection().service('leads').subscribe();
      at(9_999, () => expect(server.latest.closed).toBe(false));
      at(10_001, () => expect(server.latest.closed).toBe(true));
      at(10_600, () => server.latest.accept());
      at(18_000, () => server.latest.log('leads', deleted(1)));
      at(27_000, () => expect(server.latest.closed).toBe(false));
      at(28_001, () => expect(server.latest.closed).toBe(true));
    });
  });

  it('leaves a server that is being restarted, and comes back when it was told to', () => {
    scene(({ at, connection, server }) => {
      const wake$ = new Subject<void>();
      connection({ wake$ });
      at(1, () => server.latest.accept());
      at(1_000, () => server.latest.send('server_draining', { retryInMs: 7_000 }));
      at(1_001, () => expect(server.latest.closed).toBe(true));
      at(5_000, () => wake$.next());
      at(7_999, () => expect(server.sockets).toHaveLength(1));
      at(8_001, () => expect(server.sockets).toHaveLength(2));
    });
  });

  it('waits as long as a refused handshake says', () => {
    scene(({ at, connection, server }) => {
      connection();
      at(1, () =>
        server.latest.refuse({ message: 'full', data: { code: 'not_ready', detail: 'Full', retryInMs: 3_000 } }),
      );
      at(3_000, () => expect(server.sockets).toHaveLength(1));
      at(3_002, () => expect(server.sockets).toHaveLength(2));
    });
  });

  it.each(['unauthenticated', 'session_ended'] as const)('ends when the token is refused (%s)', (code) => {
    scene((stage) => {
      const { at, connection, server, expectObservable } = stage;
      const live = connection();
      expectObservable(live.signedOut$.pipe(map((trouble) => trouble.code)), '^ 9s !').toBe('50ms s', { s: code });
      const marks = labels(stage, live.status$);
      at(50, () => server.latest.refuse(Object.assign(new Error('no'), { data: { code, detail: 'Sign in' } })));
      at(300_000, () => {
        expect(server.sockets).toHaveLength(1);
        expect(marks).toEqual([
          { at: 0, value: 'Connecting' },
          { at: 50, value: 'Stale since 0' },
        ]);
        live.connect();
        live.connect();
        expect(server.sockets).toHaveLength(2);
      });
    });
  });

  it('ends when the subscription says that the session has ended', () => {
    scene(({ at, connection, server, expectObservable }) => {
      const live = connection();
      live.service('leads').subscribe();
      expectObservable(live.signedOut$.pipe(map((trouble) => trouble.code)), '^ 9s !').toBe('2ms s', {
        s: 'session_ended',
      });
      at(1, () => server.latest.accept());
      at(2, () => server.latest.refuseLatest('session_ended'));
      at(9_000, () => expect(server.sockets).toHaveLength(1));
    });
  });

  it('is tried again when the server is not ready for subscriptions', () => {
    scene(({ at, connection, server }) => {
      const live = connection();
      live.service('leads').subscribe();
      at(1, () => server.latest.accept());
      at(2, () => server.latest.refuseLatest('not_ready'));
      at(600, () => expect(server.sockets).toHaveLength(2));
    });
  });

  it('closes, and goes on from where it was', () => {
    scene(({ at, connection, server }) => {
      const live = connection();
      live.service('leads').subscribe();
      at(1, () => server.latest.accept());
      at(2, () => server.latest.ack(4));
      at(3, () => {
        live.close();
        live.close();
      });
      at(60_000, () => {
        expect(server.sockets).toHaveLength(1);
        expect(server.latest.closed).toBe(true);
        live.connect();
        server.latest.accept();
        expect(server.latest.subscribed[0]?.lastSeq).toBe(4);
      });
    });
  });

  it('reports a fault of its surroundings and does not hide it', () => {
    const fault = new Error('the wake-ups broke');
    const wake$ = new Subject<void>();
    expect(() =>
      scene((stage) => {
        const live = stage.connection({ wake$ });
        const statuses = seen(stage, live.status$);
        stage.at(5, () => wake$.error(fault));
        stage.at(6, () =>
          expect(statuses.at(-1)?.value).toMatchObject({ kind: 'stale', trouble: { code: 'fault', cause: fault } }),
        );
      }),
    ).toThrow(fault);
  });
});

describe('The freshness of a connection', () => {
  it('goes from connecting over catching up to live, with the count of what is missing', () => {
    scene((stage) => {
      const { at, connection, server } = stage;
      const live = connection();
      const marks = labels(stage, live.status$);
      live.service('leads').subscribe();
      at(1, () => server.latest.accept());
      at(2, () => server.latest.ack(4));
      at(20_000, () => server.latest.send('head', { seq: 4 }));
      at(30_000, () => server.latest.drop());
      at(40_000, () => server.latest.accept());
      at(40_001, () => server.latest.send('head', { seq: 18 }));
      at(40_002, () => server.latest.log('leads', deleted(5), 6, 7));
      at(40_003, () => server.latest.log('leads', 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18));
      at(40_004, () => server.latest.ack(18));
      at(40_005, () =>
        expect(marks).toEqual([
          { at: 0, value: 'Connecting' },
          { at: 2, value: 'Live' },
          { at: 31_500, value: 'Stale since 20000' },
          { at: 40_001, value: 'Catching up 14' },
          { at: 40_002, value: 'Catching up 11' },
          { at: 40_004, value: 'Live' },
        ]),
      );
    });
  });

  it('does not speak of a drop that heals at the first try', () => {
    scene((stage) => {
      const { at, connection, server } = stage;
      const live = connection();
      const marks = labels(stage, live.status$);
      at(1, () => server.latest.accept());
      at(1_000, () => server.latest.drop());
      at(1_600, () => server.latest.accept());
      at(9_000, () => expect(marks.map(({ value }) => value)).toEqual(['Connecting', 'Live']));
    });
  });

  it('speaks of a link that never holds', () => {
    scene((stage) => {
      const { at, connection, server } = stage;
      const live = connection();
      live.service('leads').subscribe();
      const statuses = seen(stage, live.status$);
      at(1, () => server.latest.accept());
      at(2, () => server.latest.ack(9));
      at(100, () => server.latest.drop());
      for (const ms of [700, 2_000]) {
        at(ms, () => server.latest.accept());
        at(ms + 1, () => server.latest.send('head', { seq: 12 }));
        at(ms + 2, () => server.latest.drop());
      }
      at(2_600, () =>
        expect(statuses.map(({ value }) => label(value))).toEqual([
          'Connecting',
          'Live',
          'Catching up 3',
          'Stale since 2',
          'Catching up 3',
          'Stale since 2',
        ]),
      );
      at(2_601, () =>
        expect(statuses.at(-1)?.value).toMatchObject({
          trouble: { code: 'unreachable', detail: 'The connection was lost' },
        }),
      );
    });
  });

  it('says the same to whoever asks late', () => {
    scene(({ at, connection, server, expectObservable }) => {
      const live = connection();
      at(1, () => server.latest.accept());
      expectObservable(live.status$.pipe(map(label)), '5ms ^ 9ms !').toBe('5ms s', { s: 'Live' });
    });
  });
});
