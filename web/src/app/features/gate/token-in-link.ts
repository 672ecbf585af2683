import { Location } from '@angular/common';
import { inject } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { ActivatedRoute } from '@angular/router';
import { map } from 'rxjs';

/** The secret of the link that led here. It stands behind the `#`, which browsers keep from every server. */
export function tokenInLink() {
  const route = inject(ActivatedRoute);
  const token$ = route.fragment.pipe(map((fragment) => new URLSearchParams(fragment ?? '').get('token') ?? ''));
  return toSignal(token$, { initialValue: '' });
}

/** The same, taken out of the address bar: whoever comes to this screen or its history later finds no secret. */
export function tokenInLinkOnce(): string {
  const [location, { fragment }] = [inject(Location), inject(ActivatedRoute).snapshot];
  location.replaceState(location.path(), '', location.getState());
  return new URLSearchParams(fragment ?? '').get('token') ?? '';
}
