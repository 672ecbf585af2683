import { Component, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { describe, expect, it } from '@jest/globals';
import { PageTitle, countInTitle } from './title.strategy';

const unread = signal(0);

@Component({ template: '' })
class ListComponent {
  constructor() {
    countInTitle(() => unread());
  }
}

describe('the title of the tab', () => {
  it('counts what waits on the page, for as long as it is there', async () => {
    TestBed.inject(PageTitle).show('Inbox');
    const list = TestBed.createComponent(ListComponent);
    await list.whenStable();
    expect(document.title).toBe('Inbox · Threadline');
    unread.set(3);
    await list.whenStable();
    expect(document.title).toBe('(3) Inbox · Threadline');
    list.destroy();
    TestBed.tick();
    expect(document.title).toBe('Inbox · Threadline');
  });
});
