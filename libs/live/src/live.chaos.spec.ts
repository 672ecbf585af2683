import { describe, expect, it } from '@jest/globals';
import type { Envelope, LogService } from '@threadline/contracts';
import { defer, map, timer } from 'rxjs';
import type { LiveConnection } from './live.connection';
import { LiveStore } from './live.store';
import { ChaosServer, seeded } from './testing/chaos.server';
import { scene, type Stage } from './testing/virtual.time';

interface Screen {
  epoch: string;
  seqs: readonly number[];
}

const RUNS = 24;

/** A scene's world: a server at its worst, and what was seen to be wrong. */
interface World {
  stage: Stage;
  chaos: ChaosServer;
  random: () => number;
  connection: LiveConnection;
  wrong: string[];
  reduced: number;
}

/** A store of what happened, on snapshots that are slow and fail. */
function screenOf(world: World, services: LogService[]) {
  const { stage, chaos, random, connection, wrong } = world;
  const contains = (event: Envelope) =>
    services.some((service) => service === 'activity' || (service === 'leads') === (event.type === 'lead.deleted'));
  return new LiveStore<Screen, LogService>({
    source: connection,
    services,
    snapshot: () =>
      defer(() => {
        const wait = Math.floor(random() * 60);
        if (!chaos.calm && random() < 0.2) return timer(wait, stage.scheduler).pipe(map(fail));
        const seqs = chaos.log.filter(contains).map(({ seq }) => seq);
        const epoch = `epoch ${chaos.epoch}`;
        const taken = { state: { epoch, seqs }, asOf: chaos.head, epoch };
        return timer(wait, stage.scheduler).pipe(map(() => taken));
      }),
    reduce: (screen, event) => {
      world.reduced += 1;
      if (event.workspaceId !== screen.epoch) wrong.push(`${event.workspaceId} in ${screen.epoch}`);
      if (screen.seqs.includes(event.seq)) wrong.push(`${event.seq} twice`);
      if (services[0] === 'activity' && event.seq !== screen.seqs.length + 1) wrong.push(`hole before ${event.seq}`);
      return { ...screen, seqs: [...screen.seqs, event.seq] };
    },
    scheduler: stage.scheduler,
    random,
  });
}

function fail(): never {
  throw Object.assign(new Error('away'), { status: 503 });
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

describe('Whatever is lost, doubled, delayed or restored', () => {
  it.each(upTo(RUNS))('a screen has no hole and no double, and is whole in the end (seed %i)', (seed) => {
    scene((stage) => {
      const random = seeded(seed);
      const chaos = new ChaosServer(stage.server, stage.scheduler, random, seed % 2 === 0 ? 1_000 : 50);
      const events = (after: number | null) =>
        timer(Math.floor(random() * 50), stage.scheduler).pipe(
          map(() => (!chaos.calm && random() < 0.1 ? fail() : chaos.read(after))),
        );
      const connection = stage.connection({ random, events });
      const world: World = { stage, chaos, random, connection, wrong: [], reduced: 0 };
      const screens: Partial<Record<'whole' | 'parts', Screen>> = {};
      const statuses: string[] = [];
      for (const [name, services] of [
        ['whole', ['activity']],
        ['parts', ['leads', 'messages']],
      ] as const) {
        const store = screenOf(world, [...services]);
        store.state$.subscribe((screen) => (screens[name] = screen));
        store.status$.subscribe(({ kind }) => statuses.push(kind));
      }
      for (let ms = 1; ms < 20_000; ms += 10) stage.at(ms, () => chaos.step());
      stage.at(20_000, () => (chaos.calm = true));
      for (let ms = 20_001; ms < 70_000; ms += 100) stage.at(ms, () => chaos.step());
      for (let ms = 1; ms < 80_000; ms += 1_000) stage.at(ms, () => chaos.heartbeat());
      stage.at(75_000, () => {
        const all = { epoch: `epoch ${chaos.epoch}`, seqs: upTo(chaos.head) };
        expect(world.wrong).toEqual([]);
        expect(screens.whole).toEqual(all);
        expect({ ...screens.parts, seqs: screens.parts?.seqs.toSorted((a, b) => a - b) }).toEqual(all);
        expect(statuses.at(-1)).toBe('live');
        // The scene was worth it: most of it came as events, whatever happened.
        expect(world.reduced).toBeGreaterThan(20);
      });
    }, 80_000);
  });
});
