import { Injectable } from '@nestjs/common';
import { ref } from '@threadline/contracts';
import type { Tx } from '../../../platform/work';
import { AccountMails } from '../../account-mail';
import { AuditReaders } from '../audit-readers';
import { GIVEN_UP_AFTER_MS, pauseAfter } from './stream-retry.rules';
import type { NextParcel } from './stream.parcels';
import type { Posted } from './stream.post';
import { settingsOf, type StreamRow, StreamsQueries } from './streams.queries';

/** A claim outlasts a delivery and the writing down of its outcome. Milliseconds. */
const LEASE_MS = 60_000;

/**
 * Where each stream stands. One process at a time has it in hand; its place moves when a parcel was taken, and not
 * before, so that a parcel may come twice and none is left out.
 */
@Injectable()
export class StreamLedger {
  constructor(
    private readonly queries: StreamsQueries,
    private readonly readers: AuditReaders,
    private readonly mails: AccountMails,
  ) {}

  /** Takes a stream in hand; undefined when another process has it, or it is not to run. */
  async claim(tx: Tx, id: string, token: string): Promise<StreamRow | undefined> {
    const [claimed] = await tx.query<{ id: string }>(
      `WITH free AS (SELECT id FROM audit_streams WHERE id = $1 AND state = 'active' AND deleted_at IS NULL
                        AND next_at <= $2 FOR UPDATE SKIP LOCKED),
            taken AS (UPDATE audit_streams s SET claim_token = $3, next_at = $4 FROM free WHERE s.id = free.id RETURNING s.id)
       SELECT id FROM taken`,
      [id, tx.now, token, leaseOf(tx)],
    );
    return claimed ? this.queries.row(tx, id) : undefined;
  }

  /** Remembers where the batch ends that is about to leave, so that every try is the same. */
  async begin(tx: Tx, id: string, token: string, { until }: NextParcel): Promise<boolean> {
    return this.change(tx, id, token, 'batch_until = $3, next_at = $4', [until, leaseOf(tx)]);
  }

  /** It was taken. Answers the stream as it stands then; undefined when it is to go no further now. */
  async taken(tx: Tx, id: string, token: string, parcel: NextParcel): Promise<StreamRow | undefined> {
    const held = await this.change(
      tx,
      id,
      token,
      `position = coalesce($3, position), checkpoint_position = coalesce($4, checkpoint_position), batch_until = NULL,
       failures = 0, failing_since = NULL, last_error = NULL, last_error_at = NULL, last_delivered_at = $5, next_at = $6`,
      [parcel.until, parcel.checkpoint, tx.now, leaseOf(tx)],
    );
    if (!held) return undefined;
    const row = await this.queries.row(tx, id);
    return row.state === 'active' ? row : undefined;
  }

  /** It was not. After five days of that, or when the receiver says that it is gone, the stream is switched off. */
  async failed(tx: Tx, stream: StreamRow, token: string, posted: Posted & { ok: false }): Promise<void> {
    const { id } = stream;
    const failures = stream.failures + 1;
    const since = stream.failing_since ?? tx.now;
    const next = new Date(tx.now.getTime() + pauseAfter(failures, Math.random(), posted.retryIn));
    const held = await this.change(
      tx,
      id,
      token,
      'failures = $3, failing_since = $4, last_error = $5, last_error_at = $6, next_at = $7, claim_token = NULL',
      [failures, since, posted.error, tx.now, next],
    );
    const over = posted.gone || tx.now.getTime() - since.getTime() >= GIVEN_UP_AFTER_MS;
    if (held && over) await this.disable(tx, stream, posted.error);
  }

  /** Nothing waits any more, or this process stops: whoever looks next may have it. */
  async release(tx: Tx, id: string, token: string): Promise<void> {
    await this.change(tx, id, token, 'next_at = $3, claim_token = NULL', [tx.now]);
  }

  private async disable(tx: Tx, stream: StreamRow, error: string): Promise<void> {
    await tx.query(`UPDATE audit_streams SET state = 'disabled' WHERE id = $1`, [stream.id]);
    tx.append({
      type: 'audit_stream.updated',
      subject: { type: 'audit_stream', id: stream.id },
      about: [ref('audit_stream', stream.id)],
      data: { stream: { ...settingsOf(stream), state: 'disabled' } },
      before: { state: stream.state },
    });
    const [{ workspace = '' } = {}] = await tx.query<{ workspace?: string }>(
      'SELECT name AS workspace FROM workspaces',
    );
    for (const { name, email } of await this.readers.owners(tx)) {
      await this.mails.queue(
        tx,
        { name, email },
        { kind: 'audit_stream_disabled', stream: stream.name, workspace, error },
      );
    }
  }

  /** Answers whether it is still in this hand. */
  private async change(tx: Tx, id: string, token: string, set: string, values: readonly unknown[]): Promise<boolean> {
    const rows = await tx.query<{ id: string }>(
      `WITH held AS (UPDATE audit_streams SET ${set} WHERE id = $1 AND claim_token = $2 AND deleted_at IS NULL RETURNING id)
       SELECT id FROM held`,
      [id, token, ...values],
    );
    return rows.length > 0;
  }
}

function leaseOf(tx: Tx): Date {
  return new Date(tx.now.getTime() + LEASE_MS);
}
