import { Component } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { FormControl, FormGroup, ReactiveFormsModule, Validators } from '@angular/forms';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { FieldComponent } from './field.component';
import { InputDirective } from './input.directive';

@Component({
  imports: [FieldComponent, InputDirective, ReactiveFormsModule],
  template: `
    <form [formGroup]="form" (ngSubmit)="form.markAllAsTouched()">
      <tl-field label="E-mail"><input tlInput type="email" formControlName="email" /></tl-field>
    </form>
  `,
})
class FormComponent {
  readonly form = new FormGroup({ email: new FormControl('', [Validators.required, Validators.email]) });
}

describe('a field', () => {
  let page: HTMLElement;
  const said = (): string => {
    TestBed.tick();
    return page.querySelector('.said')?.textContent.trim() ?? '';
  };
  const tell = (selector: string, type: string): boolean | undefined =>
    page.querySelector(selector)?.dispatchEvent(new Event(type, { bubbles: type !== 'blur', cancelable: true }));
  const type = (value: string): void => {
    const input = page.querySelector('input');
    if (input) input.value = value;
    tell('input', 'input');
  };

  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['queueMicrotask'] });
    page = TestBed.createComponent(FormComponent).nativeElement as HTMLElement;
    document.body.replaceChildren(page);
    TestBed.tick();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('that was passed by does not say that it is needed, and says so when sent', () => {
    tell('input', 'blur');
    expect(said()).toBe('');
    tell('form', 'submit');
    expect(said()).toBe('E-mail is needed.');
  });

  it('that was emptied says that it is needed', () => {
    type('m');
    type('');
    tell('input', 'blur');
    expect(said()).toBe('E-mail is needed.');
  });

  it('that is left by a press says what is wrong when the press is over', () => {
    type('mara');
    tell('form', 'pointerdown');
    tell('input', 'blur');
    jest.runAllTimers();
    expect(said()).toBe('');
    tell('form', 'pointerup');
    jest.runAllTimers();
    expect(said()).toBe('This does not look like an e-mail address.');
    tell('form', 'pointerdown');
    type('mara@example.com');
    expect(said()).toBe('This does not look like an e-mail address.');
    tell('form', 'pointerup');
    jest.runAllTimers();
    expect(said()).toBe('');
  });
});
