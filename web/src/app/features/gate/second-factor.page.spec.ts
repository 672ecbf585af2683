import { signal } from '@angular/core';
import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { Router } from '@angular/router';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Session } from '../../core/session';
import { SecurityApi, ShownCodes } from '../../data/security';
import { Dialogs, Leaving } from '../../shared/dialog';
import { PasskeysHere } from './passkeys-here';
import { SecondFactorPage } from './second-factor.page';

describe('the recovery codes that come with the factor a workspace asks for', () => {
  let page: ComponentFixture<SecondFactorPage>;
  const asked = jest.fn(() => Promise.resolve(false));
  const signOut = jest.fn(() => Promise.resolve());
  const navigateByUrl = jest.fn(() => Promise.resolve(true));

  const press = async (name: string): Promise<void> => {
    const buttons = [...(page.nativeElement as HTMLElement).querySelectorAll('button')];
    buttons.find((button) => button.textContent.trim() === name)?.click();
    await page.whenStable();
  };
  const leave = (): Promise<boolean> => TestBed.inject(Leaving).allowed();

  beforeEach(async () => {
    localStorage.clear();
    const me = signal({ user: { id: 'lin', email: 'lin@example.com' }, workspace: { name: 'Northwind' } });
    TestBed.configureTestingModule({
      providers: [
        { provide: Session, useValue: { me, signOut, reread: () => Promise.resolve() } },
        { provide: Router, useValue: { navigateByUrl } },
        { provide: Dialogs, useValue: { open: asked } },
        { provide: PasskeysHere, useValue: { why: signal('') } },
        {
          provide: SecurityApi,
          useValue: {
            proposeTotp: () => Promise.resolve({ secret: 'JBSWY3DP', otpauthUrl: 'otpauth://totp/x' }),
            confirmTotp: () => Promise.resolve(['abcd-efgh']),
          },
        },
      ],
    });
    page = TestBed.createComponent(SecondFactorPage);
    await page.whenStable();
    expect(await leave()).toBe(true);
    await press('Use an authenticator app');
    const code = (page.nativeElement as HTMLElement).querySelector('input');
    if (code) code.value = '123456';
    code?.dispatchEvent(new Event('input'));
    await press('Turn it on');
  });
  afterEach(() => {
    jest.clearAllMocks();
  });

  it('are not left without a word, by a link or by signing out', async () => {
    expect(page.nativeElement).toHaveProperty('textContent', expect.stringContaining('abcd-efgh'));
    expect(await leave()).toBe(false);
    await press('Sign out');
    expect(signOut).not.toHaveBeenCalled();
    expect(asked).toHaveBeenCalledTimes(2);
    expect(TestBed.inject(ShownCodes).unkept()).toBe(true);
  });

  it('are left at once when they are kept', async () => {
    await press('I have kept them');
    expect(navigateByUrl).toHaveBeenCalledTimes(1);
    expect(await leave()).toBe(true);
    expect(asked).not.toHaveBeenCalled();
    expect(TestBed.inject(ShownCodes).unkept()).toBe(false);
  });
});
