import type { Lane } from './lane';

/** The attempts of one workspace to one host, and whose endpoints wait for one of them to end. */
export interface Host {
  running: number;
  readonly waiting: Set<Lane>;
}

/** Counts attempts by workspace and host: many endpoints are no lever against one server. */
export class Hosts {
  private readonly all = new Map<string, Host>();

  /** Where the lane's next attempt goes. */
  of(lane: Lane): Host {
    const key = `${lane.group} ${lane.host}`;
    const known = this.all.get(key);
    if (known) return known;
    for (const [name, { running, waiting }] of this.all) if (running + waiting.size === 0) this.all.delete(name);
    const made = { running: 0, waiting: new Set<Lane>() };
    this.all.set(key, made);
    return made;
  }
}

/** Takes out those for whom there is a place now, the longest waiting first; all of them when nobody is left to end. */
export function freed({ running, waiting }: Host, most: number): Lane[] {
  const places = running === 0 ? waiting.size : Math.max(0, most - running);
  const lanes: Lane[] = [];
  for (const lane of waiting) {
    if (lanes.length >= places) break;
    lanes.push(lane);
    waiting.delete(lane);
  }
  return lanes;
}
