import { Component, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { Shortcuts } from './shortcuts.service';
import { useWayIn, type WayIn } from './way-in';

@Component({ template: '' })
class PageComponent {
  readonly where = signal('first');
  readonly field = signal<WayIn | null>(null);
  readonly enter = useWayIn(this.where, this.field);
}

describe('the way into a field by key', () => {
  let page: PageComponent;
  let entered: string[];
  const field: WayIn = (typed) => entered.push(typed);
  const type = (text: string): void => {
    for (const key of text) document.dispatchEvent(new KeyboardEvent('keydown', { key, cancelable: true }));
  };

  beforeEach(() => {
    entered = [];
    TestBed.inject(Shortcuts).register([{ keys: 'e', label: '', group: 'Lists', run: () => entered.push('resolved') }]);
    page = TestBed.createComponent(PageComponent).componentInstance;
  });

  it('is taken at once where the field is there', () => {
    page.field.set(field);
    page.enter();
    expect(entered).toEqual(['']);
  });

  it('brings along what was typed until the field came', () => {
    page.enter();
    type('Dear');
    TestBed.tick();
    expect(entered).toEqual([]);
    page.field.set(field);
    TestBed.tick();
    expect(entered).toEqual(['Dear']);
    type('e');
    expect(entered).toEqual(['Dear', 'resolved']);
  });

  it('ends where the page is about something else by then', () => {
    page.enter();
    type('De');
    page.where.set('second');
    page.field.set(field);
    TestBed.tick();
    type('e');
    expect(entered).toEqual(['resolved']);
  });
});
