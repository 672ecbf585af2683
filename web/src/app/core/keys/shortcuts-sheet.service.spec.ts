import { Dialog } from '@angular/cdk/dialog';
import { ApplicationRef } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { describe, expect, it } from '@jest/globals';
import { ShortcutsSheet } from './shortcuts-sheet.service';
import { Shortcuts } from './shortcuts.service';

describe('the sheet of shortcuts', () => {
  it('is read from its heading, so that Space does not switch the keys off', async () => {
    TestBed.inject(Shortcuts).register([{ keys: 'mod+enter', label: 'Send', group: 'Conversation' }]);
    const left = TestBed.inject(ShortcutsSheet).open();
    await import('./shortcuts-sheet.dialog');
    await TestBed.inject(ApplicationRef).whenStable();
    expect(document.querySelector('dl')?.textContent).toMatch(/Send\s*Ctrl\s*↵/u);
    expect(document.activeElement?.textContent).toBe('Keyboard shortcuts');
    expect(document.activeElement?.tagName).toBe('H2');
    TestBed.inject(Dialog).closeAll();
    await left;
  });
});
