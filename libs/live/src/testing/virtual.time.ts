import { expect } from '@jest/globals';
import type { Observable } from 'rxjs';
import { TestScheduler, type RunHelpers } from 'rxjs/testing';
import type { LiveConnectionOptions } from '../connection.options';
import { LiveConnection } from '../live.connection';
import { FakeServer } from './fake.server';

export interface Stage extends Pick<RunHelpers, 'expectObservable' | 'cold' | 'hot' | 'flush'> {
  scheduler: TestScheduler;
  server: FakeServer;
  /** Lets something happen at a moment of virtual time. */
  at: (ms: number, happens: () => void) => void;
  /** A connected connection to the fake server; closed at the end. */
  connection: (options?: Partial<LiveConnectionOptions>) => LiveConnection;
}

/** Plays a scene in virtual time (milliseconds), from 0 to `until`. */
export function scene(play: (stage: Stage) => void, until = 600_000): void {
  const scheduler = new TestScheduler((actual, expected) => expect(actual).toEqual(expected));
  scheduler.run(({ expectObservable, cold, hot, flush }) => {
    const server = new FakeServer();
    const at = (ms: number, happens: () => void) => void scheduler.schedule(happens, ms);
    const connection = (options: Partial<LiveConnectionOptions> = {}) => {
      const made = new LiveConnection({
        url: '',
        token: () => Promise.resolve('token'),
        scheduler,
        random: () => 0.5,
        socket: server.factory,
        ...options,
      });
      made.connect();
      at(until, () => made.close());
      return made;
    };
    play({ expectObservable, cold, hot, flush, scheduler, server, at, connection });
  });
}

/** Whatever an observable brought, with the millisecond it came. */
export function seen<T>(stage: Stage, source: Observable<T>): { at: number; value: T }[] {
  const values: { at: number; value: T }[] = [];
  source.subscribe((value) => values.push({ at: stage.scheduler.now(), value }));
  return values;
}
