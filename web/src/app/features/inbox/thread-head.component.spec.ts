import { signal } from '@angular/core';
import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { describe, expect, it } from '@jest/globals';
import type { Conversation } from '@threadline/contracts';
import { Viewport } from '../../shared/ui';
import { type ConversationWish, ThreadHeadComponent } from './thread-head.component';

const CONVERSATION = {
  id: 'c',
  leadId: 'l',
  leadName: 'Lin',
  priority: 'normal',
  assigneeId: null,
  snoozedUntil: null,
};

describe('the head of a conversation', () => {
  const headOf = async (part: Partial<Conversation>, { mayChange = true, phone = false } = {}) => {
    const providers = [provideRouter([]), { provide: Viewport, useValue: { phone: signal(phone) } }];
    TestBed.configureTestingModule({ providers });
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

  it('has its status as a menu of the others, each with the key that leads there from here', async () => {
    const { head, wishes, button } = await headOf({ status: 'open' });
    expect(button?.getAttribute('aria-label')).toBe('Status: Open');
    button?.click();
    await head.whenStable();
    expect(words()).toEqual(['Open', 'Pending P', 'Snoozed S', 'Resolved E']);
    items()[3]?.click();
    expect(wishes).toEqual([{ status: 'resolved', snoozedUntil: null }]);
  });

  it('asks until when before it is snoozed, and its keys lead back by the key that led away', async () => {
    const { head, wishes, button } = await headOf({ status: 'pending' });
    button?.click();
    await head.whenStable();
    expect(words()).toEqual(['Open P', 'Pending', 'Snoozed S', 'Resolved E']);
    items()[2]?.click();
    await head.whenStable();
    expect(document.querySelector('[role=menu]')?.textContent).toContain('In 3 hours');
    expect(wishes).toEqual([]);
  });

  it('only says its status to who may not change it', async () => {
    const { head, button } = await headOf({ status: 'resolved' }, { mayChange: false });
    expect(button).toBeNull();
    expect((head.nativeElement as HTMLElement).querySelector('.status')?.textContent).toBe('Resolved');
  });

  it.each([
    ['Assign', 'openAssign', 'Nobody'],
    ['Snooze', 'openSnooze', 'In 3 hours'],
  ] as const)('has the focus in the menu %s that a key opened, until Escape leads back', async (name, open, first) => {
    const { head } = await headOf({ status: 'open' });
    head.componentInstance[open]();
    const item = document.activeElement;
    expect(item?.closest('[role=menu]')?.getAttribute('aria-label')).toBe(name);
    expect(item?.textContent).toContain(first);
    item?.dispatchEvent(new KeyboardEvent('keydown', { keyCode: 27, bubbles: true }));
    expect(document.querySelector('[role=menu]')).toBeNull();
    expect(document.activeElement?.getAttribute('aria-label')).toBe(name);
  });

  it('has on a phone Pending, Snooze and Priority in one menu, which do what their buttons do on a desk', async () => {
    const { head, wishes } = await headOf({ status: 'open', priority: 'normal' }, { phone: true });
    const press = async (role: string, word: string): Promise<void> => {
      (head.nativeElement as HTMLElement).querySelector<HTMLElement>('button[aria-label="More actions"]')?.click();
      await head.whenStable();
      const offers = [...document.querySelectorAll<HTMLElement>(`[role=menu] [role=${role}]`)];
      offers.find(({ textContent }) => textContent.includes(word))?.click();
      await head.whenStable();
    };
    await press('menuitemcheckbox', 'Pending');
    await press('menuitem', 'In 3 hours');
    await press('menuitemradio', 'Urgent');
    expect(wishes).toEqual([
      { status: 'pending' },
      { status: 'snoozed', snoozedUntil: expect.any(String) },
      { priority: 'urgent' },
    ]);
  });

  it('says day and time of each moment once, and lets any other be picked', async () => {
    const { head, wishes } = await headOf({ status: 'open' });
    let picking = 0;
    head.componentInstance.pickMoment.subscribe(() => picking++);
    head.componentInstance.openSnooze();
    const offers = [...document.querySelectorAll<HTMLElement>('[role=menuitem]')];
    expect(offers[1]?.textContent.replaceAll(/\s+/gu, ' ').trim()).toBe('Tomorrow 09:00');
    expect(offers.at(-1)?.textContent.trim()).toBe('Pick a date and time…');
    offers.at(-1)?.click();
    expect([picking, wishes]).toEqual([1, []]);
  });

  it('closes its menu when another conversation is opened, not when this one changes', async () => {
    const { head } = await headOf({ status: 'open' });
    const show = async (part: Partial<Conversation>): Promise<void> => {
      head.componentRef.setInput('conversation', { ...CONVERSATION, status: 'open', ...part });
      await head.whenStable();
    };
    head.componentInstance.openSnooze();
    await show({ priority: 'high' });
    expect(document.querySelector('[role=menu]')).not.toBeNull();
    await show({ id: 'another' });
    expect(document.querySelector('[role=menu]')).toBeNull();
  });
});
