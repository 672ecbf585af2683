import { describe, expect, it } from '@jest/globals';
import { canonicalJson, type Json } from './canonical';

describe('canonical JSON (RFC 8785)', () => {
  it('writes numbers as the RFC’s sample does', () => {
    expect(canonicalJson([333333333.33333329, 1e30, 4.5, 2e-3, 0.000000000000000000000000001, -0])).toBe(
      '[333333333.3333333,1e+30,4.5,0.002,1e-27,0]',
    );
  });

  it('writes text as the RFC’s sample does', () => {
    expect(canonicalJson('€$\u000f\nA\'B"\\\\"/')).toBe('"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"');
  });

  it('orders keys by their UTF-16 units, at every depth', () => {
    const value = { '€': 1, '\r': 2, '\ufb33': 3, '1': 4, '😀': 5, '\u0080': 6, ö: 7 };
    expect(Object.keys(JSON.parse(canonicalJson(value)) as object).sort()).toEqual(Object.keys(value).sort());
    expect(canonicalJson(value)).toBe('{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}');
    expect(canonicalJson({ b: [{ d: 1, c: null }], a: true })).toBe('{"a":true,"b":[{"c":null,"d":1}]}');
  });

  it('writes a value whose keys are in order as one whose keys are not', () => {
    const backwards = (value: Json): Json => {
      if (Array.isArray(value)) return (value as Json[]).map(backwards);
      if (value === null || typeof value !== 'object') return value;
      const keys = Object.keys(value).sort().reverse();
      return Object.fromEntries(keys.map((key) => [key, backwards((value as { [key: string]: Json })[key] as Json)]));
    };
    const values: Json[] = [
      { a: 1, b: [{ c: 'x', d: null }, true], e: { f: -0, g: 1e21 } },
      { a: 'a backslash and ud83d: \\ud83d', b: '😀 and \u2028 and "' },
      { '10': 1, '9': 2, a: 3 },
      { toJSON: 'a word', ü: 'ö' },
      JSON.parse('{"__proto__":{"b":1,"a":2},"z":[]}') as Json,
    ];
    for (const value of values) {
      const text = canonicalJson(value);
      expect(canonicalJson(backwards(value))).toBe(text);
      expect(canonicalJson(JSON.parse(text) as Json)).toBe(text);
    }
  });

  it.each([
    ['a hole in a list', [, 1]],
    ['not a number', Number.NaN],
    ['infinity', Number.POSITIVE_INFINITY],
    ['half of a character', '\ud800'],
    ['undefined', { a: undefined }],
  ])('has no form for %s', (_, value) => {
    expect(() => canonicalJson(value as Json)).toThrow(TypeError);
  });
});
