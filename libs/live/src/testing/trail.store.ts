import { map, timer } from 'rxjs';
import { LiveStore } from '../live.store';
import type { LiveStoreOptions, Snapshot } from '../store.types';
import type { FakeSource } from './fake.source';
import type { Stage } from './virtual.time';

/** Where the snapshot stood, the seqs of the events after it, and whatever else was put there. */
export type Trail = readonly (number | string)[];

/** A store of trails; each snapshot takes 10 ms and stands where `asOf` says. */
export function trailStore(
  { scheduler }: Stage,
  source: FakeSource,
  options: Partial<LiveStoreOptions<Trail, 'leads'>> & { asOf?: () => number } = {},
) {
  const taken: number[] = [];
  const { asOf = () => 10, ...rest } = options;
  const snapshot = () =>
    timer(10, scheduler).pipe(
      map((): Snapshot<Trail> => {
        taken.push(scheduler.now());
        return { state: [`as of ${asOf()}`], asOf: asOf() };
      }),
    );
  const store = new LiveStore<Trail, 'leads'>({
    source,
    services: ['leads'],
    snapshot,
    reduce: (trail, event) => [...trail, event.seq],
    scheduler,
    random: () => 0.5,
    ...rest,
  });
  return { store, taken };
}

export const line = (trail: Trail) => trail.join(' ');

/** An HTTP error as Angular throws it. */
export const problem = (code: string, status: number) => ({ status, error: { code, detail: `It is ${code}` } });
