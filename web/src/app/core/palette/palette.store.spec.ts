import { TestBed } from '@angular/core/testing';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Subscription } from 'rxjs';
import { Palette, type PaletteItem } from './palette.service';
import { PaletteStore, type PaletteResult } from './palette.store';

const item = (label: string, group: string): PaletteItem => ({ id: label, label, group, run: () => undefined });

describe('the palette', () => {
  let palette: Palette;
  let store: PaletteStore;
  let latest: PaletteResult;
  let watching: Subscription;

  beforeEach(() => {
    jest.useFakeTimers();
    TestBed.configureTestingModule({ providers: [PaletteStore] });
    palette = TestBed.inject(Palette);
    palette.addActions([item('Inbox', 'Go to'), { ...item('Sign out', 'Do'), words: 'log leave' }]);
    store = TestBed.inject(PaletteStore);
    watching = store.result$.subscribe((result) => (latest = result));
  });
  afterEach(() => {
    watching.unsubscribe();
    jest.useRealTimers();
  });

  const labels = (): string[] => latest.groups.flatMap((group) => group.items.map((each) => each.label));
  const settle = async (): Promise<void> => {
    await jest.advanceTimersByTimeAsync(200);
  };

  it('shows everything before anything is typed', () => {
    expect(labels()).toEqual(['Inbox', 'Sign out']);
  });

  it('finds actions by other words too, but not by scattered letters of them', () => {
    store.search('leave');
    expect(labels()).toEqual(['Sign out']);
    store.search('lgv');
    expect(labels()).toEqual([]);
  });

  it('finds actions by words of both kinds together', () => {
    store.search('sign lea');
    expect(labels()).toEqual(['Sign out']);
    store.search('sign in');
    expect(labels()).toEqual([]);
  });

  it('asks once for what was typed in one go, and puts the nearest name first', async () => {
    const asked: string[] = [];
    palette.addProvider({
      id: 'leads',
      group: 'Leads',
      search: (query) => {
        asked.push(query);
        return Promise.resolve([item('Diana', 'Leads'), item('Ana Ruiz', 'Leads')]);
      },
    });
    for (const query of ['a', 'an', 'ana']) store.search(query);
    await settle();
    expect(asked).toEqual(['ana']);
    expect(labels()).toEqual(['Ana Ruiz', 'Diana']);
    expect(latest.asking).toBe(false);
  });

  it('aborts a question that has been overtaken', async () => {
    const aborted: boolean[] = [];
    palette.addProvider({
      id: 'leads',
      group: 'Leads',
      search: (_, signal) =>
        new Promise(() => {
          signal.addEventListener('abort', () => aborted.push(true));
        }),
    });
    store.search('mara');
    await settle();
    store.search('tobias');
    await settle();
    expect(aborted).toEqual([true]);
  });

  it('says what could not be searched, and still shows the rest', async () => {
    palette.addProvider({ id: 'leads', group: 'Leads', search: () => Promise.reject(new Error('away')) });
    store.search('inbox');
    await settle();
    expect(latest.failed).toEqual(['Leads']);
    expect(labels()).toEqual(['Inbox']);
  });
});
