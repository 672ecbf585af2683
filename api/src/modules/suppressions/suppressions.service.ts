import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Keys } from '../../platform/config';
import type { ReadTx, Tx } from '../../platform/work';

const PURPOSE = 'suppressions';

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

  /** Nothing is sent to this address any more. Twice is no error. */
  async add(tx: Tx, address: string, reason: 'erased'): Promise<void> {
    await tx.query(
      `INSERT INTO suppressions (workspace_id, address_hash, reason, at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
      [tx.workspaceId, hashOf(this.keys[0], tx.workspaceId, address), reason, tx.now],
    );
  }

  /** Those of the addresses that nothing may be sent to. */
  async among(tx: ReadTx, addresses: readonly string[]): Promise<Set<string>> {
    const byHash = new Map(
      addresses.flatMap((address) =>
        this.keys.map((key) => [hashOf(key, tx.workspaceId, address).toString('hex'), address] as const),
      ),
    );
    const rows = await tx.query<{ hash: string }>(
      `SELECT encode(address_hash, 'hex') AS hash FROM suppressions
        WHERE workspace_id = $1 AND address_hash = ANY (SELECT decode(h, 'hex') FROM unnest($2::text[]) h)`,
      [tx.workspaceId, [...byHash.keys()]],
    );
    return new Set(rows.flatMap(({ hash }) => byHash.get(hash) ?? []));
  }
}

/** The same for every spelling that reaches the same mailbox in practice: case does not matter. */
function hashOf(key: Buffer, workspaceId: string, address: string): Buffer {
  return createHmac('sha256', key).update(`${workspaceId}\n${address.trim().toLowerCase()}`).digest();
}
