import type { ValidationErrors } from '@angular/forms';

type Say = (detail: unknown, label: string) => string;

const limit = (detail: unknown, key: string): number => {
  const value = (detail as Record<string, unknown> | null)?.[key];
  return typeof value === 'number' ? value : 0;
};

const SENTENCES: Record<string, Say> = {
  server: (detail) => String(detail),
  required: (_, label) => `${label} is needed.`,
  email: () => 'This does not look like an e-mail address.',
  minlength: (detail) => `At least ${limit(detail, 'requiredLength')} characters.`,
  maxlength: (detail) => `At most ${limit(detail, 'requiredLength')} characters.`,
  min: (detail) => `At least ${limit(detail, 'min')}.`,
  max: (detail) => `At most ${limit(detail, 'max')}.`,
};

/**
 * The one sentence a field shows for its control's errors. The server's word comes first; a validator of one's own
 * says its sentence by returning `{ anyKey: 'The sentence.' }`.
 */
export function fieldError(errors: ValidationErrors | null, label: string): string {
  if (!errors) return '';
  const key = 'server' in errors ? 'server' : Object.keys(errors)[0];
  if (key === undefined) return '';
  const detail: unknown = errors[key];
  const say = SENTENCES[key];
  if (say) return say(detail, label);
  return typeof detail === 'string' ? detail : `${label} is not valid.`;
}
