import { inject } from '@angular/core';
import { type CanActivateFn, type Route, Router, type Routes } from '@angular/router';
import { Session, permitted } from '../../core/session';
import { Viewport } from '../../shared/ui';
import { SettingsIndexComponent } from './settings-index.component';
import { SettingsPage as SettingsFrame } from './settings.page';
import { SETTINGS_PAGES, settingsPagesOf, type SettingsPage } from './settings.pages';

/** Beside the list there is always a page; on a phone the list is a page of its own. */
const firstPage: CanActivateFn = async () => {
  const [session, router, phone] = [inject(Session), inject(Router), inject(Viewport).phone()];
  await session.settled();
  const [first] = settingsPagesOf(session.me());
  return phone || !first || router.createUrlTree(['/settings', first.path]);
};

function routeOf({ path, label, permission, offered, load }: SettingsPage): Route {
  return {
    path,
    title: label,
    canMatch: permission === null ? [] : [permitted(permission, offered)],
    loadComponent: load,
  };
}

export default [
  {
    path: '',
    component: SettingsFrame,
    children: [
      { path: '', pathMatch: 'full', component: SettingsIndexComponent, canActivate: [firstPage] },
      ...SETTINGS_PAGES.map(routeOf),
    ],
  },
] satisfies Routes;
