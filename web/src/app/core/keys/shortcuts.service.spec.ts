import { TestBed } from '@angular/core/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { chordOf, type KeyPress } from './chord';
import { Shortcuts, type Shortcut } from './shortcuts.service';

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...more,
});

describe('a chord', () => {
  it.each([
    [press('k', { ctrlKey: true }), false, 'mod+k'],
    [press('k', { metaKey: true }), true, 'mod+k'],
    [press('k', { ctrlKey: true }), true, 'ctrl+k'],
    [press('?', { shiftKey: true }), false, '?'],
    [press('J', { shiftKey: true }), false, 'shift+j'],
    [press('Enter', { ctrlKey: true, shiftKey: true }), false, 'mod+shift+enter'],
    [press(' '), false, 'space'],
    [press('л', { ctrlKey: true, code: 'KeyK' }), false, 'mod+k'],
    [press('Shift', { shiftKey: true }), false, null],
  ])('%j on %s is %s', (event, apple, expected) => {
    expect(chordOf(event, apple)).toBe(expected);
  });
});

describe('the registry of shortcuts', () => {
  let shortcuts: Shortcuts;
  let ran: string[];

  const shortcut = (keys: string, more: Partial<Shortcut> = {}): Shortcut => ({
    keys,
    label: keys,
    group: 'Everywhere',
    run: () => ran.push(keys),
    ...more,
  });
  const type = (key: string, init: KeyboardEventInit = {}, on: EventTarget = document.body): boolean =>
    on.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init }));

  beforeEach(() => {
    localStorage.clear();
    document.body.replaceChildren();
    ran = [];
    shortcuts = TestBed.inject(Shortcuts);
  });
  afterEach(() => {
    TestBed.resetTestingModule();
  });

  it('runs what was pressed and takes the key for itself', () => {
    shortcuts.register([shortcut('?')]);
    expect(type('?', { shiftKey: true })).toBe(false);
    expect(ran).toEqual(['?']);
  });

  it('runs keys pressed one after the other', () => {
    shortcuts.register([shortcut('g i'), shortcut('i')]);
    type('g');
    type('i');
    type('i');
    expect(ran).toEqual(['g i', 'i']);
  });

  it('gives a key to whoever registered last, and back afterwards', () => {
    shortcuts.register([shortcut('e', { run: () => ran.push('page') })]);
    const leave = shortcuts.register([shortcut('e', { run: () => ran.push('dialog') })]);
    type('e');
    leave();
    type('e');
    expect(ran).toEqual(['dialog', 'page']);
  });

  it('leaves text fields alone, unless the shortcut is meant for them', () => {
    const field = document.body.appendChild(document.createElement('input'));
    shortcuts.register([shortcut('j'), shortcut('mod+k', { inFields: true }), shortcut('mod+j')]);
    type('j', {}, field);
    type('j', { ctrlKey: true }, field);
    type('k', { ctrlKey: true }, field);
    expect(ran).toEqual(['mod+k']);
  });

  it.each([
    ['a dialog', 'cdk-dialog-container', null],
    ['a menu', 'tl-menu', 'menu'],
  ])('keeps still while %s is open, wherever the focus is', (_, name, role) => {
    shortcuts.register([shortcut('j')]);
    const cover = document.body.appendChild(document.createElement('div'));
    cover.className = name;
    if (role) cover.setAttribute('role', role);
    type('j');
    type('j', {}, cover);
    expect(ran).toEqual([]);
    cover.remove();
    type('j');
    expect(ran).toEqual(['j']);
  });

  it('keeps still in a list, and where a component took the key', () => {
    shortcuts.register([shortcut('j')]);
    const list = document.body.appendChild(document.createElement('div'));
    list.setAttribute('role', 'listbox');
    type('j', {}, list);
    const component = document.body.appendChild(document.createElement('div'));
    component.addEventListener('keydown', (event) => event.preventDefault());
    type('j', {}, component);
    expect(ran).toEqual([]);
  });

  it('lets a person switch the keys off that write text, and remembers it', () => {
    shortcuts.register([shortcut('j'), shortcut('mod+k')]);
    shortcuts.useSingleKeys(false);
    type('j');
    type('k', { ctrlKey: true });
    expect(ran).toEqual(['mod+k']);
    TestBed.resetTestingModule();
    expect(TestBed.inject(Shortcuts).singleKeys()).toBe(false);
  });

  it('keeps what is typed on the way into a field, and runs nothing of it', () => {
    shortcuts.register([shortcut('k'), shortcut('e'), shortcut('mod+k')]);
    shortcuts.hold();
    for (const key of ['K', 'e', 'x', 'Backspace', 'n', 'Enter']) expect(type(key)).toBe(false);
    type('k', { ctrlKey: true });
    expect(ran).toEqual(['mod+k']);
    expect(shortcuts.release()).toBe('Ken\n');
    type('e');
    expect(ran).toEqual(['mod+k', 'e']);
  });

  it('gives the way into a field up on Escape', () => {
    shortcuts.register([shortcut('e')]);
    shortcuts.hold();
    type('a');
    type('Escape');
    expect(shortcuts.holding()).toBe(false);
    expect(shortcuts.release()).toBe('');
    type('e');
    expect(ran).toEqual(['e']);
  });

  it('prints the key that a field takes itself, and leaves it alone', () => {
    shortcuts.register([{ keys: 'mod+enter', label: 'Send', group: 'Conversation' }]);
    expect(type('Enter', { ctrlKey: true })).toBe(true);
    expect(shortcuts.groups().map(({ shortcuts: all }) => all.map(({ label }) => label))).toEqual([['Send']]);
  });

  it('prints by group what works now', () => {
    shortcuts.register([shortcut('j', { group: 'Lists' }), shortcut('x', { when: () => false }), shortcut('?')]);
    expect(shortcuts.groups().map(({ group, shortcuts: all }) => [group, all.map((each) => each.keys)])).toEqual([
      ['Everywhere', ['?']],
      ['Lists', ['j']],
    ]);
  });
});
