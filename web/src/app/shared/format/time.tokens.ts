import { InjectionToken, signal, type Signal } from '@angular/core';

/** The IANA zone in which times are shown. The browser's own, unless core provides the person's setting. */
export const TIME_ZONE = new InjectionToken<Signal<string>>('TIME_ZONE', {
  factory: () => signal(Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC').asReadonly(),
});

/** The form of dates and times. One for the whole interface: 14:03, 12 Nov. */
export const LOCALE = new InjectionToken<string>('LOCALE', { factory: () => 'en-GB' });
