import { type Envelope, FILTER_OPERATORS, type FilterValue, type WebhookFilter } from '@threadline/contracts';

/** Steps from the envelope down. */
const FIELD = /^[a-zA-Z]\w{0,49}(\.\w{1,50}){0,7}$/;

type FieldError = { path: string; message: string };

/** What is wrong with conditions that somebody typed; empty when they can be kept. */
export function filterErrors(filters: readonly WebhookFilter[]): FieldError[] {
  return filters.flatMap((filter, index) => {
    const at = (field: keyof WebhookFilter, message: string): FieldError[] => [
      { path: `filters.${index}.${field}`, message },
    ];
    if (!FIELD.test(filter.field)) return at('field', 'must be a field of the event such as data.lead.status');
    if (!FILTER_OPERATORS.includes(filter.operator)) {
      return at('operator', `must be one of ${FILTER_OPERATORS.join(', ')}`);
    }
    const wrong = valueError(filter);
    return wrong === null ? [] : at('value', wrong);
  });
}

function valueError({ operator, value }: WebhookFilter): string | null {
  switch (operator) {
    case 'exists':
    case 'absent':
      return value === undefined ? null : 'must be left out with this operator';
    case 'in':
      return Array.isArray(value) && value.length > 0 && value.length <= 50 && value.every(isPlain)
        ? null
        : 'must be a list of 1 to 50 texts, numbers, true, false or null';
    case '=':
    case '!=':
      return isPlain(value) ? null : 'must be a text, a number, true, false or null';
    case 'contains':
      return typeof value === 'string' && isPlain(value) ? null : 'must be a text';
    case '>':
    case '>=':
    case '<':
    case '<=':
      return (typeof value === 'string' || typeof value === 'number') && isPlain(value)
        ? null
        : 'must be a number or a text';
  }
}

function isPlain(value: unknown): value is FilterValue {
  if (typeof value === 'string') return value.length <= 500;
  return value === null || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value));
}

/** Whether all conditions hold for an event. */
export function matches(filters: readonly WebhookFilter[], event: Envelope): boolean {
  return filters.every((filter) => holds(filter, fieldOf(event, filter.field)));
}

function fieldOf(event: Envelope, field: string): unknown {
  let value: unknown = event;
  for (const step of field.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Record<string, unknown>)[step];
  }
  return value;
}

function holds({ operator, value: wanted }: WebhookFilter, found: unknown): boolean {
  switch (operator) {
    case 'exists':
      return found !== undefined && found !== null;
    case 'absent':
      return found === undefined || found === null;
    case '=':
      return found === wanted;
    case '!=':
      return found !== wanted;
    case 'in':
      return Array.isArray(wanted) && wanted.includes(found as FilterValue);
    case 'contains':
      if (typeof wanted !== 'string') return false;
      if (typeof found === 'string') return found.toLowerCase().includes(wanted.toLowerCase());
      return Array.isArray(found) && found.includes(wanted);
    case '>':
      return compares(found, wanted, (order) => order > 0);
    case '>=':
      return compares(found, wanted, (order) => order >= 0);
    case '<':
      return compares(found, wanted, (order) => order < 0);
    case '<=':
      return compares(found, wanted, (order) => order <= 0);
  }
}

/** Numbers with numbers, texts with texts (times are texts that sort); anything else does not compare. */
function compares(found: unknown, wanted: unknown, is: (order: number) => boolean): boolean {
  if (typeof found === 'number' && typeof wanted === 'number') return is(found - wanted);
  if (typeof found === 'string' && typeof wanted === 'string') return is(found < wanted ? -1 : found > wanted ? 1 : 0);
  return false;
}
