import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { NavigationError } from '@angular/router';
import { defer, of, throwError } from 'rxjs';
import { Toasts } from '../../shared/toast';
import { Live } from '../live';
import { PreloadWhenQuiet, sayUnopened } from './opening';

describe('a screen that was not opened yet', () => {
  const kind = signal('live');
  const refuse = (error: unknown) =>
    TestBed.runInInjectionContext(() => sayUnopened(new NavigationError(1, '/audit', error)));
  const said = () =>
    TestBed.inject(Toasts)
      .shown()
      .map(({ text, action }) => [text, action?.label]);

  beforeEach(() => {
    jest.useFakeTimers();
    kind.set('live');
    TestBed.configureTestingModule({
      providers: [{ provide: Live, useValue: { status: () => ({ kind: kind() }) } }],
    });
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('is loaded some seconds after the first, and one that fails disturbs nothing', () => {
    const preload = TestBed.inject(PreloadWhenQuiet);
    let loaded = 0;
    const heard: unknown[] = [];
    preload.preload({}, () => defer(() => of((loaded += 1)))).subscribe();
    preload.preload({}, () => throwError(() => new Error('away'))).subscribe({ error: (error) => heard.push(error) });
    expect(loaded).toBe(0);
    jest.advanceTimersByTime(5_000);
    expect([loaded, heard]).toEqual([1, []]);
  });

  it('says why it does not open: no connection, or a newer version', () => {
    const gone = new TypeError('Failed to fetch dynamically imported module: /chunk.js');
    kind.set('stale');
    refuse(gone);
    kind.set('live');
    refuse(gone);
    refuse(new Error('something else'));
    expect(said()).toEqual([
      [expect.stringContaining('without a connection'), undefined],
      [expect.stringContaining('newer version'), 'Reload'],
    ]);
  });
});
