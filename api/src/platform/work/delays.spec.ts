import { describe, expect, it } from '@jest/globals';
import { Delays } from './delays';

const LONG = 3_600_000;

describe('delays', () => {
  it('are over after their time', async () => {
    await expect(new Delays().wait(1)).resolves.toBeUndefined();
  });

  it('end when somebody hurries, also those that begin meanwhile, and are delays again afterwards', async () => {
    const delays = new Delays();
    const done: string[] = [];
    const one = delays
      .wait(LONG)
      .then(() => delays.wait(LONG))
      .then(() => done.push('both'));
    await delays.hurry(() => one);
    expect(done).toEqual(['both']);
    const later = delays.wait(LONG).then(() => done.push('later'));
    await delays.wait(5);
    expect(done).toEqual(['both']);
    await delays.hurry(() => later);
    expect(done).toEqual(['both', 'later']);
  });
});
