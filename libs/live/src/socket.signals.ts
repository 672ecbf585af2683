import {
  LOG_MESSAGES,
  STATE_MESSAGES,
  type Head,
  type LogMessage,
  type LogService,
  type Reset,
  type StateMessage,
} from '@threadline/contracts';
import { Observable } from 'rxjs';
import type { LiveSocket } from './live.socket';
import { Dropped } from './trouble';

/** What comes out of a socket. */
export type SocketSignal =
  | { kind: 'open'; socket: LiveSocket }
  | { kind: 'log'; service: LogService; message: LogMessage }
  | { kind: 'state'; message: StateMessage }
  | { kind: 'reset'; reset: Reset }
  | { kind: 'head'; head: Head };

/**
 * One socket from its opening to its end. Errors with Dropped or SignedOut, never completes; unsubscribing closes
 * the socket.
 */
export function socketSignals(make: () => LiveSocket): Observable<SocketSignal> {
  return new Observable((subscriber) => {
    const socket = make();
    subscriber.add(() => socket.close());
    socket.onOpen(() => subscriber.next({ kind: 'open', socket }));
    socket.onClosed((why) => subscriber.error(why));
    for (const service of Object.keys(LOG_MESSAGES) as LogService[]) {
      socket.on(LOG_MESSAGES[service], (message) => subscriber.next({ kind: 'log', service, message }));
    }
    for (const name of [...Object.values(STATE_MESSAGES), 'typing'] as const) {
      socket.on(name, (message: StateMessage) => subscriber.next({ kind: 'state', message }));
    }
    socket.on('reset', (reset) => subscriber.next({ kind: 'reset', reset }));
    socket.on('head', (head) => subscriber.next({ kind: 'head', head }));
    socket.on('server_draining', ({ retryInMs }) =>
      subscriber.error(new Dropped('The server is being restarted', retryInMs)),
    );
    socket.open();
  });
}
