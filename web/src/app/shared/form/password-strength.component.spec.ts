import { Component } from '@angular/core';
import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { FormControl, FormGroup, ReactiveFormsModule } from '@angular/forms';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { LEAKED_PASSWORD, MIN_PASSWORD } from '@threadline/contracts';
import { FieldComponent } from './field.component';
import { InputDirective } from './input.directive';
import { PasswordStrengthComponent } from './password-strength.component';

@Component({
  imports: [FieldComponent, InputDirective, PasswordStrengthComponent, ReactiveFormsModule],
  template: `
    <form [formGroup]="form">
      <tl-field label="Password"><input tlInput formControlName="password" /></tl-field>
      <tl-password-strength [password]="form.controls.password" [least]="least" />
    </form>
  `,
})
class FormComponent {
  readonly least = MIN_PASSWORD;
  readonly form = new FormGroup({ password: new FormControl('', { nonNullable: true }) });
}

describe('what is said of a password', () => {
  let page: ComponentFixture<FormComponent>;
  const text = (): string => (page.nativeElement as HTMLElement).textContent ?? '';
  const seen = (words: string): number =>
    [...(page.nativeElement as HTMLElement).querySelectorAll('p, .said')].filter((part) =>
      part.textContent.includes(words),
    ).length;
  const type = async (password: string): Promise<void> => {
    page.componentInstance.form.controls.password.setValue(password);
    await page.whenStable();
  };
  const refuse = async (words: string): Promise<void> => {
    page.componentInstance.form.controls.password.setErrors({ server: words });
    page.componentInstance.form.controls.password.markAsTouched();
    await page.whenStable();
  };

  beforeEach(async () => {
    page = TestBed.createComponent(FormComponent);
    await page.whenStable();
  });

  it('is that it was leaked, once, whether or not the server has said so too', async () => {
    await type('passwordpassword');
    expect(seen(LEAKED_PASSWORD)).toBe(1);
    await refuse(LEAKED_PASSWORD);
    expect(seen(LEAKED_PASSWORD)).toBe(1);
  });

  it('is not that it is strong where the server knows it from a list', async () => {
    await type('a password of a longer list');
    expect(text()).toContain('Strong');
    await refuse(LEAKED_PASSWORD);
    expect(text()).not.toContain('Strong');
    await type('another password altogether');
    expect(text()).toContain('Strong');
  });
});
