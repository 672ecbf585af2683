/** Puts the focus on the first control that is not valid, once the page shows it so. */
export function focusFirstInvalid(form: HTMLElement): void {
  setTimeout(() => form.querySelector<HTMLElement>('.ng-invalid:is(input, textarea, select)')?.focus());
}
