import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { MOST_RECEPTIONS, type ReceiverAnswer } from '@threadline/contracts';
import { v7 } from 'uuid';
import { systemActor } from '../../../platform/access';
import { Clock } from '../../../platform/clock';
import { SystemDatabase } from '../../../platform/database';
import { type OutboundAnswer, type OutboundRequest, OwnReceivers } from '../../../platform/outbound';
import { UnitOfWork } from '../../../platform/work';
import { BenchNews } from '../news';
import { answerOf, KEPT_BYTES, keptHeaders, type ReceptionAnswer } from './reception.rules';

/** What one receiver takes in a second; it is for trying things. */
const MOST_A_SECOND = 100;

/** A request as it came. */
export interface Incoming {
  method: string;
  /** `[name, value, name, value, …]` */
  rawHeaders: readonly string[];
  body: Buffer;
}

interface Found {
  workspace_id: string;
  id: string;
  answer: ReceiverAnswer;
}

/** Takes in what is sent to receivers: over HTTP by anybody, and by our own deliveries in this process. */
@Injectable()
export class ReceptionIntake implements OnModuleInit {
  private second = 0;
  private readonly taken = new Map<string, number>();

  constructor(
    private readonly database: SystemDatabase,
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly news: BenchNews,
    private readonly receivers: OwnReceivers,
  ) {}

  onModuleInit(): void {
    this.receivers.answersAre((token, request, signal) => this.fromHere(token, request, signal));
  }

  /** Keeps the request, and says how it is to be answered; null when there is no such receiver. */
  async take(token: string, incoming: Incoming): Promise<ReceptionAnswer | null> {
    const [receiver] = await this.database.query<Found>(
      'SELECT workspace_id, id, answer FROM webhook_receivers WHERE token = $1',
      [token],
    );
    if (!receiver) return null;
    if (this.isOver(receiver.id)) return { ...answerOf('busy'), headers: { 'retry-after': '1' } };
    const answer = answerOf(receiver.answer);
    await this.keep(receiver, incoming, answer.status);
    this.news.received(receiver.workspace_id, receiver.id);
    return answer;
  }

  private async fromHere(token: string, request: OutboundRequest, signal: AbortSignal): Promise<OutboundAnswer> {
    const startedAt = performance.now();
    const body = Buffer.from(request.body ?? '');
    const rawHeaders = [
      ...['host', new URL(request.url).host],
      ...Object.entries(request.headers ?? {}).flat(),
      ...['content-length', String(body.length)],
    ];
    const answer = await this.take(token, { method: request.method, rawHeaders, body });
    if (!answer) return { status: 404, headers: {}, body: Buffer.alloc(0), cut: false, tookMs: tookSince(startedAt) };
    if (answer.afterMs > 0) await sleep(answer.afterMs, undefined, { signal, ref: false });
    const bytes = Buffer.from(answer.body).subarray(0, request.maxBytes);
    return { ...answer, body: bytes, cut: false, tookMs: tookSince(startedAt) };
  }

  private keep({ workspace_id, id }: Found, { method, rawHeaders, body }: Incoming, status: number): Promise<void> {
    const headers = keptHeaders(rawHeaders);
    const webhookId = headers.find(({ name }) => name.toLowerCase() === 'webhook-id')?.value.slice(0, 200) ?? null;
    return this.work.run(systemActor(workspace_id, 'webhook-bench'), async (tx) => {
      // It may have been deleted in between; then there is nothing to keep.
      await tx.query(
        `INSERT INTO webhook_receptions (workspace_id, receiver_id, id, received_at, method, webhook_id, headers, body, bytes, answered_status)
         SELECT $1, r.id, $3, $4, $5, $6, $7, $8, $9, $10 FROM webhook_receivers r WHERE r.id = $2`,
        [
          ...[workspace_id, id, v7(), tx.now, method, webhookId, JSON.stringify(headers)],
          ...[body.subarray(0, KEPT_BYTES), body.length, status],
        ],
      );
      await tx.query(
        `DELETE FROM webhook_receptions WHERE receiver_id = $1 AND id <=
           (SELECT id FROM webhook_receptions WHERE receiver_id = $1 ORDER BY id DESC OFFSET ${MOST_RECEPTIONS} LIMIT 1)`,
        [id],
      );
    });
  }

  private isOver(receiverId: string): boolean {
    const second = Math.floor(this.clock.millis() / 1_000);
    if (second !== this.second) this.taken.clear();
    this.second = second;
    const taken = (this.taken.get(receiverId) ?? 0) + 1;
    this.taken.set(receiverId, taken);
    return taken > MOST_A_SECOND;
  }
}

function tookSince(startedAt: number): number {
  return performance.now() - startedAt;
}
