import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type Lead, ref, type Suppression, type SuppressionReason } from '@threadline/contracts';
import { Keys } from '../../platform/config';
import { Refusal } from '../../platform/refusal';
import type { ReadTx, Tx } from '../../platform/work';

const PURPOSE = 'suppressions';

/** A lead's address that does not want mail, or cannot take any. */
export interface Unwanted {
  leadId: string;
  address: string;
  reason: Exclude<SuppressionReason, 'erased'>;
  messageId: string;
}

/**
 * Addresses that nothing is sent to any more. Only a keyed hash of each is kept: an address is known again when it is
 * met, and cannot be read from the table, nor guessed without APP_SECRET.
 */
@Injectable()
export class Suppressions {
  /** Of the present secret first; addresses that were suppressed under an earlier one stay so. */
  private readonly keys: readonly [Buffer, ...Buffer[]];

  constructor(keys: Keys) {
    this.keys = [keys.derive(PURPOSE), ...keys.previous(PURPOSE)];
  }

  /** Nothing is sent to this address any more, whatever else was known of it: its owner asked to be forgotten. */
  async forget(tx: Tx, address: string): Promise<void> {
    await tx.query('DELETE FROM suppressions WHERE address_hash = ANY ($1)', [this.hashes(tx, address)]);
    await this.insert(tx, address, 'erased', null);
  }

  /**
   * Nothing is sent to a lead's address any more, since a message came back for good or was reported as spam. Event
   * `lead.suppressed`, unless it was suppressed before.
   */
  async suppress(tx: Tx, { leadId, address, reason, messageId }: Unwanted): Promise<void> {
    if ((await this.among(tx, [address])).size > 0) return;
    if (!(await this.insert(tx, address, reason, messageId))) return;
    tx.append({ type: 'lead.suppressed', ...about(leadId), data: { leadId, reason, messageId } });
  }

  /**
   * Sends may go to a lead's address again. Event `lead.suppression_lifted`.
   * @param why in somebody's words, for the log
   * @throws Refusal `wrong_state` when nothing is suppressed, or its owner asked to be forgotten
   */
  async lift(tx: Tx, { id, email }: Pick<Lead, 'id' | 'email'>, why: string): Promise<void> {
    const [lifted] = await tx.query<{ reason: SuppressionReason }>(
      `WITH lifted AS (
         DELETE FROM suppressions WHERE address_hash = ANY ($1) AND reason <> 'erased' RETURNING reason
       ) SELECT reason FROM lifted`,
      [email ? this.hashes(tx, email) : []],
    );
    if (!lifted) throw new Refusal('wrong_state', { detail: 'There is nothing that could be lifted.' });
    tx.append({ type: 'lead.suppression_lifted', ...about(id), data: { leadId: id, reason: lifted.reason, why } });
  }

  /** Why nothing is sent to an address; null when it may be written to. */
  async of(tx: ReadTx, address: string): Promise<Suppression | null> {
    return (await this.among(tx, [address])).get(address) ?? null;
  }

  /** Those of the addresses that nothing may be sent to. */
  async among(tx: ReadTx, addresses: readonly string[]): Promise<Map<string, Suppression>> {
    const byHash = new Map(
      addresses.flatMap((address) => this.hashes(tx, address).map((hash) => [hash.toString('hex'), address] as const)),
    );
    const rows = await tx.query<{ hash: string; reason: SuppressionReason; at: Date; message_id: string | null }>(
      `SELECT encode(address_hash, 'hex') AS hash, reason, at, message_id FROM suppressions
        WHERE workspace_id = $1 AND address_hash = ANY (SELECT decode(h, 'hex') FROM unnest($2::text[]) h)`,
      [tx.workspaceId, [...byHash.keys()]],
    );
    return new Map(
      rows.flatMap(({ hash, reason, at, message_id }) => {
        const address = byHash.get(hash);
        return address ? [[address, { reason, at: at.toISOString(), messageId: message_id }]] : [];
      }),
    );
  }

  /** Answers whether it was not there. */
  private async insert(tx: Tx, address: string, reason: SuppressionReason, messageId: string | null): Promise<boolean> {
    const inserted = await tx.query<{ reason: string }>(
      `WITH inserted AS (
         INSERT INTO suppressions (workspace_id, address_hash, reason, at, message_id) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT DO NOTHING RETURNING reason
       ) SELECT reason FROM inserted`,
      [tx.workspaceId, hashOf(this.keys[0], tx.workspaceId, address), reason, tx.now, messageId],
    );
    return inserted.length > 0;
  }

  private hashes({ workspaceId }: ReadTx, address: string): Buffer[] {
    return this.keys.map((key) => hashOf(key, workspaceId, address));
  }
}

function about(leadId: string) {
  return { subject: { type: 'lead' as const, id: leadId }, about: [ref('lead', leadId)] };
}

/** The same for every spelling that reaches the same mailbox in practice: case does not matter. */
function hashOf(key: Buffer, workspaceId: string, address: string): Buffer {
  return createHmac('sha256', key).update(`${workspaceId}\n${address.trim().toLowerCase()}`).digest();
}
