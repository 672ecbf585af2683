/* Fields: label, control, and what is wrong with it. */
export { fieldError } from './field-error';
export { FieldComponent } from './field.component';
export { TakesFocusDirective } from './takes-focus.directive';
export { Pressing } from './pressing.service';
export { InputDirective } from './input.directive';
export { RevealComponent } from './reveal.component';
export { PasswordStrengthComponent } from './password-strength.component';
