import { describe, expect, it } from '@jest/globals';
import { Rotation, type Waiting } from './rotation.rules';

describe('whose turn it is', () => {
  it('goes from group to group, and within a group from one to the next', () => {
    const rotation = new Rotation<Waiting>();
    const big = ['a', 'b', 'c'].map((key) => ({ group: 'big', key }));
    const small = { group: 'small', key: 'x' };
    for (const one of [...big, small]) rotation.add(one);
    const served = Array.from({ length: 8 }, () => {
      const one = rotation.next();
      if (one) rotation.add(one);
      return one?.key;
    });
    expect(served).toEqual(['a', 'x', 'b', 'x', 'c', 'x', 'a', 'x']);
  });

  it('is empty when all were taken, and holds each once', () => {
    const rotation = new Rotation<Waiting>();
    const one = { group: 'g', key: 'k' };
    rotation.add(one);
    rotation.add(one);
    expect(rotation.next()).toBe(one);
    expect(rotation.isEmpty).toBe(true);
    expect(rotation.next()).toBeUndefined();
  });
});
