import { inject } from '@angular/core';
import { Router, type CanActivateFn, type CanDeactivateFn, type CanMatchFn, type UrlTree } from '@angular/router';
import type { Me, Permission } from '@threadline/contracts';
import { Leaving } from '../../shared/dialog';
import { returnUrl } from './return-url';
import { Session } from './session.service';

/** Lets the signed-in through; sends others to sign in, and back afterwards. */
export const signedIn: CanActivateFn = async (_, state): Promise<boolean | UrlTree> => {
  const router = inject(Router);
  const session = inject(Session);
  const queryParams = state.url === '/' ? {} : { to: state.url };
  if (await session.settled()) {
    return session.me()?.secondFactorMissing ? router.createUrlTree(['/second-factor'], { queryParams }) : true;
  }
  return router.createUrlTree(['/sign-in'], { queryParams });
};

/** For adding the second factor that the workspace asks for: whoever has one goes where they wanted. */
export const enrolling: CanActivateFn = async (route): Promise<boolean | UrlTree> => {
  const router = inject(Router);
  const session = inject(Session);
  if (!(await session.settled())) return router.createUrlTree(['/sign-in']);
  return session.me()?.secondFactorMissing
    ? true
    : router.parseUrl(returnUrl(route.queryParamMap.get('to'), location.origin));
};

/** For sign-in and registration: who is signed in already goes where they wanted. */
export const signedOut: CanActivateFn = async (route): Promise<boolean | UrlTree> => {
  const router = inject(Router);
  if (!(await inject(Session).settled())) return true;
  return router.parseUrl(returnUrl(route.queryParamMap.get('to'), location.origin));
};

/** Asks before a page loses what it holds; whose session ended goes all the same. */
export const asksFirst: CanDeactivateFn<unknown> = () => inject(Session).me() === null || inject(Leaving).allowed();

/** For routes of the shell: without the right, the route is not there. */
export function permitted(permission: Permission, offered: (me: Me) => boolean = () => true): CanMatchFn {
  return async () => {
    const session = inject(Session);
    await session.settled();
    const me = session.me();
    // Who is signed out matches, so that the guard of the shell can send them to sign in first.
    return me === null || (me.permissions.includes(permission) && offered(me));
  };
}
