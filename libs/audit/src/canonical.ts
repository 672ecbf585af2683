/** A value that JSON can hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * JSON in the one form of RFC 8785: keys in the order of their UTF-16 units, numbers as ECMAScript writes them, no
 * white space. Two programs that agree on a value agree on its bytes.
 * @throws TypeError for what has no such form: a number that is not finite, half of a character, `undefined`.
 */
export function canonicalJson(value: Json): string {
  if (inOrder(value)) {
    // ECMAScript writes strings and numbers as RFC 8785 wants them; only the order of keys is the value's own.
    const text = JSON.stringify(value);
    if (!text.includes('\\ud')) return text;
    // Half of a character, or a backslash before "ud": the slow way tells them apart.
  }
  return written(value);
}

/** Whether the value can be written down as it stands: every object's keys in order, and nothing JSON does not have. */
function inOrder(value: Json): boolean {
  if (value === null) return true;
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return true;
    case 'number':
      return Number.isFinite(value);
    case 'object':
      return isList(value) ? itemsInOrder(value) : keysInOrder(value);
    default:
      return false;
  }
}

function keysInOrder(value: { readonly [key: string]: Json }): boolean {
  let previous = '';
  for (const key of Object.keys(value)) {
    if (key < previous || !inOrder(value[key] as Json)) return false;
    previous = key;
  }
  return !('toJSON' in value);
}

/** By number: what is missing in the middle counts too. */
function itemsInOrder(value: readonly Json[]): boolean {
  for (let at = 0; at < value.length; at++) if (!inOrder(value[at] as Json)) return false;
  return true;
}

function written(value: Json): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return numberText(value);
  if (typeof value === 'string') return stringText(value);
  if (isList(value)) return `[${Array.from(value, written).join(',')}]`;
  if (typeof value !== 'object') throw new TypeError(`JSON has no ${typeof value}`);
  const members = Object.keys(value)
    .sort()
    .map((key) => `${stringText(key)}:${written(value[key] as Json)}`);
  return `{${members.join(',')}}`;
}

function numberText(value: number): string {
  if (!Number.isFinite(value)) throw new TypeError('JSON has finite numbers only');
  return JSON.stringify(value);
}

function stringText(value: string): string {
  if (/\p{Cs}/u.test(value)) throw new TypeError('JSON text cannot hold half of a character');
  return JSON.stringify(value);
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
