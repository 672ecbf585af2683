import { DialogRef } from '@angular/cdk/dialog';
import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { Ticker } from '../../shared/format';
import { SnoozeDialog } from './snooze.dialog';

const local = (day: number, hour: number): Date => new Date(2026, 2, day, hour, 30);

describe('picking until when a conversation is snoozed', () => {
  let fixture: ComponentFixture<SnoozeDialog>;
  let closed: unknown[];
  let now: Date;
  const element = <T extends HTMLElement>(selector: string): T | null =>
    (fixture.nativeElement as HTMLElement).querySelector<T>(selector);
  const field = (): HTMLInputElement | null => element<HTMLInputElement>('input');
  const send = async (value?: string): Promise<void> => {
    const input = field();
    if (input && value !== undefined) {
      input.value = value;
      input.dispatchEvent(new Event('input', { bubbles: true }));
    }
    element('form')?.dispatchEvent(new Event('submit'));
    await fixture.whenStable();
  };

  beforeEach(async () => {
    closed = [];
    now = local(3, 14);
    const dialog: Partial<DialogRef> = { close: (result) => closed.push(result) };
    TestBed.configureTestingModule({ providers: [{ provide: DialogRef, useValue: dialog }] });
    TestBed.inject(Ticker).now = () => now.getTime();
    fixture = TestBed.createComponent(SnoozeDialog);
    await fixture.whenStable();
  });

  it('begins with tomorrow morning and closes with the moment that was picked', async () => {
    expect(field()?.value).toBe('2026-03-04T09:00');
    await send('2026-03-05T16:30');
    expect(closed).toEqual([local(5, 16).toISOString()]);
  });

  it.each([
    ['2026-03-03T14:30', 'This is in the past. Pick a moment that is still to come.'],
    ['', 'Date and time is needed.'],
  ])('refuses “%s” with words', async (value, words) => {
    await send(value);
    expect(closed).toEqual([]);
    expect(element('tl-field')?.textContent).toContain(words);
    expect(field()?.getAttribute('aria-invalid')).toBe('true');
  });

  it('refuses what was ahead when it was typed and is past by now', async () => {
    now = local(4, 9);
    await send();
    expect(closed).toEqual([]);
  });
});
