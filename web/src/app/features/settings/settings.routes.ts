import { inject } from '@angular/core';
import { type CanActivateFn, type Route, Router, type Routes } from '@angular/router';
import { SETTINGS_PLACES, settingsPlacesOf, type SettingsPath, type SettingsPlace } from '../../core/screens';
import { Session, asksFirst, permitted } from '../../core/session';
import { Viewport } from '../../shared/ui';
import { SettingsIndexComponent } from './settings-index.component';
import { SettingsPage } from './settings.page';
import { SETTINGS_PAGES } from './settings.pages';

/** Beside the list there is always a page; on a phone the list is a page of its own. */
const firstPage: CanActivateFn = async () => {
  const [session, router, phone] = [inject(Session), inject(Router), inject(Viewport).phone()];
  await session.settled();
  const [first] = settingsPlacesOf(session.me());
  return phone || !first || router.createUrlTree(['/settings', first.path]);
};

function routeOf({ path, label, permission, offered }: SettingsPlace & { path: SettingsPath }): Route {
  return {
    path,
    title: label,
    canMatch: permission === null ? [] : [permitted(permission, offered)],
    canDeactivate: [asksFirst],
    loadComponent: SETTINGS_PAGES[path],
  };
}

export default [
  {
    path: '',
    component: SettingsPage,
    children: [
      { path: '', pathMatch: 'full', component: SettingsIndexComponent, canActivate: [firstPage] },
      ...SETTINGS_PLACES.map(routeOf),
    ],
  },
] satisfies Routes;
