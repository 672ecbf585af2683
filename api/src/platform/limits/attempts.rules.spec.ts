import { expect, it } from '@jest/globals';
import { waitAfter } from './attempts.rules';

it('wrong passwords make the next try wait ever longer, to a minute and no further', () => {
  const waits = [0, 4, 5, 6, 7, 10, 11, 12, 100, 1e9].map((failures) => waitAfter(failures) / 1_000);
  expect(waits).toEqual([0, 0, 1, 2, 4, 32, 60, 60, 60, 60]);
});
