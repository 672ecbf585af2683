import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { Session } from '../../core/session';
import { SsoApi } from '../../data/sso';
import { SsoDoorPanel } from './sso-door.panel';

describe('the door of single sign-on', () => {
  let asked: unknown[];

  beforeEach(() => {
    asked = [];
    const start = (by: unknown) => {
      asked.push(by);
      return Promise.resolve({ url: null, choices: [] });
    };
    TestBed.configureTestingModule({
      providers: [
        { provide: SsoApi, useValue: { start } },
        { provide: Session, useValue: {} },
      ],
    });
  });

  const pushed = async (typed: string): Promise<HTMLElement> => {
    const fixture = TestBed.createComponent(SsoDoorPanel);
    fixture.componentRef.setInput('typed', typed);
    await fixture.whenStable();
    const element = fixture.nativeElement as HTMLElement;
    element.querySelector('button')?.click();
    await fixture.whenStable();
    return element;
  };

  it('goes by the address that was typed above', async () => {
    const panel = await pushed(' lin@example.com ');
    expect(asked).toEqual([{ email: 'lin@example.com' }]);
    expect(panel.querySelector('input')).toBeNull();
  });

  it('asks for one where nothing that can be used was typed', async () => {
    const panel = await pushed('lin');
    expect(asked).toEqual([]);
    expect(panel.querySelector('input')?.value).toBe('lin');
  });
});
