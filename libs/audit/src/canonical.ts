/** A value that JSON can hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * JSON in the one form of RFC 8785: keys in the order of their UTF-16 units, numbers as ECMAScript writes them, no
 * white space. Two programs that agree on a value agree on its bytes.
 * @throws TypeError for what has no such form: a number that is not finite, half of a character, `undefined`.
 */
export function canonicalJson(value: Json): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return numberText(value);
  if (typeof value === 'string') return stringText(value);
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object') throw new TypeError(`JSON has no ${typeof value}`);
  const members = Object.keys(value)
    .sort()
    .map((key) => `${stringText(key)}:${canonicalJson(value[key] as Json)}`);
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
