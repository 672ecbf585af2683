/* Fields: label, control, and what is wrong with it. */
export { fieldError } from './field-error';
export { FieldComponent } from './field.component';
export { InputDirective } from './input.directive';
export { RevealComponent } from './reveal.component';
export { PasswordStrengthComponent } from './password-strength.component';
