import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { describe, expect, it } from '@jest/globals';
import type { Conversation } from '@threadline/contracts';
import { type ConversationWish, ThreadHeadComponent } from './thread-head.component';

const CONVERSATION = {
  id: 'c',
  leadId: 'l',
  leadName: 'Lin',
  priority: 'normal',
  assigneeId: null,
  snoozedUntil: null,
};

describe('the status in the head of a conversation', () => {
  const headOf = async (part: Partial<Conversation>, mayChange = true) => {
    TestBed.configureTestingModule({ providers: [provideRouter([])] });
    const head = TestBed.createComponent(ThreadHeadComponent);
    const inputs = { conversation: { ...CONVERSATION, ...part }, members: new Map(), me: 'mara', back: '/', mayChange };
    for (const [name, value] of Object.entries(inputs)) head.componentRef.setInput(name, value);
    const wishes: ConversationWish[] = [];
    head.componentInstance.wish.subscribe((wish) => wishes.push(wish));
    await head.whenStable();
    return { head, wishes, button: buttonOf(head) };
  };
  const buttonOf = (head: ComponentFixture<unknown>): HTMLElement | null =>
    (head.nativeElement as HTMLElement).querySelector('button[aria-label^="Status"]');
  const items = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('[role=menuitemradio]')];
  const words = (): string[] => items().map(({ textContent }) => textContent.replaceAll(/\s+/gu, ' ').trim());

  it('is a menu of the others, each with the key that leads there from here', async () => {
    const { head, wishes, button } = await headOf({ status: 'open' });
    expect(button?.getAttribute('aria-label')).toBe('Status: Open');
    button?.click();
    await head.whenStable();
    expect(words()).toEqual(['Open', 'Pending P', 'Snoozed S', 'Resolved E']);
    items()[3]?.click();
    expect(wishes).toEqual([{ status: 'resolved', snoozedUntil: null }]);
  });

  it('asks until when before it is snoozed, and leads back by the key that led away', async () => {
    const { head, wishes, button } = await headOf({ status: 'pending' });
    button?.click();
    await head.whenStable();
    expect(words()).toEqual(['Open P', 'Pending', 'Snoozed S', 'Resolved E']);
    items()[2]?.click();
    await head.whenStable();
    expect(document.querySelector('[role=menu]')?.textContent).toContain('In 3 hours');
    expect(wishes).toEqual([]);
  });

  it('is only said to who may not change it', async () => {
    const { head, button } = await headOf({ status: 'resolved' }, false);
    expect(button).toBeNull();
    expect((head.nativeElement as HTMLElement).querySelector('.status')?.textContent).toBe('Resolved');
  });
});
