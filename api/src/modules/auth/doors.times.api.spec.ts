import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 } from 'uuid';
import { TestApp } from '../../../test';
import { Strangers, WRONG } from './strangers';

/** Beside doors.api.spec.ts, because here every hash has to cost what it costs in production. */
describe('an unknown address at the sign-in', () => {
  let app: TestApp;
  let strangers: Strangers;

  beforeAll(async () => {
    app = await TestApp.start({ fullHashes: true, env: { TRUSTED_PROXIES: '127.0.0.0/8' } });
    strangers = new Strangers(app);
  });
  afterAll(() => app?.stop());

  it('A13 is told from a known one by no time, nor from one that accounts carry which have not proved it', async () => {
    const took = { known: [] as number[], carried: [] as number[], unknown: [] as number[] };
    const timed = async (side: keyof typeof took, address: string) => {
      const from = performance.now();
      await strangers.login(address, WRONG);
      took[side].push(performance.now() - from);
      // What is kept of it beside the answer shall not weigh on the next one.
      await app.settle();
    };
    // In turn, so that whatever else the machine does weighs on all alike; new accounts, so that nobody waits.
    const addresses = () => Array.from({ length: 11 }, () => `${v7()}@example.com`);
    const [known, carried] = [addresses(), addresses()];
    for (const address of [...known, ...carried]) await strangers.register(address);
    for (const address of known) {
      await strangers.prove(address);
      await strangers.register(address);
    }
    // Beside each other in time, so that what else the machine does weighs on both alike.
    const ratios = () =>
      [took.carried, took.unknown].map((side) => median(side.map((one, turn) => one / (took.known[turn] ?? 0))));
    const alike = () => ratios().every((ratio) => ratio > 0.9 && 1 / ratio > 0.9);
    // A busy machine spreads them. What differs by chance evens out with four times as many; it is asked once more, then.
    for (let time = 0; time < 176 && !(time === 44 && alike()); time += 1) {
      const turns = [
        () => timed('known', known[time % 11] ?? ''),
        () => timed('carried', carried[time % 11] ?? ''),
        () => timed('unknown', `${v7()}@example.com`),
      ];
      for (const one of time % 2 ? turns.reverse() : turns) await one();
      if (time % 11 === 10) app.clock.advance(3_600_000);
    }
    expect({ ratios: ratios(), alike: alike() }).toMatchObject({ alike: true });
  }, 120_000);
});

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;
}
