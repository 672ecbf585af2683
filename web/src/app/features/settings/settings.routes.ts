import { inject } from '@angular/core';
import type { Route, Routes } from '@angular/router';
import { Session, permitted } from '../../core/session';
import { Viewport } from '../../shared/ui';
import { SettingsIndexComponent } from './settings-index.component';
import { SettingsPage as SettingsFrame } from './settings.page';
import { SETTINGS_PAGES, settingsPagesOf, type SettingsPage } from './settings.pages';

/** Known only once it is known who is signed in. */
async function besideThePages(): Promise<boolean> {
  const [session, phone] = [inject(Session), inject(Viewport).phone()];
  await session.settled();
  return !phone && session.me() !== null;
}

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
      {
        // Beside the list there is always a page; on a phone the list is a page of its own.
        path: '',
        pathMatch: 'full',
        canMatch: [besideThePages],
        redirectTo: () => `/settings/${settingsPagesOf(inject(Session).me())[0]?.path ?? ''}`,
      },
      { path: '', pathMatch: 'full', component: SettingsIndexComponent },
      ...SETTINGS_PAGES.map(routeOf),
    ],
  },
] satisfies Routes;
