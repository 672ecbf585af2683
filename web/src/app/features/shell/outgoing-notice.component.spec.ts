import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { describe, expect, it } from '@jest/globals';
import type { OutgoingPause, WaitingChoice } from '@threadline/contracts';
import { TIME_ZONE } from '../../shared/format';
import { OutgoingNoticeComponent } from './outgoing-notice.component';

function notice(waits: Partial<OutgoingPause>, mayDecide = true) {
  TestBed.configureTestingModule({ providers: [{ provide: TIME_ZONE, useValue: signal('UTC') }] });
  const fixture = TestBed.createComponent(OutgoingNoticeComponent);
  const chosen: WaitingChoice[] = [];
  fixture.componentInstance.resumed.subscribe((choice) => chosen.push(choice));
  fixture.componentRef.setInput('pause', { since: '2026-03-02T13:58:00.000Z', deliveries: 0, messages: 0, ...waits });
  fixture.componentRef.setInput('mayDecide', mayDecide);
  TestBed.tick();
  const element = fixture.nativeElement as HTMLElement;
  const words = () => (element.textContent ?? '').replace(/\s+/gu, ' ');
  const press = (label: string) => {
    [...element.querySelectorAll('button')].find((button) => button.textContent?.includes(label))?.click();
    TestBed.tick();
  };
  return { words, press, chosen, buttons: () => element.querySelectorAll('button').length };
}

describe('the notice of a restored workspace', () => {
  it('says how much waits', () => {
    expect(notice({ deliveries: 12, messages: 1 }).words()).toContain('12 deliveries and 1 message waited in it');
  });

  it('sends what waits only when its consequence was seen, and cancels at once', () => {
    const { press, chosen, words } = notice({ deliveries: 2 });
    press('Send what waits');
    expect(chosen).toEqual([]);
    expect(words()).toContain('Send 2 deliveries, perhaps twice');
    press('perhaps twice');
    press('Cancel what waits');
    expect(chosen).toEqual(['send', 'cancel']);
  });

  it('has one button where nothing waits, and none for who may not decide', () => {
    const { press, chosen, buttons } = notice({});
    expect(buttons()).toBe(1);
    press('Resume');
    expect(chosen).toEqual(['send']);
    TestBed.resetTestingModule();
    const other = notice({ messages: 3 }, false);
    expect(other.buttons()).toBe(0);
    expect(other.words()).toContain('Somebody who may change the workspace decides');
  });
});
