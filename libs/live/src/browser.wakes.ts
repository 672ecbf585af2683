import { filter, fromEvent, merge, type Observable } from 'rxjs';

/** Emits when a browser tab is online again, in front again or visible again: for LiveConnection's `wake$`. */
export function browserWakes(window: Window): Observable<unknown> {
  return merge(
    fromEvent(window, 'online'),
    fromEvent(window, 'focus'),
    fromEvent(window.document, 'visibilitychange').pipe(filter(() => window.document.visibilityState === 'visible')),
  );
}
