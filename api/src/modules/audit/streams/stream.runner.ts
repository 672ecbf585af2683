import { randomUUID } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { type Actor, systemActor } from '../../../platform/access';
import { CrashPoints } from '../../../platform/crash';
import { UnitOfWork } from '../../../platform/work';
import { StreamLedger } from './stream.ledger';
import { type NextParcel, StreamParcels } from './stream.parcels';
import { type Posted, StreamPost } from './stream.post';
import type { StreamRef, StreamRow } from './streams.queries';

const OURS: Posted & { ok: false } = {
  ok: false,
  tookMs: 0,
  error: 'Threadline could not make the delivery.',
  retryIn: null,
  gone: false,
};

/** Delivers what waits on a stream, one parcel after the other: the next leaves when the one before was taken. */
@Injectable()
export class StreamRunner {
  private readonly log = new Logger('audit streams');
  private readonly running = new Map<string, Promise<void>>();
  private open = true;

  constructor(
    private readonly work: UnitOfWork,
    private readonly ledger: StreamLedger,
    private readonly parcels: StreamParcels,
    private readonly post: StreamPost,
    private readonly crash: CrashPoints,
  ) {}

  /** Delivers until nothing waits, or something was not taken. */
  run(stream: StreamRef): Promise<void> {
    const running = this.running.get(stream.id);
    if (running) return running;
    if (!this.open) return Promise.resolve();
    const done = this.deliver(stream)
      .catch((error: unknown) =>
        this.log.warn({ err: error, streamId: stream.id }, 'a stream could not be gone on with'),
      )
      .finally(() => this.running.delete(stream.id));
    this.running.set(stream.id, done);
    return done;
  }

  /** Waits for what is being delivered here. Answers whether there was anything. */
  async finished(): Promise<boolean> {
    const some = this.running.size > 0;
    await Promise.allSettled(this.running.values());
    return some;
  }

  /** Begins nothing more, and waits for the parcels that are on their way; their deadline is 15 s. */
  async close(): Promise<void> {
    this.open = false;
    await this.finished();
  }

  private async deliver({ workspaceId, id }: StreamRef): Promise<void> {
    const actor = systemActor(workspaceId, 'audit-streams');
    const token = randomUUID();
    let stream = await this.work.run(actor, (tx) => this.ledger.claim(tx, id, token));
    while (stream) {
      const parcel = this.open ? await this.parcels.next(actor, stream) : null;
      if (!parcel) return this.work.run(actor, (tx) => this.ledger.release(tx, id, token));
      if (!(await this.work.run(actor, (tx) => this.ledger.begin(tx, id, token, parcel)))) return;
      stream = await this.hand(actor, stream, token, parcel);
    }
  }

  /** One parcel. Answers the stream as it stands when the next may leave. */
  private async hand(
    actor: Actor,
    stream: StreamRow,
    token: string,
    parcel: NextParcel,
  ): Promise<StreamRow | undefined> {
    const posted = await this.post.send(stream, parcel).catch((error: unknown) => {
      this.log.error({ err: error, streamId: stream.id }, 'a delivery could not be made');
      return OURS;
    });
    this.crash.pass('stream_posted');
    if (posted.ok) return this.work.run(actor, (tx) => this.ledger.taken(tx, stream.id, token, parcel));
    await this.work.run(actor, (tx) => this.ledger.failed(tx, stream, token, posted));
    return undefined;
  }
}
