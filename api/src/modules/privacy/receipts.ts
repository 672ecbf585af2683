import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type Receipt, type ReceiptBody, receiptBytes } from '@threadline/audit';
import type { Tx } from '../../platform/work';
import { CheckpointKey, Checkpoints } from '../audit';
import type { RequestRow } from './request-rows';

/** Signs what was done for a request, with the key of the audit log's checkpoints. */
@Injectable()
export class Receipts {
  constructor(
    private readonly checkpoints: Checkpoints,
    private readonly key: CheckpointKey,
  ) {}

  /** The receipt as it is kept and handed out. Makes a checkpoint, so that it says where the audit log stood. */
  async sign(tx: Tx, request: RequestRow): Promise<string> {
    const { size, root, head } = await this.checkpoints.make(tx);
    const body: ReceiptBody = {
      requestId: request.id,
      workspaceId: tx.workspaceId,
      kind: request.kind,
      subject: request.subject_hash,
      requestedAt: request.requested_at.toISOString(),
      requestedBy: request.requested_by,
      endedAt: tx.now.toISOString(),
      counts: request.counts,
      fileHash: request.kind === 'export' ? await this.fileHash(tx, request.id) : null,
      audit: { size, root, head },
    };
    const receipt: Receipt = {
      ...body,
      signature: this.key.sign(receiptBytes(body)).toString('base64'),
      publicKey: this.key.publicKey.toString('base64'),
    };
    return JSON.stringify(receipt, null, 2);
  }

  private async fileHash(tx: Tx, id: string): Promise<string | null> {
    const [row] = await tx.query<{ file: string | null }>('SELECT file FROM privacy_requests WHERE id = $1', [id]);
    return row?.file ? createHash('sha256').update(row.file).digest('hex') : null;
  }
}
