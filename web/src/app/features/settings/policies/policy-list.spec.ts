import { expect, it } from '@jest/globals';
import { listFrom, textFrom } from './policy-list';

it('a list is read as people write it, each entry once', () => {
  expect(listFrom(' Example.com, @example.org;\n\nexample.com 10.0.0.0/8 ')).toEqual([
    'example.com',
    'example.org',
    '10.0.0.0/8',
  ]);
  expect(listFrom(' \n ')).toEqual([]);
  expect(listFrom(textFrom(['a.test', 'b.test']))).toEqual(['a.test', 'b.test']);
});
