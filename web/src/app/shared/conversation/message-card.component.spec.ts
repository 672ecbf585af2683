import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { describe, expect, it } from '@jest/globals';
import type { Message } from '@threadline/contracts';
import { TIME_ZONE } from '../format';
import { MessageCardComponent } from './message-card.component';

const MESSAGE: Message = {
  id: 'm',
  leadId: 'lin',
  conversationId: 'c',
  channel: 'email',
  direction: 'outbound',
  status: 'delivered',
  subject: 'Offer',
  content: '<p>Hello</p>',
  trackingId: null,
  authorId: 'mara',
  createdAt: '2026-03-02T13:58:00.000Z',
  undoUntil: null,
  sentAt: '2026-03-02T13:58:00.000Z',
  deliveredAt: '2026-03-02T13:58:01.000Z',
  openedAt: null,
  clickedAt: null,
  repliedAt: null,
  failure: null,
};

function card(part: Partial<Message>): { element: HTMLElement; again: () => number } {
  TestBed.configureTestingModule({ providers: [{ provide: TIME_ZONE, useValue: signal('UTC') }] });
  const fixture = TestBed.createComponent(MessageCardComponent);
  let times = 0;
  fixture.componentInstance.sendAgain.subscribe(() => (times += 1));
  fixture.componentRef.setInput('message', { ...MESSAGE, ...part });
  fixture.componentRef.setInput('author', 'Mara Lindqvist');
  TestBed.tick();
  return { element: fixture.nativeElement as HTMLElement, again: () => times };
}

const words = (element: HTMLElement): string => (element.textContent ?? '').replace(/\s+/gu, ' ');

describe('an own message', () => {
  it('says when it was read, in short and in full', () => {
    const { element } = card({ openedAt: '2026-03-02T14:03:00.000Z' });
    expect(words(element)).toMatch(/Sent 13:58 ?· ?Delivered ?· ?Read 14:03/u);
    expect(element.querySelector('.steps')?.textContent).toMatch(/Read 14:03\. Show the evidence/u);
  });

  it('says why it was not sent, and sends again', () => {
    const { element, again } = card({ status: 'failed', sentAt: null, deliveredAt: null, failure: 'no such mailbox' });
    expect(words(element)).toContain('Not sent: no such mailbox');
    [...element.querySelectorAll('button')].find((button) => words(button).includes('Send again'))?.click();
    expect(again()).toBe(1);
  });

  it('asks to look first when it is not known whether it left', () => {
    const { element } = card({ status: 'unknown', sentAt: null, deliveredAt: null });
    expect(words(element)).toContain('Look whether it has arrived before you send it again');
    expect(words(element)).toContain('Send again');
  });

  it('that came back is not sent again to the same address', () => {
    const { element } = card({ status: 'bounced', failure: 'mailbox full' });
    expect(words(element)).toContain('Came back: mailbox full. Check the address.');
    expect(words(element)).not.toContain('Send again');
  });
});

describe('an answer', () => {
  it('has no way of ours to tell', () => {
    const { element } = card({ direction: 'inbound', status: 'received', sentAt: null, deliveredAt: null });
    expect(element.getAttribute('aria-label')).toBe('Answer from Mara Lindqvist: Offer');
    expect(element.querySelector('footer')).toBeNull();
  });
});
