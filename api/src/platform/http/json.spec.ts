import { describe, expect, it } from '@jest/globals';
import { faultIn } from './json';

describe('a JSON text', () => {
  it.each([
    '{}',
    '[]',
    '"a"',
    'null',
    '{"a":1,"b":{"a":2},"c":[{"a":3},{"a":4}]}',
    '{"a":"a","b":"\\"a\\":1,\\"a\\":2"}',
    '{"a":["a","a"],"b":"a"}',
    '{ "a" : "{\\"a\\": [[[" , "b" : "\\\\" , "c" : "\\\\\\"" }',
    '{"a":"x","A":"y"}',
  ])('%s has no fault', (text) => {
    expect(faultIn(text)).toBeNull();
  });

  it.each([
    ['{"a":1,"a":2}', 'a'],
    ['{"a":{"b":1,"c":[],"b":2}}', 'b'],
    ['[{"id":"x"},{"id":"x","id":"y"}]', 'id'],
    ['{"a":1,"\\u0061":2}', 'a'],
    ['{"a b":1, "x":"}", "a b":2}', 'a b'],
    ['{"":1,"":2}', ''],
  ])('%s says a key twice', (text, key) => {
    expect(faultIn(text)).toEqual({ twice: key });
  });

  it('is only so deep, and only so wide', () => {
    expect(faultIn('['.repeat(32) + ']'.repeat(32))).toBeNull();
    expect(faultIn('['.repeat(100_000))).toBe('too deep');
    expect(faultIn('{"a":'.repeat(33))).toBe('too deep');
    const wide = (keys: number) => `{${Array.from({ length: keys }, (_, n) => `"k${n}":1`).join()}}`;
    expect(faultIn(wide(5_000))).toBeNull();
    expect(faultIn(wide(50_000))).toBe('too many keys');
  });

  it('that is none does no harm', () => {
    for (const text of ['', '"', '{"', '{"a', '}', ']]]', '{"a":1,"a', '"\\', '{"\\u00zz":1,"\\u00zz":2}'])
      faultIn(text);
  });

  it('of a megabyte is looked through to its end', () => {
    const text = JSON.stringify({ content: 'x "quoted" \\ '.repeat(70_000), list: Array(10_000).fill('a,b') });
    expect(faultIn(text)).toBeNull();
    expect(faultIn(`${text.slice(0, -1)},"list":1}`)).toEqual({ twice: 'list' });
  });
});
