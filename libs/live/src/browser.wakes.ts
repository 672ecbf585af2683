import { filter, fromEvent, merge, type Observable } from 'rxjs';
import type { Network } from './connection.options';

/** Emits when a browser tab is online again, in front again or visible again: for LiveConnection's `wake$`. */
export function browserWakes(window: Window): Observable<unknown> {
  return merge(
    fromEvent(window, 'online'),
    fromEvent(window, 'focus'),
    fromEvent(window.document, 'visibilitychange').pipe(filter(() => window.document.visibilityState === 'visible')),
  );
}

/** What the browser knows of the network: for LiveConnection's `network`. */
export function browserNetwork(window: Window): Network {
  return {
    get online() {
      return window.navigator.onLine;
    },
    lost$: fromEvent(window, 'offline'),
  };
}
