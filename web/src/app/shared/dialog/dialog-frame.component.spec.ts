import { DialogRef } from '@angular/cdk/dialog';
import { Component, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { describe, expect, it } from '@jest/globals';
import { DialogFrameComponent } from './dialog-frame.component';

@Component({
  imports: [DialogFrameComponent],
  template: `
    <tl-dialog-frame heading="New lead" [once]="once()">
      <input type="search" />
      <input type="text" />
    </tl-dialog-frame>
  `,
})
class FormComponent {
  readonly once = signal(false);
}

function frame() {
  const dialog: Partial<DialogRef> = { disableClose: false };
  TestBed.configureTestingModule({ providers: [{ provide: DialogRef, useValue: dialog }] });
  const fixture = TestBed.createComponent(FormComponent);
  TestBed.tick();
  const element = fixture.nativeElement as HTMLElement;
  const type = (kind: string, value: string): void => {
    const field = element.querySelector<HTMLInputElement>(`input[type="${kind}"]`);
    if (field) field.value = value;
    field?.dispatchEvent(new Event('input', { bubbles: true }));
    TestBed.tick();
  };
  return { dialog, element, type, page: fixture.componentInstance };
}

describe('a dialog', () => {
  it('is not left by Escape once something was typed, and says so', () => {
    const { dialog, element, type } = frame();
    type('search', 'Lin');
    expect(dialog.disableClose).toBe(false);
    type('text', 'Lin Wei');
    expect(dialog.disableClose).toBe(true);
    element.querySelector('input')?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    TestBed.tick();
    expect(element.querySelector('[role="status"]')?.textContent).toContain('What you typed is still here');
    type('text', ' ');
    expect(dialog.disableClose).toBe(false);
  });

  it('that shows something once is closed by its button only', () => {
    const { dialog, element, page } = frame();
    expect(element.querySelector('[aria-label="Close"]')).not.toBeNull();
    page.once.set(true);
    TestBed.tick();
    expect(dialog.disableClose).toBe(true);
    expect(element.querySelector('[aria-label="Close"]')).toBeNull();
  });
});
