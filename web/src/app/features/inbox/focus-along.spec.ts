import { Component, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { useFocusAlong } from './focus-along';

@Component({ template: '' })
class PageComponent {
  readonly shown = signal<string | undefined>(undefined);
  readonly goTo = useFocusAlong(this.shown, () => place);
}

let place: HTMLElement;

describe('the focus, when a key opens something', () => {
  let page: PageComponent;
  let row: HTMLElement;
  let field: HTMLElement;
  const show = (id: string): void => {
    page.shown.set(id);
    TestBed.tick();
  };

  beforeEach(() => {
    [row, place] = [document.createElement('button'), document.createElement('section')];
    place.tabIndex = -1;
    field = place.appendChild(document.createElement('input'));
    document.body.append(row, place);
    page = TestBed.createComponent(PageComponent).componentInstance;
  });
  afterEach(() => document.body.replaceChildren());

  it.each([
    ['nowhere', () => undefined],
    ['the row', () => row.focus()],
  ])('goes along from %s, once it is shown', (_, begin) => {
    begin();
    page.goTo('second');
    show('first');
    expect(document.activeElement).not.toBe(place);
    show('second');
    expect(document.activeElement).toBe(place);
  });

  it('goes along where it is shown already', () => {
    show('first');
    page.goTo('first');
    TestBed.tick();
    expect(document.activeElement).toBe(place);
  });

  it('stays where the person took it meanwhile, and is not taken away later', () => {
    page.goTo('first');
    row.focus();
    show('first');
    expect(document.activeElement).toBe(row);
    row.blur();
    show('second');
    show('first');
    expect(document.activeElement).toBe(document.body);
  });

  it('stays where it is inside of it', () => {
    field.focus();
    page.goTo('first');
    show('first');
    expect(document.activeElement).toBe(field);
  });
});
