import type { AbstractControl } from '@angular/forms';
import type { ApiProblem, ApiProblemCode } from './problem';

/** Which control a code is about: `{ duplicate: 'email' }`. */
export type CodeControls = Partial<Record<ApiProblemCode, string>>;

/** "name must be shorter than …" → "Must be shorter than …." */
function sentence(message: string, path: string): string {
  const last = path.split('.').at(-1) ?? path;
  const bare = message.startsWith(`${last} `) ? message.slice(last.length + 1) : message;
  return `${bare.charAt(0).toUpperCase()}${bare.slice(1)}`.replace(/\.?$/u, '.');
}

/**
 * Shows what the server refused at the controls it is about; each error goes with the next change of its control.
 * @returns what is left without a control, as one sentence for the form; empty when all found their place
 */
export function showOnForm(form: AbstractControl, problem: ApiProblem, codes: CodeControls = {}): string {
  const place = (path: string, text: string): boolean => {
    const control = form.get(path);
    if (!control) return false;
    control.setErrors({ server: text });
    control.markAsTouched();
    return true;
  };
  const named = codes[problem.code];
  if (named !== undefined && place(named, problem.detail.replace(/\.?$/u, '.'))) return '';
  const left = problem.errors.filter((error) => !place(error.path, sentence(error.message, error.path)));
  if (left.length > 0) return left.map((error) => `${error.path}: ${error.message}`).join('; ');
  return problem.errors.length > 0 ? '' : problem.detail;
}
