import type { FilterOperator, FilterValue, WebhookFilter } from '@threadline/contracts';

/** A condition as it is typed. */
export interface ConditionRow {
  field: string;
  operator: FilterOperator;
  /** For `in`: separated by commas. */
  value: string;
}

export function takesValue(operator: FilterOperator): boolean {
  return operator !== 'exists' && operator !== 'absent';
}

/** The conditions that rows say; one without a field is left out. */
export function conditionsOf(rows: readonly ConditionRow[]): WebhookFilter[] {
  return rows
    .filter(({ field }) => field.trim() !== '')
    .map(({ field, operator, value }) => ({
      field: field.trim(),
      operator,
      ...(takesValue(operator) ? { value: valueOf(operator, value) } : {}),
    }));
}

function valueOf(operator: FilterOperator, text: string): FilterValue | FilterValue[] {
  if (operator === 'in') return text.split(',').map((each) => plain(each.trim()));
  return operator === 'contains' ? text : plain(text.trim());
}

/** Numbers, true, false and null are what they say; in quotes they are texts. */
function plain(text: string): FilterValue {
  if (text === 'true' || text === 'false') return text === 'true';
  if (text === 'null') return null;
  if (/^-?\d+(\.\d+)?$/u.test(text)) return Number(text);
  return /^".*"$/su.test(text) ? text.slice(1, -1) : text;
}

/** Conditions as they are typed. */
export function rowsOf(filters: readonly WebhookFilter[]): ConditionRow[] {
  return filters.map(({ field, operator, value }) => ({
    field,
    operator,
    value: Array.isArray(value) ? value.map(written).join(', ') : value === undefined ? '' : written(value, operator),
  }));
}

function written(value: FilterValue, operator?: unknown): string {
  if (typeof value !== 'string' || operator === 'contains') return String(value);
  return plain(value) === value ? value : `"${value}"`;
}

/** Headers of lines `name: value`. */
export function headersOf(text: string): Record<string, string> {
  return Object.fromEntries(
    text
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => {
        const at = line.indexOf(':');
        return at < 0 ? [line.trim(), ''] : [line.slice(0, at).trim(), line.slice(at + 1).trim()];
      }),
  );
}
