import { signal } from '@angular/core';
import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { EMPTY } from 'rxjs';
import { Theme } from '../../core/browser';
import { Preferences } from '../../core/preferences';
import { Rights, Session } from '../../core/session';
import { AccountApi } from '../../data/account';
import { MembersStore } from '../../data/members';
import { PoliciesApi } from '../../data/policies';
import { Dialogs, Leaving, type Loss } from '../../shared/dialog';
import { GeneralPage } from './general/general.page';
import { ProfilePage } from './profile/profile.page';

describe('what was typed into a settings page', () => {
  const asked = jest.fn<(dialog: unknown, options: { data: Loss }) => Promise<boolean>>();
  const me = signal(myself('Lin', 'Northwind'));

  function myself(name: string, workspace: string) {
    return {
      user: { id: 'lin', name, email: 'lin@example.com' },
      workspace: { id: 'w', name: workspace },
      addressConfirmed: true,
      installation: { mailbox: false },
    };
  }
  const type = (page: ComponentFixture<unknown>, control: string, text: string): void => {
    const input = (page.nativeElement as HTMLElement).querySelector<HTMLInputElement>(`[formControlName=${control}]`);
    if (!input) throw new Error(`There is no field ${control}`);
    input.value = text;
    input.dispatchEvent(new Event('input'));
  };
  const save = async (page: ComponentFixture<unknown>): Promise<void> => {
    (page.nativeElement as HTMLElement).querySelector<HTMLButtonElement>('button[type=submit]')?.click();
    await page.whenStable();
  };
  /** What leaving would lose; null where it asks nothing. */
  const lost = async (): Promise<string | null> => {
    asked.mockClear();
    await TestBed.inject(Leaving).allowed();
    return asked.mock.calls[0]?.[1].data.text ?? null;
  };

  beforeEach(() => {
    asked.mockResolvedValue(false);
    me.set(myself('Lin', 'Northwind'));
    TestBed.configureTestingModule({
      providers: [
        { provide: Session, useValue: { me, reread: () => Promise.resolve() } },
        { provide: Rights, useValue: { can: () => true } },
        { provide: Dialogs, useValue: { open: asked } },
        { provide: Preferences, useValue: { settings: signal({ timezone: 'UTC' }) } },
        { provide: Theme, useValue: { choice: signal('system') } },
        { provide: MembersStore, useValue: { byUser$: EMPTY } },
        {
          provide: AccountApi,
          useValue: { rename: (name: string) => Promise.resolve(me.set(myself(name, 'Northwind'))) },
        },
        {
          provide: PoliciesApi,
          useValue: { rename: (name: string) => Promise.resolve(me.set(myself('Lin', name))) },
        },
      ],
    });
  });
  afterEach(() => {
    jest.clearAllMocks();
  });

  it('is asked about before General is left, until it is saved or as it was', async () => {
    const page = TestBed.createComponent(GeneralPage);
    await page.whenStable();
    expect(await lost()).toBeNull();
    type(page, 'name', 'Southwind');
    expect(await lost()).toBe('The name you typed is not saved yet.');
    type(page, 'name', 'Northwind');
    expect(await lost()).toBeNull();
    type(page, 'name', 'Southwind');
    await save(page);
    expect(await lost()).toBeNull();
  });

  it('is asked about before Profile is left, each part by its name', async () => {
    const page = TestBed.createComponent(ProfilePage);
    await page.whenStable();
    expect(await lost()).toBeNull();
    type(page, 'name', 'Lin Ozols');
    type(page, 'email', 'ozols@example.com');
    expect(await lost()).toBe('Your name, New e-mail: not saved yet.');
    await save(page);
    expect(await lost()).toBe('New e-mail: not saved yet.');
    page.destroy();
    expect(await lost()).toBeNull();
  });
});
