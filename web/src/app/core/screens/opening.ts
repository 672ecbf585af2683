import { Injectable, inject } from '@angular/core';
import type { NavigationError, PreloadingStrategy, Route } from '@angular/router';
import { EMPTY, catchError, switchMap, timer, type Observable } from 'rxjs';
import { Toasts } from '../../shared/toast';
import { Live } from '../live';

/** By then what is on screen has its data, and whoever only looked in has gone. */
const QUIET_MS = 5_000;

/** Loads the screens that were not opened yet, some seconds after the first one: they open without a connection too. */
@Injectable({ providedIn: 'root' })
export class PreloadWhenQuiet implements PreloadingStrategy {
  preload(_route: Route, load: () => Observable<unknown>): Observable<unknown> {
    // What cannot be loaded now is asked for again when it is opened.
    return timer(QUIET_MS).pipe(
      switchMap(load),
      catchError(() => EMPTY),
    );
  }
}

/** Browsers say differently that a part of the app could not be fetched. */
const NOT_FETCHED = /dynamically imported module|importing a module script failed/i;

/** Says so when a screen could not be loaded; without a word a click on it would seem to do nothing. */
export function sayUnopened({ error }: NavigationError): void {
  if (!(error instanceof Error && NOT_FETCHED.test(error.message))) return;
  const toasts = inject(Toasts);
  if (inject(Live).status().kind === 'live') {
    const action = { label: 'Reload', run: () => location.reload() };
    toasts.show({ text: 'There is a newer version of this screen', action, tone: 'bad' });
  } else {
    toasts.show({ text: 'This screen could not be loaded without a connection. Try it again when it is back.' });
  }
}
