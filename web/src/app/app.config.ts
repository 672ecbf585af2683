import { APP_BASE_HREF } from '@angular/common';
import {
  inject,
  provideAppInitializer,
  provideBrowserGlobalErrorListeners,
  type ApplicationConfig,
} from '@angular/core';
import {
  TitleStrategy,
  provideRouter,
  withComponentInputBinding,
  withInMemoryScrolling,
  withNavigationErrorHandler,
  withPreloading,
  withRouterConfig,
} from '@angular/router';
import { routes } from './app.routes';
import { PageTitle, Theme } from './core/browser';
import { Preferences } from './core/preferences';
import { PreloadWhenQuiet, sayUnopened } from './core/screens';
import { Session } from './core/session';
import { TIME_ZONE } from './shared/format';

export const appConfig: ApplicationConfig = {
  providers: [
    provideBrowserGlobalErrorListeners(),
    provideRouter(
      routes,
      withComponentInputBinding(),
      withInMemoryScrolling({ scrollPositionRestoration: 'enabled' }),
      withNavigationErrorHandler(sayUnopened),
      withPreloading(PreloadWhenQuiet),
      // Who stays where Back would have led away keeps the history as it was.
      withRouterConfig({ canceledNavigationResolution: 'computed' }),
    ),
    // Instead of a <base> element, which the page's policy forbids: what is injected could point everything elsewhere.
    { provide: APP_BASE_HREF, useValue: '/' },
    { provide: TitleStrategy, useExisting: PageTitle },
    { provide: TIME_ZONE, useFactory: () => inject(Preferences).timezone },
    provideAppInitializer(() => {
      inject(Theme);
      // Not waited for: the first screen says what it waits for, and the guards wait for the answer.
      void inject(Session).start();
    }),
  ],
};
