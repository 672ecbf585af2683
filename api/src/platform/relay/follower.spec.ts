import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Envelope } from '@threadline/contracts';
import { Follower } from './follower';

const event = (seq: number) => ({ seq }) as Envelope;

describe('following a log', () => {
  let log: Envelope[];
  let reads: { after: number; answer(): void }[];
  let delivered: number[];
  let follower: Follower;

  beforeEach(() => {
    jest.useFakeTimers();
    log = [];
    reads = [];
    delivered = [];
    const read = (after: number) =>
      new Promise<Envelope[]>((resolve) => {
        reads.push({ after, answer: () => resolve(log.filter(({ seq }) => seq > after)) });
      });
    follower = new Follower(
      0,
      read,
      (events) => delivered.push(...events.map(({ seq }) => seq)),
      (error) => {
        throw error;
      },
    );
  });
  afterEach(() => {
    follower.stop();
    jest.useRealTimers();
  });

  it('delivers what is handed over in order, and reads nothing', () => {
    for (let seq = 1; seq <= 3; seq++) follower.offer([event(seq)]);
    jest.advanceTimersByTime(1_000);
    expect(delivered).toEqual([1, 2, 3]);
    expect(reads).toEqual([]);
  });

  it('goes on delivering while it reads, each event once, and does not read on for that', async () => {
    log = [event(1), event(2)];
    follower.poke();
    const [first] = reads;
    follower.offer([event(1)]);
    follower.offer([event(2)]);
    follower.offer([event(3)]);
    expect(delivered).toEqual([1, 2, 3]);
    first?.answer();
    await follower.settled();
    jest.advanceTimersByTime(1_000);
    expect(delivered).toEqual([1, 2, 3]);
    expect(reads).toHaveLength(1);
  });

  it('keeps what comes too early until what is missing is there', () => {
    follower.offer([event(2)]);
    follower.offer([event(3), event(4)]);
    expect(delivered).toEqual([]);
    follower.offer([event(1)]);
    jest.advanceTimersByTime(1_000);
    expect(delivered).toEqual([1, 2, 3, 4]);
    expect(reads).toEqual([]);
  });

  it('reads a hole that stays open, because another node wrote there', async () => {
    follower.offer([event(2)]);
    jest.advanceTimersByTime(5);
    log = [event(1), event(2)];
    expect(reads.map(({ after }) => after)).toEqual([0]);
    follower.offer([event(3)]);
    reads[0]?.answer();
    await follower.settled();
    expect(delivered).toEqual([1, 2, 3]);
  });

  it('gives what the log’s head tells of time to be handed over, and reads it when it is not', async () => {
    follower.expect(1);
    follower.offer([event(1)]);
    jest.advanceTimersByTime(1_000);
    expect(reads).toEqual([]);

    log = [event(1), event(2)];
    follower.expect(2);
    jest.advanceTimersByTime(5);
    reads[0]?.answer();
    await follower.settled();
    expect(delivered).toEqual([1, 2]);
  });
});
