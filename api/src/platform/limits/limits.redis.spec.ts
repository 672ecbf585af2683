import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { v7 } from 'uuid';
import { TestClock } from '../../../test/test-clock';
import { MemoryTally } from './memory.tally';
import { RedisTally } from './redis.tally';

describe('counts that nodes share by Redis', () => {
  const url = process.env.REDIS_URL ?? '';
  const clients: Redis[] = [];
  const node = (clock = new TestClock()) => {
    const redis = new Redis(url, { enableOfflineQueue: false, maxRetriesPerRequest: 0 });
    redis.on('error', () => undefined);
    clients.push(redis);
    return { redis, clock, tally: new RedisTally(redis, new MemoryTally(clock), clock) };
  };
  let one: ReturnType<typeof node>;
  let two: ReturnType<typeof node>;

  beforeAll(async () => {
    [one, two] = [node(), node()];
    await Promise.all([one, two].map(({ redis }) => new Promise((resolve) => redis.once('ready', resolve))));
  });
  afterAll(() => clients.forEach((client) => client.disconnect()));

  it('are one count, and forgotten with their window', async () => {
    const key = v7();
    expect(await one.tally.add(key, 1_000)).toMatchObject({ count: 1 });
    expect(await two.tally.add(key, 1_000)).toMatchObject({ count: 2 });
    expect((await one.tally.look(key)).count).toBe(2);
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    expect(await one.tally.look(key)).toEqual({ count: 0, resetsIn: 0 });
  });

  it('are set and dropped for all', async () => {
    const key = v7();
    await one.tally.put(key, 3, 60_000);
    const { count, resetsIn } = await two.tally.look(key);
    expect([count, resetsIn > 50_000]).toEqual([3, true]);
    await two.tally.drop(key);
    expect((await one.tally.look(key)).count).toBe(0);
  });

  it('are each node’s own while Redis hangs, after one short wait, and shared again later', async () => {
    const { redis, clock, tally } = node();
    await new Promise((resolve) => redis.once('ready', resolve));
    const key = v7();
    const blocker = new Redis(url);
    clients.push(blocker);
    await blocker.call('CLIENT', 'PAUSE', '1500', 'ALL');
    const from = performance.now();
    expect((await tally.add(key, 60_000)).count).toBe(1);
    const waited = performance.now() - from;
    expect(waited).toBeGreaterThan(150);
    expect(waited).toBeLessThan(1_000);
    const again = performance.now();
    for (let time = 0; time < 100; time += 1) await tally.add(key, 60_000);
    expect(performance.now() - again).toBeLessThan(150);
    expect((await tally.look(key)).count).toBe(101);
    await new Promise((resolve) => setTimeout(resolve, 1_600));
    clock.advance(5_000);
    const fresh = v7();
    await tally.add(fresh, 60_000);
    expect((await one.tally.look(fresh)).count).toBe(1);
  });
});
