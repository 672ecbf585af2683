import { inject } from '@angular/core';
import type { RedirectFunction } from '@angular/router';
import { Session } from '../session';
import { screensOf } from './screens';

/** Where the app begins: the first screen that the person has. */
export const toStart: RedirectFunction = async () => {
  const session = inject(Session);
  if (!(await session.settled())) return '/sign-in';
  return `/${screensOf(session.me())[0]?.path ?? 'settings'}`;
};
