import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { LiveConnection, type LiveSocket, socketIo, type SocketTarget } from '@threadline/live';
import type { Subscription } from 'rxjs';
import { Caller } from './caller';
import type { NodeProcess } from './node.process';
import { World } from './world';

/** A person may have fifty. */
const SCREENS = process.env.FAULTS === 'long' ? 50 : 20;
const BEFORE = 20;
const AFTER = 20;

/** One screen: the numbers it has applied, in the order in which they came. */
class Screen {
  readonly seqs: number[] = [];
  private readonly connection: LiveConnection;
  private readonly reading: Subscription;

  constructor(where: () => string, token: string) {
    // Not a fixed address: a proxy would send the screen to whichever node is alive.
    this.connection = new LiveConnection({
      url: '',
      token: () => Promise.resolve(token),
      socket: (target) => this.socketTo(where(), target),
    });
    this.reading = this.connection.service('activity').subscribe(({ seq }) => this.seqs.push(seq));
    this.connection.connect();
  }

  private socketTo(url: string, target: SocketTarget): LiveSocket {
    return socketIo({ ...target, url });
  }

  close(): void {
    this.reading.unsubscribe();
    this.connection.close();
  }
}

describe('kill -9 while events go out to sockets', () => {
  let world: World;
  const screens: Screen[] = [];

  beforeEach(async () => {
    world = await World.make();
  });
  afterEach(async () => {
    for (const screen of screens.splice(0)) screen.close();
    await world.end();
  });

  it('F08: every screen goes on at another node, without a hole and without a double', async () => {
    const [doomed, other] = [await world.node(), await world.node()];
    let alive: NodeProcess = doomed;
    const ada = await Caller.register(doomed.url);
    for (let n = 0; n < SCREENS; n++) screens.push(new Screen(() => alive.url, ada.token));
    await warmUp(ada);

    for (let n = 0; n < BEFORE; n++) await ada.createLead();
    alive = other;
    await doomed.kill();
    ada.turnTo(other.url);
    for (let n = 0; n < AFTER; n++) await ada.createLead();

    const [head] = await world.rows<{ seq: string }>('SELECT seq FROM workspace_heads');
    await until(() => screens.every(({ seqs }) => seqs.at(-1) === Number(head?.seq)), 40_000);
    for (const { seqs } of screens) {
      const begun = seqs[0] ?? 0;
      expect(seqs).toEqual(Array.from({ length: seqs.length }, (_, index) => begun + index));
      expect(seqs.at(-1)).toBe(Number(head?.seq));
    }
  });

  /** Creates leads until every screen has heard of one: from then on all of them are subscribed. */
  async function warmUp(ada: Caller): Promise<void> {
    for (let n = 0; n < 100 && !screens.every(({ seqs }) => seqs.length > 0); n++) {
      await ada.createLead();
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect(screens.every(({ seqs }) => seqs.length > 0)).toBe(true);
  }
});

async function until(holds: () => boolean, milliseconds: number): Promise<void> {
  const end = performance.now() + milliseconds;
  while (!holds() && performance.now() < end) await new Promise((resolve) => setTimeout(resolve, 50));
}
