import { FormControl, FormGroup, Validators } from '@angular/forms';
import { describe, expect, it } from '@jest/globals';
import { fieldError } from '../../shared/form';
import { showOnForm } from './form-problems';
import { ApiProblem } from './problem';

const form = (): FormGroup<{ email: FormControl<string | null>; name: FormControl<string | null> }> =>
  new FormGroup({ email: new FormControl('mara@example.com', Validators.email), name: new FormControl('Mara') });

const invalid = (...errors: { path: string; message: string }[]): ApiProblem =>
  new ApiProblem({ status: 400, code: 'invalid_input', title: 'Some of the input is not valid', errors });

describe('what the server refused', () => {
  it('stands at the control it is about, as a sentence', () => {
    const shown = form();
    expect(showOnForm(shown, invalid({ path: 'name', message: 'name must be shorter than 200 characters' }))).toBe('');
    expect(fieldError(shown.controls.name.errors, 'Name')).toBe('Must be shorter than 200 characters.');
    expect(shown.controls.name.touched).toBe(true);
  });

  it('goes with the next change', () => {
    const shown = form();
    showOnForm(shown, invalid({ path: 'name', message: 'no' }));
    shown.controls.name.setValue('Tobias');
    expect(shown.valid).toBe(true);
  });

  it('finds its control by its code', () => {
    const shown = form();
    const taken = new ApiProblem({ status: 409, code: 'duplicate', title: 'This address already has an account' });
    expect(showOnForm(shown, taken, { duplicate: 'email' })).toBe('');
    expect(fieldError(shown.controls.email.errors, 'E-mail')).toBe('This address already has an account.');
  });

  it('is left to the form when no control knows it', () => {
    const left = showOnForm(form(), invalid({ path: 'extra', message: 'extra should not exist' }));
    expect(left).toBe('extra: extra should not exist');
  });
});
