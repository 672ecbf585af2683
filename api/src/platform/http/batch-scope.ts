import { AsyncLocalStorage } from 'node:async_hooks';

const batches = new AsyncLocalStorage<true>();

/** Runs what a batch asks for; what happens below knows that it is part of one, however it came there. */
export function insideBatch<T>(work: () => Promise<T>): Promise<T> {
  return batches.run(true, work);
}

/** True for a request that is one of a batch. */
export function inBatch(): boolean {
  return batches.getStore() === true;
}
