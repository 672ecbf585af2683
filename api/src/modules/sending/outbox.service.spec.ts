import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { SystemClock } from '../../platform/clock';
import type { CrashPoints } from '../../platform/crash';
import type { HandOver, MailTransport, OutgoingMail } from '../../platform/outbound';
import { Refusal } from '../../platform/refusal';
import type { Tx, UnitOfWork } from '../../platform/work';
import type { ClaimedSend, SendLedger } from '../conversations';
import type { MailMaker } from './mail-maker';
import { Outbox } from './outbox.service';

const claim = (id: string) => ({ id, attempt: 1 }) as ClaimedSend;

/** A ledger, a mail server and a database of which each can be told to fail. */
class World {
  due: string[] = [];
  readonly log: string[] = [];
  outcome: HandOver = { outcome: 'taken', reply: '250 ok' };
  failing: (() => Error | null)[] = [];
  claiming: Promise<void> = Promise.resolve();

  readonly work = {
    run: async (_: unknown, work: (tx: Tx) => Promise<unknown>) => {
      const error = this.failing.shift()?.();
      if (error) throw error;
      return work({} as Tx);
    },
  } as unknown as UnitOfWork;

  readonly ledger = {
    expireLeases: () => Promise.resolve(0),
    claimDue: async (_: unknown, { limit }: { limit: number }) => {
      const claimed = this.due.splice(0, limit);
      await this.claiming;
      return claimed.map(claim);
    },
    handed: (_: unknown, id: string) => this.note(`handed ${id}`),
    failed: (_: unknown, id: string, _token: string, reason: string) => this.note(`failed ${id}: ${reason}`),
    unknown: (_: unknown, id: string) => this.note(`unknown ${id}`),
    retryLater: (_: unknown, id: string) => this.note(`later ${id}`),
  } as unknown as SendLedger;

  readonly transport = {
    ready: true,
    builtIn: false,
    send: ({ messageId }: OutgoingMail) => {
      this.log.push(`sent ${messageId}`);
      return Promise.resolve(this.outcome);
    },
  } as unknown as MailTransport;

  readonly maker = { make: ({ id }: ClaimedSend) => ({ messageId: id }) } as unknown as MailMaker;
  readonly crash = { pass: () => undefined } as unknown as CrashPoints;
  readonly outbox = new Outbox(this.work, this.ledger, this.transport, this.maker, new SystemClock(), this.crash);

  private note(line: string): Promise<void> {
    this.log.push(line);
    return Promise.resolve();
  }
}

describe('the outbox', () => {
  let world: World;

  beforeAll(() => Logger.overrideLogger(false));
  afterAll(() => Logger.overrideLogger(true));
  beforeEach(() => {
    world = new World();
  });
  const delivered = async () => {
    await world.outbox.deliver('w');
    await world.outbox.close();
    return world.log;
  };

  it('hands over each message once, however many there are', async () => {
    world.due = Array.from({ length: 23 }, (_, i) => String(i));
    const log = await delivered();
    expect(log.filter((line) => line.startsWith('sent'))).toHaveLength(23);
    expect(new Set(log).size).toBe(46);
  });

  it('writes an outcome down when the database is back, and does not send again for that', async () => {
    world.due = ['a'];
    world.failing = [() => null, () => new Error('database away'), () => new Error('database away')];
    expect(await delivered()).toEqual(['sent a', 'handed a']);
  });

  it('gives up writing when somebody else has settled the claim meanwhile', async () => {
    world.due = ['a'];
    world.failing = [() => null, () => new Refusal('wrong_state')];
    expect(await delivered()).toEqual(['sent a']);
  });

  it('sends nothing that it could not claim', async () => {
    world.due = ['a'];
    world.failing = [() => new Error('database away')];
    await expect(world.outbox.deliver('w')).rejects.toThrow('database away');
    expect(world.log).toEqual([]);
    await world.outbox.deliver('w');
    await world.outbox.close();
    expect(world.log).toEqual(['sent a', 'handed a']);
  });

  it('hears a wake that comes while it claims', async () => {
    let claimed: () => void = () => undefined;
    world.claiming = new Promise((resolve) => (claimed = resolve));
    const first = world.outbox.deliver('w');
    await Promise.resolve();
    world.due.push('late');
    const second = world.outbox.deliver('w');
    claimed();
    await Promise.all([first, second]);
    await world.outbox.close();
    expect(world.log).toEqual(['sent late', 'handed late']);
  });

  it('fails a message that no mail can be made of, and says so', async () => {
    world.due = ['a'];
    world.maker.make = () => {
      throw new Error('broken');
    };
    expect(await delivered()).toEqual(['failed a: Threadline could not make a mail of it']);
  });

  it.each([
    [{ outcome: 'refused', reason: 'no such person' }, 'failed a: no such person'],
    [{ outcome: 'unknown', reason: 'cut' }, 'unknown a'],
    [{ outcome: 'later', reason: 'greylisted' }, 'later a'],
  ] as [HandOver, string][])('writes down %j', async (outcome, line) => {
    world.due = ['a'];
    world.outcome = outcome;
    expect(await delivered()).toEqual(['sent a', line]);
  });

  it('takes nothing in hand while there is no mail server, or once it is closed', async () => {
    world.due = ['a'];
    (world.transport as { ready: boolean }).ready = false;
    await world.outbox.deliver('w');
    (world.transport as { ready: boolean }).ready = true;
    await world.outbox.close();
    await world.outbox.deliver('w');
    expect(world.log).toEqual([]);
    expect(world.due).toEqual(['a']);
  });
});
